import Features
import Tensors
import TestSupport
import Testing

@Suite("Rows of series")
struct RowsTests {
    @Test("Nothing that comes after a moment is in its row", arguments: FeatureSchema.all.map(\.name))
    func noFuture(name: String) throws {
        let schema = try FeatureSchema.named(name)
        var drawn = DrawnSeries()
        let table = drawn.table(for: schema, count: schema.history + 120)
        let rows = try schema.rows(from: table)
        for _ in 0..<20 {
            let end = drawn.integer(1..<table.rowCount)
            let other = drawn.table(for: schema, count: table.rowCount)
            // What follows the end is replaced by something else, or by nothing.
            let changed = SeriesTable(
                grid: table.grid, names: table.names,
                columns: zip(table.columns, other.columns).map { Array($0[..<end] + $1[end...]) })
            for series in [changed, table.rows(0..<end)] {
                let past = try schema.rows(from: series)
                let known = past.times.count { $0 < table.grid.time(end) }
                #expect(past.times.prefix(known) == rows.times.prefix(known), "seed \(drawn.seed)")
                let isSame = bits(past.values.rows(0..<known)) == bits(rows.values.rows(0..<known))
                #expect(isSame, "seed \(drawn.seed)")
            }
        }
    }

    @Test("The latest row is the row of training, to the last bit", arguments: FeatureSchema.all.map(\.name))
    func latest(name: String) throws {
        let schema = try FeatureSchema.named(name)
        var drawn = DrawnSeries()
        var table = drawn.table(for: schema, count: schema.history + 120)
        // A gap that was drawn may leave no row whose whole history is there.
        while try schema.rows(from: table).count == 0 {
            table = drawn.table(for: schema, count: schema.history + 120)
        }
        let rows = try schema.rows(from: table)
        var found = 0
        for end in 1...table.rowCount {
            let series = table.rows(0..<end)
            let place = rows.times.firstIndex(of: table.grid.time(end - 1))
            guard let place else {
                #expect(throws: FeatureError.self, "seed \(drawn.seed)") { try schema.latestRow(from: series) }
                continue
            }
            let row = try schema.latestRow(from: series)
            #expect(row.map(\.bitPattern) == rows.values.row(place).map(\.bitPattern), "seed \(drawn.seed)")
            let recent = table.rows(max(0, end - schema.momentCount())..<end)
            #expect(try schema.latestRow(from: recent) == row, "seed \(drawn.seed)")
            found += 1
        }
        #expect(found == rows.count && found > 0, "seed \(drawn.seed)")
    }

    @Test("Every moment is counted once", arguments: FeatureSchema.all.map(\.name))
    func counts(name: String) throws {
        let schema = try FeatureSchema.named(name)
        var drawn = DrawnSeries()
        for count in [0, 1, schema.history, schema.history + 1, schema.history + 200] {
            let table = drawn.table(for: schema, count: max(count, 1)).rows(0..<count)
            let targets = schema.horizon > 0 ? [schema.metrics[0].name] : []
            let counts = try schema.rows(from: table, targets: targets).counts
            let sum = counts.rows + counts.withoutHistory + counts.withMissingValues + counts.withoutTargets
            #expect(sum == count, "seed \(drawn.seed)")
            #expect(counts.withoutHistory == min(count, schema.history))
        }
    }

    @Test("A gap is filled up to the limit, and infinities are gaps", arguments: [0, 1, 3])
    func filling(limit: Int) throws {
        let schema = plain(.lag(0))
        let values: [Double] = [.nan, 1, .nan, .infinity, -.infinity, .nan, .nan, 2]
        let rows = try schema.rows(from: series(values), filling: GapFilling(maximumSteps: limit))
        #expect(rows.values.elements == [1] + Array(repeating: 1, count: limit) + [2])
        #expect(rows.counts.filledValues == limit)
        #expect(rows.counts.withMissingValues == values.count - rows.count)
    }

    @Test("Labels stay with their moments")
    func labels() throws {
        let labelled = SeriesTable(
            grid: TimeGrid(start: 0, step: 300, count: 3), names: ["value"], columns: [[1, .nan, 3]],
            isAnomaly: [true, true, false])
        let filling = GapFilling(maximumSteps: 0)
        let rows = try plain(.lag(0)).rows(from: labelled, filling: filling)
        #expect(rows.isAnomaly == [true, false])
        let joined = rows.joined(with: try plain(.lag(0)).rows(from: series([5]), filling: filling))
        #expect(joined.isAnomaly == [true, false, nil])
        #expect(joined.values.elements == [1, 3, 5])
        #expect(joined.counts.rows == 3 && joined.counts.withMissingValues == 1)
    }

    @Test("Rows are thinned evenly", arguments: [(10, 3), (10, 10), (10, 11), (9, 3), (7, 1), (0, 5)])
    func thinning(count: Int, maximum: Int) throws {
        let rows = try plain(.lag(0)).rows(from: series((0..<count).map(Double.init))).thinned(to: maximum)
        #expect(rows.count <= maximum && (count == 0 || rows.count > maximum / 2))
        let steps = Set(zip(rows.values.elements, rows.values.elements.dropFirst()).map { $1 - $0 })
        #expect(steps.count <= 1)
        #expect(rows.times == rows.values.elements.map { Int($0) * 300 })
    }

    @Test("Series that do not fit say why")
    func unfit() {
        let schema = FeatureSchema.metrics5
        let grid = TimeGrid(start: 0, step: 60, count: 1)
        let missing = "metrics-5 needs the metric memory_usage, the series are cpu_usage"
        #expect(throws: FeatureError(.unfitSeries, missing)) {
            try schema.rows(
                from: SeriesTable(
                    grid: TimeGrid(start: 0, step: 300, count: 1), names: ["cpu_usage"], columns: [[1]]))
        }
        let step = "metrics-5 needs a value each 300 seconds, the series have one each 60"
        #expect(throws: FeatureError(.unfitSeries, step)) {
            try schema.rows(from: SeriesTable(grid: grid, names: ["cpu_usage"], columns: [[1]]))
        }
        #expect(throws: FeatureError(.incomplete, "value-1 cannot be computed, values are missing: value (1 of 1)")) {
            try plain(.lag(0)).latestRow(from: series([1, .nan, .nan, .nan, .nan]))
        }
        #expect(throws: FeatureError(.incomplete, "value-1 looks 3 steps back, but there are 3 moments in all")) {
            try plain(.lag(3)).latestRow(from: series([1, 2, 3]))
        }
    }

    private func plain(_ formula: Formula) -> FeatureSchema {
        FeatureSchema(
            name: "value-1", version: 1, step: 300, metrics: [Metric(name: "value", unit: "ratio")],
            features: [Feature(name: "value", unit: "ratio", metric: "value", formula: formula)])
    }

    private func series(_ values: [Double]) -> SeriesTable {
        SeriesTable(
            grid: TimeGrid(start: 0, step: 300, count: values.count), names: ["value"], columns: [values])
    }

    private func bits(_ rows: Matrix<Double>) -> [UInt64] { rows.elements.map(\.bitPattern) }
}
