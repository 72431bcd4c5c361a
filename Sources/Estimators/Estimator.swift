public import PickleCodec

/// A fitted scikit-learn estimator as a value: its parameters and what fitting found, decoded and checked.
///
/// To add one: a struct that conforms, in the folder of its scikit-learn package; its name in
/// ``EstimatorRegistry/types``; and an operator for it in `Inference`. `CONTRIBUTING.md` shows a whole example.
public protocol Estimator: Equatable, Sendable {
    /// The classes this type decodes, under every name that scikit-learn 0.24 to 1.9 stores them.
    static var pythonClasses: [PythonName] { get }

    /// What every fitted estimator knows of its fit.
    var fit: FitRecord { get }

    /// Decodes an instance of one of ``pythonClasses``.
    ///
    /// - Throws: ``EstimatorError`` naming the attribute that is missing or not what it should be.
    init(from object: GraphObject) throws(EstimatorError)
}

extension Estimator {
    /// Whether another estimator is of the same type and has the same value.
    public func isEqual(to other: any Estimator) -> Bool { other as? Self == self }
}

extension [any Estimator] {
    /// Whether both are as many estimators, equal in pairs.
    func areEqual(to others: [any Estimator]) -> Bool {
        count == others.count && zip(self, others).allSatisfy { $0.isEqual(to: $1) }
    }
}
