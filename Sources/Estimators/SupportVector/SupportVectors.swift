public import Tensors

/// The fitted state that all support vector machines share: sums of a kernel between a row and support vectors.
///
/// Source: scikit-learn `svm/_base.py`, `BaseLibSVM`; libsvm `svm.cpp`, `svm_predict_values`.
public struct SupportVectors: Equatable, Sendable {
    /// The kernel (`kernel`, `_gamma`, `coef0`, `degree`).
    public let kernel: SupportVectorKernel
    /// The vectors (`support_vectors_`), grouped by class: a row per vector, a column per feature.
    public let vectors: Matrix<Double>
    /// The weights (`_dual_coef_`): a row per class but one, a column per vector.
    public let dualCoefficients: Matrix<Double>
    /// What is added to each sum (`_intercept_`): one number per pair of classes, in libsvm's signs.
    public let intercept: [Double]

    /// Support vectors made by hand.
    public init(
        kernel: SupportVectorKernel,
        vectors: Matrix<Double>,
        dualCoefficients: Matrix<Double>,
        intercept: [Double]
    ) {
        self.kernel = kernel
        self.vectors = vectors
        self.dualCoefficients = dualCoefficients
        self.intercept = intercept
    }

    /// Reads the state of a machine that was fitted on dense rows.
    init(from object: GraphObject) throws(EstimatorError) {
        kernel = try SupportVectorKernel(from: object)
        vectors = try object["support_vectors_"].matrix()
        dualCoefficients = try object["_dual_coef_"].matrix()
        intercept = try object["_intercept_"].doubles()
    }
}

/// A kernel function of libsvm.
public enum SupportVectorKernel: Hashable, Sendable {
    /// `x · y`.
    case linear
    /// `(gamma x · y + constant) ^ degree`.
    case polynomial(gamma: Double, constant: Double, degree: Int)
    /// `exp(-gamma |x - y|²)`.
    case radial(gamma: Double)
    /// `tanh(gamma x · y + constant)`.
    case sigmoid(gamma: Double, constant: Double)

    /// Reads the kernel's name and those of its parameters that it uses.
    init(from object: GraphObject) throws(EstimatorError) {
        let kernel = try object["kernel"]
        guard let name = kernel.stringIfAny() else {
            throw kernel.error(
                .unsupportedSetting,
                "a kernel of one's own (\(kernel.kind)) is code: it cannot be served"
            )
        }
        switch name {
        case "linear": self = .linear
        case "poly":
            self = .polynomial(
                gamma: try object["_gamma"].double(),
                constant: try object["coef0"].double(),
                degree: try object["degree"].integer()
            )
        case "rbf": self = .radial(gamma: try object["_gamma"].double())
        case "sigmoid":
            self = .sigmoid(gamma: try object["_gamma"].double(), constant: try object["coef0"].double())
        default:
            throw kernel.error(.unsupportedSetting, "the kernel \"\(name)\" is not one Apus can serve")
        }
    }
}
