import Estimators

extension ClassLabels {
    /// The labels at some class indices as an answer, one a row; each index must be in `0..<count`.
    func output(_ indices: [Int]) -> Output {
        Output(shape: [indices.count], values: OutputValues(take(indices)))
    }
}

extension OutputValues {
    /// Labels as the elements of an answer.
    init(_ labels: ClassLabels.Values) {
        switch labels {
        case .int64(let labels): self = .int64(labels)
        case .float64(let labels): self = .float64(labels)
        case .bool(let labels): self = .bool(labels)
        case .string(let labels): self = .string(labels)
        }
    }
}
