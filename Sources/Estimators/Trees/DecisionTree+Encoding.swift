public import PickleCodec
import Tensors

extension DecisionTree: EncodableEstimator {
    /// Adds the tree to a graph.
    public func encode(into encoder: inout EstimatorEncoder) throws(EstimatorError) -> PickleReference {
        var attributes: [EstimatorEncoder.Attribute] = [("n_outputs_", encoder.add(task.targetCount))]
        var holdsClassCounts = false
        switch task {
        // Beside classifiers, whose constructor takes it.
        case .regression: attributes.append(("class_weight", encoder.addNone()))
        case .classification(let targets):
            attributes.append(("classes_", try encoder.add(targets)))
            let counts = NDArray(targets.map(\.count), shape: targets.count == 1 ? [] : [targets.count])
            attributes.append(("n_classes_", encoder.add(targets.count == 1 ? .scalar(counts) : .array(counts))))
            let isOld = fit.version.map { !$0.isAtLeast(1, 4) } ?? false
            holdsClassCounts = isOld && encoder.version.isAtLeast(1, 4)
        }
        attributes.append(("max_features_", encoder.add(consideredFeatureCount)))
        attributes.append(("tree_", try tree.encode(into: &encoder, holdsClassCounts: holdsClassCounts)))
        return try encoder.addObject(fit, of: Self.pythonClasses, attributes: attributes)
    }

    /// How many columns were considered at each split (`max_features_`).
    ///
    /// Source: scikit-learn `tree/_classes.py`, `BaseDecisionTree._fit`.
    var consideredFeatureCount: Int {
        let count = fit.featureCount ?? tree.featureCount
        guard (1...Int(Int32.max)).contains(count) else { return count }
        switch fit.parameters["max_features"] {
        case .integer(let number): return number
        case .float(let share): return share > 0 && share <= 1 ? max(1, Int(share * Double(count))) : count
        case "sqrt": return max(1, Int(Double(count).squareRoot()))
        case "log2": return max(1, Int.bitWidth - 1 - count.leadingZeroBitCount)
        default: return count
        }
    }
}

extension EstimatorEncoder {
    /// Adds the labels of one target, or a list of them for each of several.
    mutating func add(_ targets: [ClassLabels]) throws(EstimatorError) -> PickleReference {
        var arrays: [PickleReference] = []
        for target in targets { arrays.append(try add(target)) }
        return arrays.count == 1 ? arrays[0] : addList(arrays)
    }

    /// Adds labels in the element type they were stored in.
    private mutating func add(_ labels: ClassLabels) throws(EstimatorError) -> PickleReference {
        let type = labels.elementType ?? labels.values.naturalType
        if type.kind == .object {
            let elements = labels.values.elements.map { add($0) }
            return add(.objectArray(shape: [elements.count], elements: elements))
        }
        guard let array = labels.values.array(of: type) else {
            throw error(.malformed, "its labels are no elements of \(type.code)")
        }
        return add(.array(array))
    }
}

extension ClassLabels.Values {
    /// The labels as Python objects.
    fileprivate var elements: [PickleValue] {
        switch self {
        case .int64(let labels): labels.map { .integer(Int($0)) }
        case .float64(let labels): labels.map { .float($0) }
        case .bool(let labels): labels.map { .bool($0) }
        case .string(let labels): labels.map { .string($0) }
        }
    }

    /// The labels as an array of one dimension; nil if they are no elements of the type.
    fileprivate func array(of type: DType) -> NDArray? {
        switch self {
        case .int64(let labels): NDArray(labels.map(Int.init), as: type)
        case .float64(let labels): NDArray(labels, as: type)
        case .bool(let labels): NDArray(labels.map { $0 ? 1 : 0 }, as: type)
        case .string(let labels): NDArray(labels, as: type)
        }
    }
}
