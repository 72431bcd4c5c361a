public import Estimators
import Kernels
public import Tensors

/// What fitting a `RandomForestClassifier` grows.
///
/// The same rows, labels and seed give the trees of scikit-learn 1.9.1 (with `n_jobs=1` or any other), node for node
/// and bit for bit, unless splits are found by histograms. Source: scikit-learn `ensemble/_forest.py`.
public struct RandomForestClassifierFit: Sendable {
    /// What a node's impurity is (`criterion`).
    public enum Criterion: Hashable, Sendable {
        /// The chance that two rows of the node are of different classes.
        case gini
        /// Shannon's entropy of the classes' shares (`entropy`, `log_loss`).
        case entropy
    }

    /// How much the rows of a class count (`class_weight`).
    public enum ClassWeights: Hashable, Sendable {
        /// Each row counts once.
        case uniform
        /// Each class counts as much as any other, by how often each occurs among all rows.
        case balanced
        /// The same by how often each occurs among the rows of each tree.
        case balancedSubsample
    }

    /// The parameters of the fit.
    public let parameters: RandomForestParameters
    /// What a node's impurity is.
    public let criterion: Criterion
    /// How much the rows of a class count.
    public let classWeights: ClassWeights
    /// The number of rows.
    public let rowCount: Int
    /// How many rows were drawn for each tree; nil if each saw all of them.
    public let drawnRowCount: Int?
    /// The number of columns of a row.
    public let featureCount: Int
    /// Per target, its labels in ascending order: what the classes of the trees are called.
    public let classes: [ClassLabels]
    /// The trees in their order.
    public let trees: [GrownTree]

    /// Fits rows to labels.
    ///
    /// - Parameters:
    ///   - rows: one a sample; NaN is a missing value.
    ///   - labels: per target, a label for each row.
    /// - Throws: ``TrainingError`` if a parameter is out of its range, rows and labels do not match or are not finite,
    ///   or the fit is cancelled.
    public init(
        _ rows: Matrix<Double>,
        labels: [ClassLabels],
        parameters: RandomForestParameters,
        criterion: Criterion = .gini,
        classWeights: ClassWeights = .uniform,
        execution: FitExecution = FitExecution()
    ) throws(TrainingError) {
        let className = "RandomForestClassifier"
        try parameters.check(className)
        try FitChecks.checkShape(rows, className)
        guard !labels.isEmpty else {
            throw TrainingError(.invalidInput, "There are no targets to fit.")
        }
        for target in labels { try FitChecks.checkLengths(rows.rowCount, target.count) }
        try FitChecks.checkRange(rows)
        for target in labels { try target.checkClasses(targetCount: labels.count) }
        let encodings = labels.map(LabelEncoding.init)
        let targets = ClassTargets(
            classCounts: encodings.map(\.classes.count),
            classes: (0..<rows.rowCount).flatMap { row in encodings.map { $0.codes[row] } },
            impurity: criterion == .gini ? .gini : .entropy,
            isBalancingSubsamples: classWeights == .balancedSubsample && parameters.isBootstrapping)
        let isBalanced = classWeights != .uniform && !targets.isBalancingSubsamples
        let growth = try ForestGrowth(
            columns: FeatureColumns(rows), targets: .classes(targets), parameters: parameters,
            features: parameters.maximumFeatures ?? .squareRoot,
            rowWeights: isBalanced ? targets.balancedWeights(of: 0..<rows.rowCount) : nil, execution)
        self.parameters = parameters
        self.criterion = criterion
        self.classWeights = classWeights
        rowCount = rows.rowCount
        drawnRowCount = try parameters.drawnRowCount(of: rows.rowCount, weight: Double(rows.rowCount))
        featureCount = rows.columnCount
        classes = encodings.map(\.classes)
        trees = try growth.grow(execution)
    }
}
