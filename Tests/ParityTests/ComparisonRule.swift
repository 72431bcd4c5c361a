import Inference

/// How close a number must be to scikit-learn's.
enum ComparisonRule: Equatable {
    /// The same bits.
    case identical
    /// Within some roundings (2^-52) of the magnitude of the number's terms.
    case roundings(Double)
    /// Within a fraction of the magnitude of the number's terms.
    case relative(Double)

    /// The bound as a fraction of the magnitude.
    var bound: Double {
        switch self {
        case .identical: 0
        case .roundings(let count): count * 0x1p-52
        case .relative(let fraction): fraction
        }
    }
}

extension ComparisonRule {
    /// The rule of an answer.
    ///
    /// - Parameters:
    ///   - estimator: the class of the last step; of a multi-output wrapper, `Wrapper(Class)`.
    ///   - products: the precision of matrix products that the last step's own arithmetic stands on, if any.
    static func of(_ estimator: String, _ method: PredictionMethod, products: String?) -> ComparisonRule {
        let wrapped = estimator.split(separator: "(").last.map { String($0.prefix { $0 != ")" }) } ?? estimator
        let rule = table.first { $0.classes.contains(wrapped) && $0.methods.contains(method) }?.rule ?? .identical
        switch (products, rule) {
        case ("float32", _): return singleProducts
        case ("float64", .roundings): return doubleProducts
        default: return rule
        }
    }

    /// A product of n terms is off by at most n roundings of the sum of absolute terms, in any order: 400 support
    /// vectors or 60 columns are below 1e-13, and a step after it adds less than as much again.
    private static let doubleProducts = ComparisonRule.relative(1e-12)

    /// The same in single precision: 60 columns are below 4e-6.
    private static let singleProducts = ComparisonRule.relative(4e-6)

    /// Everything that is not listed must have the same bits: scalers, imputers, and the labels, values and
    /// probabilities of trees and forests, whose order of operations scikit-learn's source defines.
    private static let table: [(classes: Set<String>, methods: Set<PredictionMethod>, rule: ComparisonRule)] = [
        // Exact probabilities, then numpy's `log`: vectorised, it may differ from the C library's by a rounding or two;
        // numpy's own validation allows 4.
        (
            [
                "DecisionTreeClassifier", "ExtraTreeClassifier", "RandomForestClassifier", "ExtraTreesClassifier",
            ],
            [.predictLogProba], .roundings(4)
        ),
        // Two functions of numpy in a row (`log` in the path lengths up to scikit-learn 1.1, `2 ** -x` always),
        // each within 4; the exponent's own error is doubled at most, as scores lie between 0 and 1.
        (["IsolationForest"], [.scoreSamples, .decisionFunction, .predict], .roundings(16)),
        // The start is a logarithm of class frequencies; the trees' sum is exact beside it. Probabilities add an `exp`
        // or a softmax over at most 6 classes, and their logarithms one more function.
        (["GradientBoostingClassifier"], [.predict, .decisionFunction], .roundings(8)),
        (["GradientBoostingClassifier"], [.predictProba, .predictLogProba], .roundings(32)),
        // BLAS decides the order of these sums.
        (
            [
                "LinearRegression", "Ridge", "Lasso", "ElasticNet", "LogisticRegression", "SVC", "SVR", "OneClassSVM",
                "KMeans", "PCA",
            ],
            Set(PredictionMethod.allCases), doubleProducts
        ),
    ]
}
