import Dispatch
import Inference
import Synchronization
import Tensors

/// Asks shadows, on a thread of its own, what their primaries were asked, and compares the answers.
///
/// A request never waits for its shadow: where more comparisons wait than the queue holds, further ones are dropped and
/// counted.
final class ShadowQueue: Sendable {
    /// How many numbers may wait to be compared, in all requests together.
    private static let maximumNumbers = 1 << 20

    private let queue = DispatchQueue(label: "apus.shadow", qos: .utility)
    private let waitingNumbers = Atomic<Int>(0)

    /// Has a shadow answer rows, and counts on its meter where it disagrees with its primary's answer.
    func compare(_ shadow: LoadedModel, with answer: Answer, on rows: Matrix<Double>, method: PredictionMethod) {
        let numbers = rows.elements.count
        let waiting = waitingNumbers.add(numbers, ordering: .relaxed).newValue
        guard waiting <= Self.maximumNumbers else {
            waitingNumbers.subtract(numbers, ordering: .relaxed)
            shadow.meter.record(ShadowComparison.dropped)
            return
        }
        queue.async { [self] in
            shadow.meter.record(Self.comparison(shadow, answer, rows, method))
            waitingNumbers.subtract(numbers, ordering: .relaxed)
        }
    }

    private static func comparison(
        _ shadow: LoadedModel, _ answer: Answer, _ rows: Matrix<Double>, _ method: PredictionMethod
    ) -> ShadowComparison {
        let start = Clocks.monotonicNanoseconds()
        guard let other = try? shadow.plan.evaluate(method, on: rows) else { return .failed }
        let latency = Clocks.monotonicNanoseconds() - start
        return .made(rows: rows.rowCount, disagreements: answer.disagreements(with: other), nanoseconds: latency)
    }
}

/// What came of asking a shadow.
enum ShadowComparison {
    /// It answered, and so many rows were answered differently.
    case made(rows: Int, disagreements: Int, nanoseconds: Int64)
    /// It refused rows that its primary answered.
    case failed
    /// It was not asked, since too many comparisons waited.
    case dropped
}

extension Answer {
    /// How far apart numbers may be and still agree, relative to the larger.
    private static let tolerance = 1e-6

    /// The number of rows to which two answers differ: another label, another shape, or numbers further apart than a
    /// millionth of the larger.
    func disagreements(with other: Answer) -> Int {
        let (mine, others) = (arrays, other.arrays)
        let rowCount = mine.first?.shape.first ?? 0
        guard mine.count == others.count, zip(mine, others).allSatisfy({ $0.shape == $1.shape }) else {
            return rowCount
        }
        return (0..<rowCount).count { row in
            zip(mine, others).contains { left, right in
                let width = left.shape.dropFirst().reduce(1, *)
                return left.values.differ(from: right.values, in: row * width..<(row + 1) * width, Self.tolerance)
            }
        }
    }

    private var arrays: [Output] {
        switch self {
        case .array(let output): [output]
        case .perTarget(let outputs): outputs
        }
    }
}

extension OutputValues {
    /// Whether some elements differ.
    fileprivate func differ(from other: OutputValues, in range: Range<Int>, _ tolerance: Double) -> Bool {
        switch (self, other) {
        case (.int64(let mine), .int64(let others)): mine[range] != others[range]
        case (.bool(let mine), .bool(let others)): mine[range] != others[range]
        case (.string(let mine), .string(let others)): mine[range] != others[range]
        case (.float64(let mine), .float64(let others)):
            zip(mine[range], others[range]).contains { left, right in
                left != right && !(left.isNaN && right.isNaN)
                    && !(abs(left - right) < tolerance * max(abs(left), abs(right)))
            }
        default: true
        }
    }
}
