import Features
import Tensors
import TestSupport

/// Series with gaps of all lengths, zeros and still stretches.
struct DrawnSeries {
    let seed: UInt64
    private var generator: SeededGenerator

    init(seed: UInt64 = .random(in: 0 ... .max)) {
        self.seed = seed
        generator = SeededGenerator(seed: seed)
    }

    mutating func integer(_ range: Range<Int>) -> Int { Int.random(in: range, using: &generator) }

    mutating func table(for schema: FeatureSchema, count: Int) -> SeriesTable {
        let columns = schema.metrics.map { _ in column(count) }
        return SeriesTable(
            grid: TimeGrid(start: integer(0..<1_000_000) * 60, step: schema.step, count: count),
            names: schema.metrics.map(\.name), columns: columns,
            isAnomaly: (0..<count).map { _ in Bool.random(using: &generator) })
    }

    private mutating func column(_ count: Int) -> [Double] {
        var values: [Double] = (0..<count).map { _ in Double.random(in: -1...1, using: &generator) }
        for _ in 0..<4 {
            let start = integer(0..<count)
            let end = min(count, start + integer(1..<7))
            let filling = [0, values[start], .nan, .infinity].randomElement(using: &generator) ?? 0
            for index in start..<end { values[index] = filling }
        }
        return values
    }
}
