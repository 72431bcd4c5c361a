import JSON
package import Tensors

/// What Prometheus's HTTP API answers to a range query (https://prometheus.io/docs/prometheus/latest/querying/api/).
package enum PrometheusAnswer: Sendable {
    /// The series, as values at the moments of the grid that was asked for; NaN where there is none.
    ///
    /// Without any, the query selects nothing. The second list are the warnings that came with them.
    case series([Double]?, warnings: [String])
    /// Prometheus refused; `kind` is its name for the reason, e.g. `bad_data`.
    case failure(kind: String, message: String)

    /// Reads an answer whose query makes one series, or none.
    ///
    /// - Throws: ``DataSourceError/Code/malformed`` for anything else, with the place; so ends an answer that was cut.
    package init(_ body: Span<UInt8>, on grid: TimeGrid) throws(DataSourceError) {
        var reader = JSONReader<DataSourceError>(body)
        var envelope = Envelope()
        guard reader.take(JSONByte.openBrace) else { throw reader.surprise("an object") }
        if !reader.take(JSONByte.closeBrace) {
            repeat {
                try envelope.readMember(&reader, grid)
            } while try reader.takeSeparator(closing: JSONByte.closeBrace)
        }
        try reader.expectEnd()
        self = try envelope.answer()
    }
}

/// The members of an answer, as far as they have been read.
private struct Envelope {
    private var status: String?
    private var kind = ""
    private var message = ""
    private var warnings: [String] = []
    private var isMatrix = false
    private var values: [Double]?

    mutating func readMember(_ reader: inout JSONReader<DataSourceError>, _ grid: TimeGrid) throws(DataSourceError) {
        let key = try reader.readKey()
        switch reader.text(key) {
        case "status": status = try reader.readText()
        case "errorType": kind = try reader.readText()
        case "error": message = try reader.readText()
        case "warnings": warnings = try reader.readTexts()
        case "data": try readData(&reader, grid)
        default: try reader.skipValue(depth: 1)
        }
    }

    func answer() throws(DataSourceError) -> PrometheusAnswer {
        switch status {
        case "error": return .failure(kind: kind, message: message)
        case "success" where isMatrix: return .series(values, warnings: warnings)
        case "success": throw DataSourceError(.malformed, "the answer holds no matrix of values")
        default: throw DataSourceError(.malformed, "the answer's status is neither success nor error")
        }
    }

    private mutating func readData(
        _ reader: inout JSONReader<DataSourceError>, _ grid: TimeGrid
    ) throws(DataSourceError) {
        guard reader.take(JSONByte.openBrace) else { return try reader.skipValue(depth: 1) }
        if reader.take(JSONByte.closeBrace) { return }
        repeat {
            let key = try reader.readKey()
            switch reader.text(key) {
            case "resultType": isMatrix = try reader.readText() == "matrix"
            case "result": values = try reader.readMatrix(on: grid)
            default: try reader.skipValue(depth: 2)
            }
        } while try reader.takeSeparator(closing: JSONByte.closeBrace)
    }
}

extension JSONReader<DataSourceError> {
    /// `[{"metric": {}, "values": [[time, "value"], ...]}]`, or an empty list.
    @_lifetime(self: copy self)
    fileprivate mutating func readMatrix(on grid: TimeGrid) throws(DataSourceError) -> [Double]? {
        guard take(JSONByte.openBracket) else { throw surprise("a list of series") }
        if take(JSONByte.closeBracket) { return nil }
        let values = try readSeries(on: grid)
        guard try !takeSeparator(closing: JSONByte.closeBracket) else {
            throw DataSourceError(.malformed, "the answer holds several series, where the query makes one")
        }
        return values
    }

    @_lifetime(self: copy self)
    private mutating func readSeries(on grid: TimeGrid) throws(DataSourceError) -> [Double] {
        var values = [Double](repeating: .nan, count: grid.count)
        guard take(JSONByte.openBrace) else { throw surprise("a series") }
        if take(JSONByte.closeBrace) { return values }
        repeat {
            let key = try readKey()
            if isSpelt(key, Self.values) {
                try readSamples(on: grid, into: &values)
            } else {
                try skipValue(depth: 4)
            }
        } while try takeSeparator(closing: JSONByte.closeBrace)
        return values
    }

    private static var values: [UInt8] { Array("values".utf8) }

    @_lifetime(self: copy self)
    private mutating func readSamples(on grid: TimeGrid, into values: inout [Double]) throws(DataSourceError) {
        guard take(JSONByte.openBracket) else { throw surprise("a list of samples") }
        if take(JSONByte.closeBracket) { return }
        repeat {
            guard take(JSONByte.openBracket) else { throw surprise("a sample") }
            let time = try readNumber()
            guard take(JSONByte.comma) else { throw surprise("a comma") }
            let value = try readSampleValue()
            guard take(JSONByte.closeBracket) else { throw surprise("the end of a sample") }
            guard let moment = Int(exactly: time), let index = grid.index(of: moment) else {
                throw DataSourceError(.malformed, "the answer has a value at \(time), which was not asked for")
            }
            values[index] = value
        } while try takeSeparator(closing: JSONByte.closeBracket)
    }

    /// A number in quotes, spelt as Go does; what is not finite is missing.
    @_lifetime(self: copy self)
    private mutating func readSampleValue() throws(DataSourceError) -> Double {
        guard take(JSONByte.quote) else { throw surprise("a value in quotes") }
        switch (byte(at: position), byte(at: position + 1)) {
        case (UInt8(ascii: "N"), _): try takeLiteral("NaN\"")
        case (UInt8(ascii: "+"), _): try takeLiteral("+Inf\"")
        case (JSONByte.minus, UInt8(ascii: "I")): try takeLiteral("-Inf\"")
        default:
            let value = try readNumber()
            guard take(JSONByte.quote) else { throw surprise("the end of a value") }
            return value
        }
        return .nan
    }

    @_lifetime(self: copy self)
    fileprivate mutating func readText() throws(DataSourceError) -> String {
        guard peek() == JSONByte.quote else { throw surprise("a string") }
        return text(try scanString())
    }

    @_lifetime(self: copy self)
    fileprivate mutating func readTexts() throws(DataSourceError) -> [String] {
        guard take(JSONByte.openBracket) else { throw surprise("a list of strings") }
        var texts: [String] = []
        if take(JSONByte.closeBracket) { return texts }
        repeat { texts.append(try readText()) } while try takeSeparator(closing: JSONByte.closeBracket)
        return texts
    }

    /// Something else stands where `expected` should.
    fileprivate func surprise(_ expected: String) -> DataSourceError {
        malformed("expected \(expected)")
    }
}
