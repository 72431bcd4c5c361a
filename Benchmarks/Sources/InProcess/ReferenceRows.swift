import Inference
import Tensors

/// The rows of a reference model with scikit-learn's predictions, and what is measured with them.
struct ReferenceRows {
    /// How many different rows the latency is measured over.
    private static let latencyRowCount = 1_000

    private let rows: Matrix<Double>
    private let expected: [Double]

    /// Reads `rows.npy` and `answers.npy`.
    init(folder: String) throws {
        let array = try NPY.read(File.read("\(folder)/rows.npy"))
        let answers = try NPY.read(File.read("\(folder)/answers.npy"))
        guard array.shape.count == 2, answers.shape.first == array.shape[0],
            let elements = array.doubles(), let expected = answers.doubles()
        else { throw NotNumbers(folder: folder) }
        rows = Matrix(rowCount: array.shape[0], columnCount: array.shape[1], elements: elements)
        self.expected = expected
    }

    /// The share of the rows that a plan answers exactly as scikit-learn does.
    func agreement(of plan: Plan) throws -> Double {
        let found = try numbers(plan.evaluate(.predict, on: rows, threads: 2))
        guard found.count == expected.count else { return 0 }
        let width = expected.count / rows.rowCount
        let same = (0..<rows.rowCount).count { row in
            (row * width..<(row + 1) * width).allSatisfy { found[$0] == expected[$0] }
        }
        return Double(same) / Double(rows.rowCount)
    }

    /// The predictions as numbers; none if they are something else.
    private func numbers(_ answer: Answer) -> [Double] {
        guard case .array(let output) = answer else { return [] }
        return switch output.values {
        case .float64(let values): values
        case .int64(let values): values.map(Double.init)
        case .bool, .string: []
        }
    }

    /// Rows per second of a plan over all rows, a figure per pass.
    func rates(of plan: Plan, passes: Int, threads: Int) throws -> [Double] {
        let clock = ContinuousClock()
        return try (0..<passes).map { _ in
            let start = clock.now
            let answer = try plan.evaluate(.predict, on: rows, threads: threads)
            let duration = clock.now - start
            withExtendedLifetime(answer) {}
            return Double(rows.rowCount) * 1e6 / duration.microseconds
        }
    }

    /// The median time of a plan on one row in microseconds, over different rows in turn.
    func latency(of plan: Plan, seconds: Double) throws -> Double {
        let singles = (0..<Self.latencyRowCount).map { rows.rows($0..<$0 + 1) }
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        var times: [Double] = []
        while clock.now < end {
            let row = singles[times.count % singles.count]
            let start = clock.now
            let answer = try plan.evaluate(.predict, on: row)
            let duration = clock.now - start
            withExtendedLifetime(answer) {}
            times.append(duration.microseconds)
        }
        return times.sorted()[times.count / 2]
    }
}

/// A folder's arrays are not rows of numbers, or not as many as there are answers.
struct NotNumbers: Error, CustomStringConvertible {
    let folder: String
    var description: String { "\(folder): the arrays are no numbers that belong together" }
}
