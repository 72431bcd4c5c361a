import Estimators
import Kernels
import Tensors

/// The sums to which boosted trees are added.
struct BoostingStart: Sendable {
    private enum Source: Sendable {
        /// The same for every row: zero, or what a dummy estimator says.
        case constant([Double])
        /// What an estimator says of each row.
        case estimator(any Operator)
    }

    private var source: Source
    private let target: GradientBoosting.Target
    /// How close to 0 and 1 an initial probability may come.
    private let margin: Double
    /// Whether the initial estimator answers in single precision, as a linear one fitted so does. Probabilities
    /// that it rounds to 0 or 1 are far from it in the space of the sums.
    private let isSinglePrecision: Bool
    /// Since 1.4, scores of several classes are centred: `log(p / gmean(p))` instead of `log(p)`.
    private let centersClasses: Bool

    init(_ model: GradientBoosting, columnCount: Int) throws(InferenceError) {
        target = model.target
        let version = model.fit.version
        margin = version.map { !$0.isAtLeast(1, 8) } ?? false ? Double(Float.ulpOfOne) : Double.ulpOfOne
        centersClasses = version?.isAtLeast(1, 4) ?? true
        isSinglePrecision = model.initial.map(Self.isFittedInSinglePrecision) ?? false
        source = .constant([Double](repeating: 0, count: target.sumCount))
        switch model.initial {
        case nil: break
        // Dummies say the same of every row, and those of 1.3 and before did not record how many columns they take.
        case let dummy as DummyClassifier: source = .constant(try link(dummy.probabilities, rowCount: 1))
        case let dummy as DummyRegressor: source = .constant(try link(dummy.constant, rowCount: 1))
        case let estimator?:
            let planned = try Plan.makeOperator(estimator)
            try model.fit.require("the number of columns of init_", planned.inputCount, is: columnCount)
            let method: PredictionMethod = if case .value = target { .predict } else { .predictProba }
            guard planned.methods.contains(method) else { throw model.fit.invalid("init_ has no \(method.rawValue)") }
            source = .estimator(planned)
        }
    }

    /// The sums of each row, ``GradientBoosting/Target/sumCount`` a row.
    func sums(_ rows: Matrix<Double>) throws(InferenceError) -> [Double] {
        switch source {
        case .constant(let sums): return Array(repeatElement(sums, count: rows.rowCount).joined())
        case .estimator(let estimator):
            // The ensemble casts rows once, and its initial estimator sees what the cast made of them.
            let cast = Matrix(
                rowCount: rows.rowCount,
                columnCount: rows.columnCount,
                elements: rows.elements.map { Double(Float($0)) }
            )
            let method: PredictionMethod = if case .value = target { .predict } else { .predictProba }
            guard case .array(let output) = try estimator.evaluate(method, on: cast),
                case .float64(let numbers) = output.values
            else { throw InferenceError(.invalidModel, "init_ answers no numbers") }
            let rounded = isSinglePrecision ? numbers.map { Double(Float($0)) } : numbers
            return try link(rounded, rowCount: rows.rowCount)
        }
    }

    /// Whether each weight of a linear estimator is a number of single precision: fits in double precision have others.
    private static func isFittedInSinglePrecision(_ estimator: any Estimator) -> Bool {
        let weights: [Double]
        switch estimator {
        case let model as LogisticRegression: weights = model.coefficients.elements + model.intercept
        case let model as LinearRegressor: weights = model.coefficients.elements + model.intercept
        default: return false
        }
        return weights.allSatisfy { Double(Float($0)) == $0 }
    }

    /// What the estimator says, in the space of the sums.
    private func link(_ numbers: [Double], rowCount: Int) throws(InferenceError) -> [Double] {
        let width = if case .binary = target { 2 } else { target.sumCount }
        guard numbers.count == rowCount * width else {
            throw InferenceError(.invalidModel, "init_ answers \(numbers.count) numbers for \(rowCount) rows")
        }
        switch target {
        case .value: return numbers
        case .binary(_, let isExponential):
            return (0..<rowCount).map { row in
                logOdds(clipped(numbers[2 * row + 1])) * (isExponential ? 0.5 : 1)
            }
        case .multiclass:
            var scores = numbers.map(clipped)
            var span = scores.mutableSpan
            takeLogarithms(&span)
            return centersClasses ? centered(scores, width) : scores
        }
    }

    private func clipped(_ probability: Double) -> Double { min(max(probability, margin), 1 - margin) }

    private func centered(_ scores: [Double], _ width: Int) -> [Double] {
        stride(from: 0, to: scores.count, by: width).flatMap { start in
            let row = scores[start..<start + width]
            let mean = row.reduce(0, +) / Double(width)
            return row.map { $0 - mean }
        }
    }
}
