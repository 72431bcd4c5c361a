import Estimators
import Kernels
import Tensors

/// Turns what trees said of each row into labels, probabilities or numbers.
///
/// A row's numbers are those of its first target, then of the next: one a class, or one alone in regression.
struct TreeAnswers: Sendable {
    let methods: [PredictionMethod]
    /// How many numbers a row has.
    let width: Int
    private let task: TreeTask
    private let classCounts: [Int]

    init(_ task: TreeTask) {
        self.task = task
        classCounts = task.classCounts
        width = classCounts.reduce(0, +)
        methods =
            switch task {
            case .regression: [.predict]
            case .classification: [.predict, .predictProba, .predictLogProba]
            }
    }

    /// The answer of a method; `numbers` holds ``width`` a row.
    func answer(_ method: PredictionMethod, _ numbers: consuming [Double]) throws(InferenceError) -> Answer {
        let rowCount = numbers.count / width
        switch (task, method) {
        case (.regression(let targetCount), .predict):
            let shape = targetCount == 1 ? [rowCount] : [rowCount, targetCount]
            return .array(Output(shape: shape, values: .float64(numbers)))
        case (.classification(let targets), .predict) where targets.count == 1:
            return .array(targets[0].output(greatestIndices(numbers.span, columnCount: width)))
        case (.classification(let targets), .predict):
            var columns: [Output] = []
            for (classes, probabilities) in zip(targets, perTarget(numbers)) {
                columns.append(
                    classes.output(greatestIndices(probabilities.elements.span, columnCount: classes.count))
                )
            }
            return .array(try Output(columns: columns))
        case (.classification, .predictProba): return collect(perTarget(numbers))
        case (.classification, .predictLogProba): return collect(perTarget(numbers).map { $0.logarithms() })
        default: throw .unsupported(method, by: Self.self)
        }
    }

    /// The numbers of each target as a matrix of a column a class.
    private func perTarget(_ numbers: [Double]) -> [Matrix<Double>] {
        let rowCount = numbers.count / width
        if classCounts.count == 1 { return [Matrix(rowCount: rowCount, columnCount: width, elements: numbers)] }
        var start = 0
        return classCounts.map { count in
            let columns = start..<start + count
            start += count
            let elements = (0..<rowCount).flatMap { row in
                numbers[row * width + columns.lowerBound..<row * width + columns.upperBound]
            }
            return Matrix(rowCount: rowCount, columnCount: count, elements: elements)
        }
    }

    private func collect(_ matrices: [Matrix<Double>]) -> Answer {
        matrices.count == 1 ? .array(Output(matrices[0])) : .perTarget(matrices.map { Output($0) })
    }
}
