import Tensors

/// Reads the arrays that joblib writes into the stream right after their wrapper.
///
/// Source: joblib `numpy_pickle.py`, class `NumpyArrayWrapper`.
extension PickleMachine {
    /// How deeply pickles of object arrays may be embedded in one another.
    private static let maximumEmbedding = 16
    /// The longest name among a wrapper's attributes has 27.
    private static let maximumKeyBytes = 64

    /// The array that follows a wrapper; nil if the object is no wrapper.
    mutating func joblibArray(_ object: PickledObject) throws(PickleError) -> PickleValue? {
        guard case .global(let name) = values[object.callable.index],
            name.module.hasSuffix("joblib.numpy_pickle") || name.module.hasSuffix("joblib.numpy_pickle_compat")
        else { return nil }
        if name.name == "NDArrayWrapper" || name.name == "ZNDArrayWrapper" {
            throw PickleError(
                .unsupported,
                "\(name): joblib before 0.10 kept arrays in files of their own; load the model there and store it "
                    + "again",
                offset: cursor.position
            )
        }
        guard name.name == "NumpyArrayWrapper" else { return nil }
        let wrapper = try wrapper(object)
        if wrapper.type.holdsObjects { return try embeddedObjectArray() }
        try skipPadding(wrapper)
        guard let count = elementCount(of: wrapper.shape) else {
            throw malformed("an array has the shape \(wrapper.shape)")
        }
        let (size, overflow) = count.multipliedReportingOverflow(by: wrapper.type.itemSize)
        guard !overflow, size <= limits.maximumArrayBytes else {
            throw PickleError(
                .limitExceeded,
                "an array of shape \(wrapper.shape) is too large (maximumArrayBytes is \(limits.maximumArrayBytes))",
                offset: cursor.position
            )
        }
        return .array(try array(wrapper.type, wrapper.shape, wrapper.isFortranOrder, try cursor.slice(size)))
    }

    private struct Wrapper {
        let type: DType
        let shape: [Int]
        let isFortranOrder: Bool
        let isAligned: Bool
    }

    private mutating func wrapper(_ object: PickledObject) throws(PickleError) -> Wrapper {
        guard let state = object.state, case .dictionary(let entries) = values[state.index] else {
            throw malformed("joblib's wrapper has no attributes")
        }
        try count(entries.count)
        var attributes: [String: PickleReference] = [:]
        for entry in entries {
            // Long keys would take long to hash, again for each wrapper that shares them.
            guard case .string(let key) = values[entry.key.index], key.utf8.count <= Self.maximumKeyBytes else {
                continue
            }
            attributes[key] = entry.value
        }
        guard let dtype = attributes["dtype"], case .dtype(let type) = values[dtype.index],
            let shape = attributes["shape"].flatMap({ self.shape($0) }), let order = attributes["order"],
            case .string(let letter) = values[order.index]
        else { throw malformed("joblib's wrapper has no dtype, shape and order that Apus reads") }
        var isAligned = false
        if let alignment = attributes["numpy_array_alignment_bytes"], case .integer = values[alignment.index] {
            isAligned = true
        }
        return Wrapper(type: type, shape: shape, isFortranOrder: letter == "F", isAligned: isAligned)
    }

    /// Since joblib 1.1 a byte says how many bytes of padding follow, so that the array is aligned in the file.
    private mutating func skipPadding(_ wrapper: Wrapper) throws(PickleError) {
        guard wrapper.isAligned else { return }
        _ = try cursor.slice(try cursor.length(1, of: "padding"))
    }

    /// Arrays of objects are pickles of their own, with a memo of their own.
    private mutating func embeddedObjectArray() throws(PickleError) -> PickleValue {
        guard embedding < Self.maximumEmbedding else {
            throw PickleError(.limitExceeded, "pickles are embedded too deeply", offset: cursor.position)
        }
        let outer = (stack, marks, memo)
        (stack, marks, memo) = ([], [], Memo())
        embedding += 1
        let reference = try run()
        embedding -= 1
        (stack, marks, memo) = outer
        return values[reference.index]
    }
}
