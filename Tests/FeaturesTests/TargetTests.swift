import Features
import Tensors
import Testing

@Suite("Targets of forecasts")
struct TargetTests {
    private let schema = FeatureSchema.forecast120

    @Test("Targets are the raw values that follow, by metric and then by time", arguments: [1, 5])
    func order(targetCount: Int) throws {
        var drawn = DrawnSeries()
        let table = drawn.table(for: schema, count: 400)
        let targets = Array(schema.metrics.map(\.name).shuffled().prefix(targetCount))
        let rows = try schema.rows(from: table, targets: targets)
        #expect(rows.targets.columnCount == schema.outputNames(of: targets).count)
        #expect(rows.count > 100 && rows.counts.withoutTargets > 0, "seed \(drawn.seed)")
        for (index, time) in rows.times.enumerated() {
            let row = try #require(table.grid.index(of: time))
            let expected = targets.flatMap { target in (1...12).map { table[target]?[row + $0] } }
            #expect(Array(rows.targets.row(index)) == expected.compactMap(\.self), "seed \(drawn.seed)")
        }
    }

    @Test("A row is left out just when one of its targets is missing")
    func missing() throws {
        var values = (0..<60).map(Double.init)
        values[45] = .nan
        let table = SeriesTable(
            grid: TimeGrid(start: 0, step: 300, count: 60), names: schema.metrics.map(\.name),
            columns: schema.metrics.map { $0.name == "disk_usage" ? values : (0..<60).map(Double.init) })
        func moments(_ targets: [String]) throws -> [Int] {
            try schema.rows(from: table, targets: targets).times.map { $0 / 300 }
        }
        #expect(try moments([]) == Array(23..<60))
        #expect(try moments(["cpu_usage"]) == Array(23..<48))
        #expect(try moments(["disk_usage"]) == Array(23..<33) + Array(45..<48))
    }

    @Test("Outputs are named by metric and step")
    func names() {
        let names = schema.outputNames(of: ["cpu_usage", "network_in"])
        #expect(names.count == 24)
        #expect(names.first == "cpu_usage_lead_1" && names[11] == "cpu_usage_lead_12")
        #expect(names[12] == "network_in_lead_1")
    }

    @Test(
        "A forecast of another lookback and horizon is named by its columns, and found by that",
        arguments: [(2, 1), (48, 288)])
    func lookback(lookback: Int, horizon: Int) throws {
        let schema = FeatureSchema.forecast(lookback: lookback, horizon: horizon)
        #expect(schema.features.count == 5 * lookback && schema.history == lookback - 1)
        #expect(schema.outputNames(of: ["cpu_usage"]).count == horizon)
        let found = try FeatureSchema.named("forecast-\(5 * lookback)")
        #expect(found.features == schema.features && found.name == schema.name)
    }

    @Test(
        "Names that are nearly one of a forecast are none", arguments: ["5", "121", "0120", "-120", "10085", "x", ""])
    func noForecast(suffix: String) {
        #expect(throws: FeatureError.self) { try FeatureSchema.named("forecast-\(suffix)") }
    }

    @Test("A metric without a future is refused by name", arguments: ["pod_restarts", "cpu", ""])
    func unknown(target: String) {
        let table = SeriesTable(
            grid: TimeGrid(start: 0, step: 300, count: 1), names: schema.metrics.map(\.name),
            columns: schema.metrics.map { _ in [0] })
        let error = #expect(throws: FeatureError.self) { try schema.rows(from: table, targets: [target]) }
        #expect(error?.code == .unknownSchema)
        #expect(error?.message.contains("its targets are: cpu_usage, memory_usage") == true)
    }
}
