import Tensors
import TestSupport
import Training

/// Rows and targets with something to learn, the same for the same seed.
struct ForestData {
    let rows: Matrix<Double>
    let targets: Matrix<Double>

    init(seed: UInt64, rowCount: Int, columnCount: Int, targetCount: Int = 1) {
        var generator = SeededGenerator(seed: seed)
        let elements = (0..<rowCount * columnCount).map { _ in Double.random(in: -1...1, using: &generator) }
        rows = Matrix(rowCount: rowCount, columnCount: columnCount, elements: elements)
        let numbers = (0..<rowCount).flatMap { row in
            (0..<targetCount).map { target in
                elements[row * columnCount + target % columnCount] * Double(target + 1)
                    + Double.random(in: -0.1...0.1, using: &generator)
            }
        }
        targets = Matrix(rowCount: rowCount, columnCount: targetCount, elements: numbers)
    }

    /// The rows with one element replaced.
    func rows(with element: Double, atRow row: Int, column: Int) -> Matrix<Double> {
        var changed = rows
        changed.elements[row * rows.columnCount + column] = element
        return changed
    }

    /// The targets with one element replaced.
    func targets(with element: Double, atRow row: Int) -> Matrix<Double> {
        var changed = targets
        changed.elements[row * targets.columnCount] = element
        return changed
    }
}

extension RandomForestParameters {
    /// A forest of some trees.
    static func trees(_ count: Int, seed: UInt32 = 42) -> RandomForestParameters {
        var parameters = RandomForestParameters(seed: seed)
        parameters.treeCount = count
        return parameters
    }
}
