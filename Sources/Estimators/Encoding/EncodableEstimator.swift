public import PickleCodec

/// An estimator that can be written as scikit-learn stores it.
///
/// To make one: `encode(into:)` beside the type in a file of its own, and the class's constructor in
/// `ConstructorSignature`.
public protocol EncodableEstimator: Estimator {
    /// Adds the estimator to a graph, with all that scikit-learn 1.3 to 1.9 needs to load it, to answer, to print and
    /// to clone it.
    ///
    /// - Throws: ``EstimatorError`` naming the place of what cannot be written.
    func encode(into encoder: inout EstimatorEncoder) throws(EstimatorError) -> PickleReference
}

extension EstimatorRegistry {
    /// Makes the graph of an estimator, which `PickleWriter` writes.
    ///
    /// Decoding it answers an equal estimator if `version` is that of the fit.
    ///
    /// - Parameters:
    ///   - estimator: one of the types that conform to ``EncodableEstimator``.
    ///   - version: the release to write it for, 1.3 or later: that which loads it without a word. Unless given, it is
    ///     the one of the estimator's fit; but ``ScikitLearnVersion/written`` if that is unknown, or before 1.4: the
    ///     trees of classifiers hold counts up to 1.3, which later releases would answer as probabilities.
    /// - Throws: ``EstimatorError`` naming the place in the estimator.
    public static func encode(
        _ estimator: any Estimator,
        for version: ScikitLearnVersion? = nil
    ) throws(EstimatorError) -> PickleGraph {
        let fitted = estimator.fit.version.flatMap { $0.isAtLeast(1, 4) ? $0 : nil }
        var encoder = try EstimatorEncoder(for: version ?? fitted ?? .written, root: estimator)
        let root = try encoder.add(estimator)
        return encoder.builder.finish(root: root)
    }
}
