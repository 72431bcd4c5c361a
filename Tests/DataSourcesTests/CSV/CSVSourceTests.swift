import DataSources
import Features
import Tensors
import TestSupport
import Testing

@Suite("Series in CSV files")
struct CSVSourceTests {
    private func source(_ text: String) throws -> CSVSource { try CSVSource(Array(text.utf8), file: "data.csv") }

    private let metrics = [Metric(name: "cpu", unit: "ratio"), Metric(name: "memory", unit: "ratio")]

    /// The error of reading a file and collecting both metrics from it.
    private func error(_ text: String) async -> DataSourceError? {
        do {
            let source = try source(text)
            _ = try await source.collect(metrics, on: try source.grid(step: 300))
            return nil
        } catch {
            return error as? DataSourceError
        }
    }

    @Test("Columns are found by name, in any order, with labels")
    func columns() async throws {
        let source = try source(
            #"""
            memory,timestamp,host,label,cpu
            0.5,2026-11-21T00:00:00Z,"a, ""b""",0,0.25

            0.75,2026-11-21T00:05:00Z,c,1,
            ,2026-11-21T00:10:00Z,c,false,NaN
            1,2026-11-21T00:15:00Z,c,,0.125

            """#)
        let grid = try source.grid(step: 300)
        let collected = try await source.collect(metrics, on: grid)
        let table = collected.table
        #expect(grid == TimeGrid(start: 1_795_219_200, step: 300, count: 4))
        #expect(table.names == ["cpu", "memory"])
        #expect(table["cpu"]?.map { $0.isNaN ? nil : $0 } == [0.25, nil, nil, 0.125])
        #expect(table["memory"]?.map { $0.isNaN ? nil : $0 } == [0.5, 0.75, nil, 1])
        #expect(table.isAnomaly == [false, true, false, false])
        #expect(collected.notices == ["cpu 2 of 4 values are missing", "memory 1 of 4 values are missing"])
        #expect(collected.origins.map(\.source) == ["csv", "csv"])
        #expect(try await source.collect([metrics[1]], on: grid).table["cpu"] == nil)
    }

    @Test("Values at any distance and in any order become means of what lies since the moment before")
    func resampling() async throws {
        var generator = SeededGenerator(seed: .random(in: 0 ... .max))
        let samples = (0..<500).map { _ in
            (Double.random(in: 1_000..<50_000, using: &generator), Double.random(in: 0..<1, using: &generator))
        }
        let text = "timestamp,cpu,memory\n" + samples.map { "\($0.0),\($0.1),1\n" }.joined()
        let grid = TimeGrid(start: 3_000, step: 300, count: 140)
        let collected = try await source(text).collect(metrics, on: grid)
        for index in 0..<grid.count {
            let end = Double(grid.time(index))
            let values = samples.filter { $0.0 > end - 300 && $0.0 <= end }.map(\.1)
            let value = try #require(collected.table["cpu"]?[index])
            let mean = values.reduce(0, +) / Double(values.count)
            #expect(values.isEmpty ? value.isNaN : abs(value - mean) < 1e-12)
        }
    }

    @Test("A file's own grid begins with its first time, so that regular files keep their values as they are")
    func ownGrid() async throws {
        let source = try source("time,cpu\n2014-02-14 14:27:00,1\n2014-02-14 14:32:00,2\n2014-02-14 14:37:00,3\n")
        let grid = try source.grid(step: 300)
        #expect(grid == TimeGrid(start: 1_392_388_020, step: 300, count: 3))
        #expect(try await source.collect([metrics[0]], on: grid).table["cpu"] == [1, 2, 3])
    }

    @Test(
        "Mistakes name the line and the column",
        arguments: [
            ("", "the file is empty"), ("\n\n", "the file is empty"),
            ("timestamp,cpu,memory\n", "there are no rows below the header"),
            ("cpu,memory\n1,2\n", "line 1: no column timestamp, but cpu, memory"),
            ("timestamp;cpu\n", "line 1: no column timestamp, but timestamp;cpu"),
            ("timestamp,cpu\n0,1\n", "line 1: no column memory, but timestamp, cpu"),
            ("timestamp,cpu,memory\n0,1\n", "line 2 has 2 fields, the header has 3"),
            ("timestamp,cpu,memory\n0,1,2,3\n", "line 2 has 4 fields, the header has 3"),
            (
                "timestamp,cpu,memory\r\n0,1,2\r\n300,high,2\r\n",
                #"line 3, column cpu: "high" is not a number"#
            ),
            ("timestamp,cpu,memory\n\n\n0,1,2\n300,1,2%\n", #"line 5, column memory: "2%" is not a number"#),
            (
                "timestamp,cpu,memory\nyesterday,1,2\n",
                #"line 2, column timestamp: "yesterday" is no time; it should be like 2026-11-21T10:15:00Z, or "#
                    + "seconds since 1970"
            ),
            (
                "timestamp,cpu,memory\n2026-02-30,1,2\n",
                #"line 2, column timestamp: "2026-02-30" is no time; it should be like 2026-11-21T10:15:00Z, or "#
                    + "seconds since 1970"
            ),
            (
                "timestamp,cpu,memory\n1700000000000,1,2\n",
                #"line 2, column timestamp: "1700000000000" is not in seconds since 1970; are they milliseconds?"#
            ),
            (
                "timestamp,cpu,memory,label\n0,1,2,0\n300,1,2,bad\n",
                #"line 3, column label: "bad" is not a label; they are 0 and 1"#
            ),
            ("timestamp,cpu,memory\n0,1,\"2\n", "line 2, field 3: a quote that nothing closes"),
            ("timestamp,cpu,memory\n0,1\"\",2\n", "line 2, field 2: a quote inside of a field"),
            ("timestamp,cpu,memory\n0,\"1\"2,2\n", "line 2, field 2: text behind a closing quote"),
            (
                "timestamp,cpu,memory\n\"0\n\",1,2\n",
                "line 2, column timestamp: \"0\\n\" is no time; it should be like 2026-11-21T10:15:00Z, or seconds "
                    + "since 1970"
            ),
            (
                "timestamp,cpu,memory\n0,1,\n300,1,nan\n",
                "column memory has no value from 1970-01-01T00:00:00Z on"
            ),
        ])
    func mistakes(text: String, expected: String) async {
        let error = await error(text)
        #expect(error?.message == "data.csv: \(expected)")
    }

    @Test("Text that is not UTF-8 is refused, a byte order mark is not")
    func encoding() throws {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        #expect(try CSVSource(mark + Array("time,a\n0,1\n".utf8), file: "f").columnNames == ["time", "a"])
        #expect(throws: DataSourceError(.malformed, "f: line 2, field 2: text that is not UTF-8")) {
            try CSVSource(Array("time,a\n0,".utf8) + [0xFF, 0x0A], file: "f")
        }
    }

    @Test("Files and spans of time beyond the limits are refused by the limit's name")
    func limits() async throws {
        var limits = CSVLimits()
        limits.maximumBytes = 20
        limits.maximumMoments = 10
        let folder = TemporaryFolder()
        folder.write(Array("timestamp,cpu\n0,12345678\n".utf8), to: "long.csv")
        let path = folder.path("long.csv")
        #expect(throws: DataSourceError(.tooMuch, "\(path): longer than maximumBytes, 20 bytes")) {
            try CSVSource(path: path, limits: limits)
        }
        #expect(try await CSVSource(path: path).collect([metrics[0]], on: grid(1)).table["cpu"] == [12_345_678])
        let wide = try CSVSource(Array("time,a\n0,1\n3000,1\n".utf8), file: "wide.csv", limits: limits)
        #expect(try wide.grid(step: 600).count == 6)
        let message =
            "wide.csv: from 1970-01-01T00:00:00Z to 1970-01-01T00:50:00Z are more steps of 300 seconds than "
            + "maximumMoments, 10"
        #expect(throws: DataSourceError(.tooMuch, message)) { try wide.grid(step: 300) }
        let missing = folder.path("missing.csv")
        #expect(throws: DataSourceError(.unavailable, "\(missing): No such file or directory")) {
            try CSVSource(path: missing)
        }
    }

    private func grid(_ count: Int) -> TimeGrid { TimeGrid(start: 0, step: 300, count: count) }
}
