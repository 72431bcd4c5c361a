import Tensors

/// numpy's arrays, scalars and element types.
///
/// numpy turns the numbers of arrays round that are not in the machine's own order, whoever wrote them.
/// The names are those of numpy 1, which numpy 2 keeps for old files and takes without a warning; what protocol 5 would
/// call for arrays, `numpy.core.numeric._frombuffer`, it does not keep.
extension GraphWriter {
    private static let arrayModule = "numpy.core.multiarray"

    /// An array of any type but object.
    mutating func append(_ array: NDArray) {
        // joblib divides by the size of an element.
        if format == .joblib, array.dtype.itemSize > 0 { return append(wrapped: array) }
        appendEmptyArray()
        output.append(.mark)
        appendState(array.shape, array.dtype, isFortranOrder: array.isFortranOrder)
        output.append(bytes: array.bytes)
        output.append(.tuple)
        output.append(.build)
    }

    /// An array of objects: known before its elements are, which may hold it.
    mutating func write(_ reference: PickleReference, _ shape: [Int], _ elements: [PickleReference]) {
        appendEmptyArray()
        remember(reference)
        output.append(.mark)
        appendState(shape, .object, isFortranOrder: false)
        output.append(.emptyList)
        schedule(steps(adding: elements, .append, .appends) + [.emit(.tuple), .emit(.build)])
    }

    /// What `array_reduce` of numpy calls: an array whose shape and type come with its state.
    private mutating func appendEmptyArray() {
        append(name: "_reconstruct", of: Self.arrayModule)
        append(name: "ndarray", of: "numpy")
        append(shape: [0])
        output.append(bytes: [UInt8(ascii: "b")])
        output.append(.tuple3)
        output.append(.reduce)
    }

    /// The state's version, the shape, the type and the order.
    private mutating func appendState(_ shape: [Int], _ type: DType, isFortranOrder: Bool) {
        output.append(integer: 1)
        append(shape: shape)
        append(type)
        output.append(bool: isFortranOrder)
    }

    mutating func append(scalar array: NDArray) {
        append(name: "scalar", of: Self.arrayModule)
        append(array.dtype)
        output.append(bytes: array.bytes)
        output.append(.tuple2)
        output.append(.reduce)
    }

    /// A tuple of numbers.
    mutating func append(shape: [Int]) {
        if shape.count > 3 { output.append(.mark) }
        for extent in shape { output.append(integer: extent) }
        switch shape.count {
        case 0: output.append(.emptyTuple)
        case 1: output.append(.tuple1)
        case 2: output.append(.tuple2)
        case 3: output.append(.tuple3)
        default: output.append(.tuple)
        }
    }
}

// MARK: - Element types

extension GraphWriter {
    /// The version of numpy's state of an element type.
    private static let typeStateVersion = 3
    /// numpy's flags of records without objects: `NPY_NEEDS_PYAPI`, which all records have.
    private static let recordFlags = 16

    /// `numpy.dtype(code, False, True)`; fields follow as state.
    mutating func append(_ type: DType) {
        append(type: type) { writer in
            writer.append(name: "dtype", of: "numpy")
            writer.output.append(string: type.code)
            writer.output.append(.newFalse)
            writer.output.append(.newTrue)
            writer.output.append(.tuple3)
            writer.output.append(.reduce)
            if case .record(let fields) = type.kind { writer.append(fields, of: type) }
        }
    }

    /// The state `(3, '|', None, names, fields, size, alignment, flags)`.
    private mutating func append(_ fields: [DType.Field], of type: DType) {
        output.append(.mark)
        output.append(integer: Self.typeStateVersion)
        output.append(string: "|")
        output.append(.none)
        output.append(.mark)
        for field in fields { append(word: field.name) }
        output.append(.tuple)
        output.append(.emptyDict)
        output.append(.mark)
        for field in fields {
            append(word: field.name)
            append(field.type)
            output.append(integer: field.offset)
            output.append(.tuple2)
        }
        output.append(.setItems)
        output.append(integer: type.itemSize)
        output.append(integer: 1)
        output.append(integer: Self.recordFlags)
        output.append(.tuple)
        output.append(.build)
    }
}
