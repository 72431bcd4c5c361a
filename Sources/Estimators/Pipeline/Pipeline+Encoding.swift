public import PickleCodec

extension Pipeline: EncodableEstimator {
    /// Adds the pipeline and the estimators of its steps to a graph; a step without one is `"passthrough"`.
    public func encode(into encoder: inout EstimatorEncoder) throws(EstimatorError) -> PickleReference {
        var pairs: [PickleReference] = []
        for (index, step) in steps.enumerated() {
            let content =
                if let estimator = step.estimator {
                    try encoder.add(estimator, at: ".steps[\(index)]")
                } else {
                    encoder.add(.string("passthrough"))
                }
            pairs.append(encoder.addTuple([encoder.add(.string(step.name)), content]))
        }
        return encoder.addObject(
            Self.pythonClasses[0], parameters, attributes: [("steps", encoder.addList(pairs))])
    }
}
