import Features
import Foundation
import Tensors
import TestSupport
import Testing

@Suite("Rows as pandas and numpy compute them")
struct ReferenceTests {
    /// What `reference.py` says of a schema's files.
    private struct Description: Decodable {
        let metrics: [String]
        let columns: [String]
        let start: Int
        let step: Int
        let count: Int
    }

    @Test("Columns, moments and values of every schema are the reference's, gaps and all")
    func reference() throws {
        let seed = Int.random(in: 0..<1 << 31)
        let folder = TemporaryFolder()
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "reference.py")
        try PythonEnvironment("sklearn-1.9.1").run(script, ["--seed", "\(seed)", "--out", folder.path])
        var rowCount = 0
        for schema in FeatureSchema.all {
            let json = try Data(contentsOf: URL(filePath: folder.path("\(schema.name).json")))
            let expected = try JSONDecoder().decode(Description.self, from: json)
            #expect(schema.metrics.map(\.name) == expected.metrics)
            #expect(schema.featureNames == expected.columns)
            #expect(schema.step == expected.step)

            let series = try doubles(folder.path("\(schema.name).series"))
            let count = series.count / expected.metrics.count
            let table = SeriesTable(
                grid: TimeGrid(start: expected.start, step: expected.step, count: count), names: expected.metrics,
                columns: expected.metrics.indices.map { Array(series[$0 * count..<($0 + 1) * count]) })
            let rows = try schema.rows(from: table)
            #expect(rows.times.map(Double.init) == (try doubles(folder.path("\(schema.name).times"))))
            #expect(rows.count == expected.count)
            rowCount += rows.count
            let values = try doubles(folder.path("\(schema.name).rows"))
            try #require(values.count == rows.values.elements.count)
            let error = greatestError(rows.values, values)
            #expect(error < 1e-9, "\(schema.name), seed \(seed)")
        }
        #expect(rowCount > 500)
    }

    /// The greatest difference, relative to the greatest magnitude of its column.
    private func greatestError(_ rows: Matrix<Double>, _ expected: [Double]) -> Double {
        var scales = [Double](repeating: 0, count: rows.columnCount)
        var errors = scales
        for (index, value) in expected.enumerated() {
            let column = index % rows.columnCount
            scales[column] = max(scales[column], abs(value))
            errors[column] = max(errors[column], abs(value - rows.elements[index]))
        }
        return zip(errors, scales).map { $0 / max($1, .leastNormalMagnitude) }.max() ?? .infinity
    }

    private func doubles(_ path: String) throws -> [Double] {
        let data = try Data(contentsOf: URL(filePath: path))
        return stride(from: 0, to: data.count, by: 8).map { offset in
            let bits = data[offset..<offset + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return Double(bitPattern: bits)
        }
    }
}
