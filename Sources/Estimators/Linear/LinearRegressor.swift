public import PickleCodec
public import Tensors

/// A weighted sum of the columns, for one or several targets.
///
/// Ordinary least squares, ridge, lasso and elastic net differ in their fit alone.
/// Source: scikit-learn `linear_model/_base.py`, `LinearModel.predict`.
public struct LinearRegressor: Estimator {
    /// `sklearn.linear_model.{LinearRegression, Ridge, Lasso, ElasticNet}`.
    public static let pythonClasses = [
        PythonName(module: "sklearn.linear_model._base", name: "LinearRegression"),
        PythonName(module: "sklearn.linear_model._ridge", name: "Ridge"),
        PythonName(module: "sklearn.linear_model._coordinate_descent", name: "Lasso"),
        PythonName(module: "sklearn.linear_model._coordinate_descent", name: "ElasticNet"),
    ]

    /// What was recorded of the fit.
    public let fit: FitRecord
    /// The weights (`coef_`): a row per target, a column per feature.
    public let coefficients: Matrix<Double>
    /// What is added (`intercept_`): one number for all targets, or one each.
    public let intercept: [Double]
    /// Whether answers have two dimensions, because `coef_` has, even if there is but one target.
    public let isMultiOutput: Bool

    /// A regressor made by hand.
    public init(fit: FitRecord, coefficients: Matrix<Double>, intercept: [Double], isMultiOutput: Bool) {
        self.fit = fit
        self.coefficients = coefficients
        self.intercept = intercept
        self.isMultiOutput = isMultiOutput
    }

    /// Decodes a fitted regressor; without an intercept, `intercept_` is the number 0.
    public init(from object: GraphObject) throws(EstimatorError) {
        fit = try FitRecord(from: object)
        let weights = try object["coef_"]
        isMultiOutput = try weights.array().shape.count > 1
        if isMultiOutput {
            coefficients = try weights.matrix()
        } else {
            let row = try weights.doubles()
            coefficients = Matrix(rowCount: 1, columnCount: row.count, elements: row)
        }
        intercept = try object["intercept_"].doublesOrNumber()
    }
}
