package import Inference
import JSON
package import Tensors

/// A request of KServe's V1 protocol: rows, and what is asked of them beyond the prediction.
package struct V1Request: Sendable {
    /// One row per instance.
    package var rows: Matrix<Double>
    /// The outputs that `parameters.outputs` names, in its order.
    package var outputs: [PredictionMethod] = []

    /// Rows of which nothing but the prediction is asked.
    package init(rows: Matrix<Double>) { self.rows = rows }

    fileprivate init(rows: Matrix<Double>, outputs: [PredictionMethod]) {
        self.rows = rows
        self.outputs = outputs
    }

    /// Reads a body straight into a matrix.
    ///
    /// Rows stand under `inputs`, or else `instances`, in any of the forms that ``RowsReader`` lists. As in Python, the
    /// last of several members of one name counts, and members that nobody asked for are passed over. Of a structured
    /// CloudEvent, which has neither, the `data` are the request.
    ///
    /// - Throws: ``ServingError`` with ``ServingError/Code/malformedRequest`` for what is no request, and with
    ///   ``ServingError/Code/unacceptableRows`` for rows the model does not take.
    package static func decode(_ body: Span<UInt8>, for input: ModelInput) throws(ServingError) -> V1Request {
        var reader = RequestReader(body)
        var members = try Members(&reader, for: input)
        try reader.expectEnd()
        if let data = members.eventData {
            reader.position = data
            members = try Members(&reader, for: input)
        }
        return try members.request()
    }
}

/// The members of a request, as far as they have been read.
private struct Members {
    private enum Name { case inputs, instances, parameters, other }

    private var inputs: Result<Matrix<Double>, ServingError>?
    private var instances: Result<Matrix<Double>, ServingError>?
    private var outputs: Result<[PredictionMethod], ServingError>?

    private var eventMembers: Set<String> = []
    private var data: Int?

    /// The members by which an event is known: what every event has, and data. KServe's server wants `time` too.
    private static let eventNames: Set<String> = ["type", "source", "id", "specversion", "data"]
    private static let spellings: [(Name, [UInt8])] = [
        (.instances, Array("instances".utf8)), (.inputs, Array("inputs".utf8)),
        (.parameters, Array("parameters".utf8)),
    ]

    /// Reads an object.
    init(_ reader: inout RequestReader, for input: ModelInput) throws(ServingError) {
        guard reader.peek() == JSONByte.openBrace else {
            try reader.skipValue()
            try reader.expectEnd()
            throw ServingError(
                .malformedRequest,
                #"Expected a JSON object such as {"instances": [[1.0, 2.0]]}"#
            )
        }
        reader.position += 1
        if reader.take(JSONByte.closeBrace) { return }
        repeat {
            try read(&reader, for: input)
        } while try reader.takeSeparator(closing: JSONByte.closeBrace)
    }

    /// Where the data of a structured CloudEvent begin; nil if the object is none.
    var eventData: Int? {
        inputs == nil && instances == nil && eventMembers.isSuperset(of: Self.eventNames) ? data : nil
    }

    /// Reads one member.
    private mutating func read(_ reader: inout RequestReader, for input: ModelInput) throws(ServingError) {
        let key = try reader.readKey()
        switch Self.name(of: key, in: reader) {
        case .inputs:
            inputs = try reader.attempt { reader throws(ServingError) in
                try RowsReader.read(&reader, member: "inputs", for: input)
            }
        case .instances:
            instances = try reader.attempt { reader throws(ServingError) in
                guard reader.peek() == JSONByte.openBracket else {
                    throw ServingError(.malformedRequest, "Expected \"instances\" to be a list")
                }
                return try RowsReader.read(&reader, member: "instances", for: input)
            }
        case .parameters:
            outputs = try reader.attempt { reader throws(ServingError) in try reader.readOutputs() }
        case .other:
            let name = reader.text(key)
            if Self.eventNames.contains(name) { eventMembers.insert(name) }
            _ = reader.peek()
            if name == "data" { data = reader.position }
            try reader.skipValue(depth: 1)
        }
    }

    private static func name(of key: JSONString, in reader: borrowing RequestReader) -> Name {
        for (name, spelling) in spellings where reader.isSpelt(key, spelling) { return name }
        guard key.hasEscapes else { return .other }
        let text = Array(reader.text(key).utf8)
        return spellings.first { $0.1 == text }?.0 ?? .other
    }

    /// The request, once all members have been read.
    func request() throws(ServingError) -> V1Request {
        // KServe's server looks at "instances" even when it answers "inputs".
        if case .failure(let error) = instances, inputs == nil || error.code == .malformedRequest { throw error }
        guard let rows = inputs ?? instances else {
            throw ServingError(
                .unacceptableRows,
                #"The request has neither "instances" nor "inputs": expected {"instances": [[...], ...]}"#
            )
        }
        return V1Request(rows: try rows.get(), outputs: try outputs?.get() ?? [])
    }
}

extension RequestReader {
    /// Reads a value; if it is well-formed JSON but not what was wanted, steps over it and returns why.
    ///
    /// A mistake in the syntax anywhere in a body thus comes before what its rows are, and a member that a later one
    /// replaces may be anything.
    @_lifetime(self: copy self)
    fileprivate mutating func attempt<Value>(
        _ read: (inout RequestReader) throws(ServingError) -> Value
    ) throws(ServingError) -> Result<Value, ServingError> {
        let start = position
        do throws(ServingError) { return .success(try read(&self)) } catch {
            position = start
            try skipValue(depth: 1)
            return .failure(error)
        }
    }

    /// Reads `{"outputs": [names], ...}`.
    @_lifetime(self: copy self)
    fileprivate mutating func readOutputs() throws(ServingError) -> [PredictionMethod] {
        var outputs: [PredictionMethod] = []
        guard take(JSONByte.openBrace) else {
            if peek() == UInt8(ascii: "n") {
                try takeLiteral("null")
                return []
            }
            throw ServingError(.malformedRequest, "Expected \"parameters\" to be an object")
        }
        if take(JSONByte.closeBrace) { return [] }
        repeat {
            let key = try readKey()
            if text(key) == "outputs" {
                outputs = try readOutputNames()
            } else {
                try skipValue(depth: 2)
            }
        } while try takeSeparator(closing: JSONByte.closeBrace)
        return outputs
    }

    @_lifetime(self: copy self)
    private mutating func readOutputNames() throws(ServingError) -> [PredictionMethod] {
        guard take(JSONByte.openBracket) else { throw notOutputNames() }
        if take(JSONByte.closeBracket) { return [] }
        var outputs: [PredictionMethod] = []
        repeat {
            guard peek() == JSONByte.quote else { throw notOutputNames() }
            let name = text(try scanString())
            guard let output = PredictionMethod(rawValue: name) else { throw unknownOutput(name) }
            if !outputs.contains(output) { outputs.append(output) }
        } while try takeSeparator(closing: JSONByte.closeBracket)
        return outputs
    }

    private func notOutputNames() -> ServingError {
        ServingError(.malformedRequest, "Expected \"parameters.outputs\" to be a list of names")
    }

    private func unknownOutput(_ name: String) -> ServingError {
        let known = PredictionMethod.allCases.map(\.rawValue).joined(separator: ", ")
        return ServingError(
            .malformedRequest,
            "Unknown output \"\(name.prefix(80))\" in \"parameters.outputs\"; known are \(known)"
        )
    }
}
