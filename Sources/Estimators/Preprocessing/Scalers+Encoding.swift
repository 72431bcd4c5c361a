public import PickleCodec
import Tensors

extension StandardScaler: EncodableEstimator {
    /// Adds the scaler to a graph.
    public func encode(into encoder: inout EstimatorEncoder) throws(EstimatorError) -> PickleReference {
        var attributes: [EstimatorEncoder.Attribute] = []
        if let counts = encoder.add(sampleCounts: sampleCounts) { attributes.append(("n_samples_seen_", counts)) }
        attributes += [
            ("mean_", encoder.add(mean)), ("var_", encoder.add(variance)), ("scale_", encoder.add(scale)),
        ]
        return try encoder.addObject(fit, of: Self.pythonClasses, attributes: attributes)
    }
}

extension EstimatorEncoder {
    /// Adds how many values of all columns or of each were seen; nil if that is unknown.
    ///
    /// They are `float64` since scikit-learn 1.9 and `int64` before, unless rows were weighted.
    fileprivate mutating func add(sampleCounts counts: [Double]) -> PickleReference? {
        let whole = counts.compactMap { Int(exactly: $0) }
        let isWhole = whole.count == counts.count && !version.isAtLeast(1, 9)
        switch counts.count {
        case 0: return nil
        case 1: return add(.scalar(isWhole ? NDArray(whole, shape: []) : NDArray(counts, shape: [])))
        default: return isWhole ? add(whole) : add(counts)
        }
    }
}

extension RobustScaler: EncodableEstimator {
    /// Adds the scaler to a graph.
    public func encode(into encoder: inout EstimatorEncoder) throws(EstimatorError) -> PickleReference {
        try encoder.addObject(
            fit, of: Self.pythonClasses,
            attributes: [("center_", encoder.add(center)), ("scale_", encoder.add(scale))])
    }
}

extension MinMaxScaler: EncodableEstimator {
    /// Adds the scaler to a graph.
    public func encode(into encoder: inout EstimatorEncoder) throws(EstimatorError) -> PickleReference {
        var attributes: [EstimatorEncoder.Attribute] = [
            ("scale_", encoder.add(scale)), ("min_", encoder.add(minimum)),
        ]
        if let sampleCount { attributes.append(("n_samples_seen_", encoder.add(sampleCount))) }
        if let dataMinimum { attributes.append(("data_min_", encoder.add(dataMinimum))) }
        if let dataMaximum { attributes.append(("data_max_", encoder.add(dataMaximum))) }
        if let dataMinimum, let dataMaximum {
            attributes.append(("data_range_", encoder.add(zip(dataMaximum, dataMinimum).map { $0 - $1 })))
        }
        return try encoder.addObject(fit, of: Self.pythonClasses, attributes: attributes)
    }
}

extension MaxAbsScaler: EncodableEstimator {
    /// Adds the scaler to a graph.
    public func encode(into encoder: inout EstimatorEncoder) throws(EstimatorError) -> PickleReference {
        var attributes: [EstimatorEncoder.Attribute] = [("scale_", encoder.add(scale))]
        if let maximumAbsolute { attributes.append(("max_abs_", encoder.add(maximumAbsolute))) }
        if let sampleCount { attributes.append(("n_samples_seen_", encoder.add(sampleCount))) }
        return try encoder.addObject(fit, of: Self.pythonClasses, attributes: attributes)
    }
}
