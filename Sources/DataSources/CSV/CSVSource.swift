package import Features
import Glibc
package import Tensors

/// Series in a CSV file: a column `timestamp` (or `time`), a column for each metric by its name, and if there is one
/// a column `label` or `is_anomaly` of 0 and 1.
///
/// A time is ISO 8601, in UTC unless it says otherwise, or seconds since 1970. Times may lie at any distance and in any
/// order: the value at a moment of a grid is the mean of those since the moment before. An empty field, NaN and the
/// infinities are missing values. Columns of other names are passed over.
package struct CSVSource: MetricSource {
    private let bytes: [UInt8]
    private let file: String
    private let limits: CSVLimits
    private let header: CSVHeader
    private let times: [Double]

    package var name: String { "csv" }

    /// The names of the columns, as the file's first line has them.
    package var columnNames: [String] { header.names }

    /// Reads the header and the times of a file's content.
    ///
    /// - Parameter file: what the file is called in sentences.
    /// - Throws: ``DataSourceError`` that names the line and the column which are not as they should be.
    package init(_ bytes: [UInt8], file: String, limits: CSVLimits = CSVLimits()) throws(DataSourceError) {
        guard bytes.count <= limits.maximumBytes else { throw Self.tooLong(file, limits) }
        self.bytes = bytes
        self.file = file
        self.limits = limits
        do throws(DataSourceError) {
            var reader = CSVReader(bytes)
            let header = try CSVHeader(try reader.next())
            var times: [Double] = []
            while let fields = try reader.next() {
                times.append(try header.time(fields, line: reader.line))
            }
            guard !times.isEmpty else { throw DataSourceError(.noData, "there are no rows below the header") }
            self.header = header
            self.times = times
        } catch {
            throw DataSourceError(error.code, "\(file): \(error.message)")
        }
    }

    /// Reads a file.
    package init(path: String, limits: CSVLimits = CSVLimits()) throws(DataSourceError) {
        guard let stream = fopen(path, "r") else {
            throw DataSourceError(.unavailable, "\(path): \(String(cString: strerror(errno)))")
        }
        defer { fclose(stream) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = fread(&part, 1, part.count, stream)
            guard ferror(stream) == 0 else {
                throw DataSourceError(.unavailable, "\(path): \(String(cString: strerror(errno)))")
            }
            guard count > 0 else { break }
            guard bytes.count + count <= limits.maximumBytes else { throw Self.tooLong(path, limits) }
            bytes += part[..<count]
        }
        try self.init(bytes, file: path, limits: limits)
    }

    private static func tooLong(_ file: String, _ limits: CSVLimits) -> DataSourceError {
        DataSourceError(.tooMuch, "\(file): longer than maximumBytes, \(limits.maximumBytes) bytes")
    }

    /// The grid that holds all of the file: from its first time, in steps of so many seconds, until its last.
    ///
    /// - Throws: ``DataSourceError/Code/tooMuch`` for more than ``CSVLimits/maximumMoments``.
    package func grid(step: Int) throws(DataSourceError) -> TimeGrid {
        let first = times.reduce(.infinity, min)
        let last = times.reduce(-.infinity, max)
        let start = first.rounded(.up)
        let count = max(0, (last - start) / Double(step)).rounded(.up) + 1
        guard count <= Double(limits.maximumMoments) else {
            throw DataSourceError(
                .tooMuch,
                "\(file): from \(UTCTime.text(Int(first))) to \(UTCTime.text(Int(last))) are more steps of "
                    + "\(step) seconds than maximumMoments, \(limits.maximumMoments)")
        }
        return TimeGrid(start: Int(start), step: step, count: Int(count))
    }

    package func collect(
        _ metrics: [Metric], on grid: TimeGrid
    ) async throws(DataSourceError) -> CollectedSeries {
        do throws(DataSourceError) { return try read(metrics, on: grid) } catch {
            throw DataSourceError(error.code, "\(file): \(error.message)")
        }
    }

    private func read(_ metrics: [Metric], on grid: TimeGrid) throws(DataSourceError) -> CollectedSeries {
        var cells = try metrics.map { metric throws(DataSourceError) in
            CellMeans(column: try header.column(metric.name), count: grid.count)
        }
        var isAnomaly = header.label.map { _ in [Bool](repeating: false, count: grid.count) }
        var reader = CSVReader(bytes)
        _ = try reader.next()
        var row = 0
        while let fields = try reader.next() {
            defer { row += 1 }
            guard let cell = Self.cell(of: times[row], on: grid) else { continue }
            for index in cells.indices {
                cells[index].add(try header.number(fields, cells[index].column, line: reader.line), to: cell)
            }
            if let label = header.label, try header.flag(fields, label, line: reader.line) { isAnomaly?[cell] = true }
        }
        let columns = cells.map(\.means)
        let origins = zip(metrics, columns).map { MetricOrigin($0, source: name, values: $1, on: grid) }
        if let missing = origins.first(where: { $0.valueCount == 0 }) {
            throw DataSourceError(.noData, "column \(missing.metric) has no value from \(UTCTime.text(grid.start)) on")
        }
        let table = SeriesTable(grid: grid, names: metrics.map(\.name), columns: columns, isAnomaly: isAnomaly)
        return CollectedSeries(table: table, origins: origins, notices: origins.compactMap { $0.gaps(on: grid) })
    }

    /// The moment of the grid that a time belongs to: the first that is not before it.
    private static func cell(of time: Double, on grid: TimeGrid) -> Int? {
        let cell = ((time - Double(grid.start)) / Double(grid.step)).rounded(.up)
        return 0..<Double(grid.count) ~= cell ? Int(cell) : nil
    }
}

/// The means of a column's values in each cell of a grid.
private struct CellMeans {
    let column: Int
    private var sums: [Double]
    private var counts: [Int]

    init(column: Int, count: Int) {
        self.column = column
        sums = [Double](repeating: 0, count: count)
        counts = [Int](repeating: 0, count: count)
    }

    mutating func add(_ value: Double, to cell: Int) {
        guard value.isFinite else { return }
        sums[cell] += value
        counts[cell] += 1
    }

    /// The mean of each cell; NaN where there is no value.
    var means: [Double] { zip(sums, counts).map { $1 == 0 ? .nan : $0 / Double($1) } }
}
