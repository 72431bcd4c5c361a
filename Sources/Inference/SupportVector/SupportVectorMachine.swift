import Estimators
import Kernels
import Tensors

/// Sums of a kernel between rows and support vectors: what the support vector estimators have in common.
struct SupportVectorMachine: Sendable {
    /// The number of columns of a row.
    let inputCount: Int
    /// The number of support vectors.
    let vectorCount: Int
    /// Roughly how many nanoseconds a row takes: a product with each vector, and a function of it.
    var stepsPerRow: Int { vectorCount * (inputCount / 4 + 20) }
    /// The weights: row-major, ``vectorCount`` elements a row.
    let dualCoefficients: [Double]
    /// What is added to each sum.
    let intercept: [Double]
    private let function: KernelFunction
    private let vectors: [Double]

    /// Checks the shapes of vectors and weights.
    ///
    /// - Parameters:
    ///   - weightRowCount: how many rows `_dual_coef_` must have.
    ///   - sumCount: how many elements `_intercept_` must have.
    init(
        _ support: SupportVectors,
        fit: FitRecord,
        weightRowCount: Int = 1,
        sumCount: Int = 1
    ) throws(InferenceError) {
        inputCount = try fit.columnCount(agreeingWith: ["support_vectors_": support.vectors.columnCount])
        vectorCount = support.vectors.rowCount
        try fit.require("the number of rows of _dual_coef_", support.dualCoefficients.rowCount, is: weightRowCount)
        try fit.require(
            "the number of columns of _dual_coef_",
            support.dualCoefficients.columnCount,
            is: vectorCount
        )
        try fit.require("the number of elements of _intercept_", support.intercept.count, is: sumCount)
        dualCoefficients = support.dualCoefficients.elements
        intercept = support.intercept
        vectors = support.vectors.elements
        function =
            switch support.kernel {
            case .linear: .linear
            case .polynomial(let gamma, let constant, let degree):
                .polynomial(gamma: gamma, constant: constant, degree: degree)
            case .radial(let gamma): .radial(gamma: gamma)
            case .sigmoid(let gamma, let constant): .sigmoid(gamma: gamma, constant: constant)
            }
    }

    /// Calls `body` for each row with the kernel's value for each support vector.
    func forEachRow(
        _ rows: Matrix<Double>,
        _ body: (_ row: Int, _ kernelValues: [Double]) -> Void
    ) throws(InferenceError) {
        try FiniteCheck.finite.check(rows)
        var kernelValues = [Double](repeating: 0, count: vectorCount)
        for row in 0..<rows.rowCount {
            let values = rows.elements.span.extracting(row * inputCount..<(row + 1) * inputCount)
            var output = kernelValues.mutableSpan
            evaluateKernel(function, row: values, vectors: vectors.span, into: &output)
            body(row, kernelValues)
        }
    }

    /// The machine's only sum, for each row.
    func sums(_ rows: Matrix<Double>) throws(InferenceError) -> [Double] {
        var sums = [Double](repeating: 0, count: rows.rowCount)
        try forEachRow(rows) { row, kernelValues in
            var sum = 0.0
            for index in 0..<vectorCount { sum += dualCoefficients[index] * kernelValues[index] }
            sums[row] = sum + intercept[0]
        }
        return sums
    }
}
