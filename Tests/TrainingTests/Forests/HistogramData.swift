import Estimators
import Tensors
import TestSupport
import Training

/// Drawn rows, numbers and labels that a forest can learn, and what they were drawn with.
struct HistogramData: CustomStringConvertible {
    let seed: UInt64
    let rows: Matrix<Double>
    let targets: Matrix<Double>
    let classes: [Int64]

    var labels: ClassLabels { .int64(classes) }

    var description: String { "seed \(seed): \(rows.rowCount) x \(rows.columnCount) rows" }

    /// - Parameter valueCount: how many values a feature has; nil for as many as there are numbers.
    init(seed: UInt64, rowCount: Int, columnCount: Int, targetCount: Int = 1, valueCount: Int? = nil) {
        self.seed = seed
        var generator = SeededGenerator(seed: seed)
        var elements = (0..<rowCount * columnCount).map { _ in Double.random(in: -3...3, using: &generator) }
        if let valueCount {
            elements = elements.map { (($0 + 3) / 6 * Double(valueCount - 1)).rounded() * 0.37 - 1 }
        }
        rows = Matrix(rowCount: rowCount, columnCount: columnCount, elements: elements)
        let matrix = rows
        let numbers = (0..<rowCount).flatMap { row in
            (0..<targetCount).map { target in
                let (one, other) = (matrix[row, target % columnCount], matrix[row, (target + 1) % columnCount])
                return one * one + Double(target) * other + Double.random(in: -1...1, using: &generator)
            }
        }
        targets = Matrix(rowCount: rowCount, columnCount: targetCount, elements: numbers)
        classes = (0..<rowCount).map { row in
            Int64((numbers[row * targetCount] + Double.random(in: -1...1, using: &generator)) / 3) % 4
        }
    }

    /// The rows of a range.
    func rows(_ range: Range<Int>) -> Matrix<Double> { rows.rows(range) }
}

extension RandomForestParameters {
    /// A small forest of one kind of splits.
    static func splitting(_ splitter: Splitter, trees: Int, seed: UInt32 = 42) -> RandomForestParameters {
        var parameters = RandomForestParameters.trees(trees, seed: seed)
        parameters.splitter = splitter
        return parameters
    }
}

extension GrownTree {
    /// Per node, the rows of a matrix that reach it by comparing their values with the thresholds.
    func rowsByNode(_ rows: Matrix<Double>) -> [[Int]] {
        var reached = [[Int]](repeating: [], count: nodeCount)
        for row in 0..<rows.rowCount {
            var node = 0
            reached[0].append(row)
            while leftChild[node] >= 0 {
                let value = Double(Float(rows[row, Int(feature[node])]))
                node = Int(value <= threshold[node] ? leftChild[node] : rightChild[node])
                reached[node].append(row)
            }
        }
        return reached
    }

    /// The node's values for each row.
    func answers(_ rows: Matrix<Double>) -> [Double] {
        let width = classCounts.count * classWidth
        var answers = [Double](repeating: 0, count: rows.rowCount * width)
        for (node, reached) in rowsByNode(rows).enumerated() where leftChild[node] < 0 {
            for row in reached {
                for place in 0..<width { answers[row * width + place] = values[node * width + place] }
            }
        }
        return answers
    }
}
