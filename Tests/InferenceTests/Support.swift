import Estimators
import Tensors
import Testing

@testable import Inference

/// Rows of a matrix, for tests.
func matrix(_ rows: [[Double]]) -> Matrix<Double> {
    Matrix(rowCount: rows.count, columnCount: rows.first?.count ?? 0, elements: rows.flatMap { $0 })
}

/// A fit of some version, or of an unknown one.
func record(_ className: String, columns: Int? = nil, version: String? = nil) -> FitRecord {
    FitRecord(className: className, version: version.flatMap { ScikitLearnVersion($0) }, featureCount: columns)
}

extension Plan {
    /// What one method answers as one array.
    func output(_ method: PredictionMethod, _ rows: [[Double]]) throws -> Output {
        switch try evaluate(method, on: matrix(rows)) {
        case .array(let output): return output
        case .perTarget: throw InferenceError(.invalidModel, "one array expected")
        }
    }

    /// What one method answers as numbers.
    func numbers(_ method: PredictionMethod, _ rows: [[Double]]) throws -> [Double] {
        guard case .float64(let values) = try output(method, rows).values else {
            throw InferenceError(.invalidModel, "numbers expected")
        }
        return values
    }
}

/// Expects a model to be refused with a sentence that contains some words.
func expectInvalid(
    _ estimator: any Estimator,
    naming words: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let error = #expect(throws: InferenceError.self, sourceLocation: sourceLocation) { try Plan(estimator) }
    #expect(error?.code == .invalidModel, sourceLocation: sourceLocation)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "-")", sourceLocation: sourceLocation)
}

/// Expects numbers to be equal but for the order of sums.
func expectClose(
    _ values: [Double],
    _ expected: [Double],
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(values.count == expected.count, sourceLocation: sourceLocation)
    for (value, expected) in zip(values, expected) {
        #expect(abs(value - expected) <= 1e-12 * max(1, abs(expected)), sourceLocation: sourceLocation)
    }
}
