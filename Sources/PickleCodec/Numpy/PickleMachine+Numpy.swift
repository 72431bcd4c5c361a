import Tensors

/// Recognises how numpy 1.x and 2.x write arrays, scalars and element types.
///
/// Source: numpy `core/src/multiarray/methods.c` (`array_reduce`, `array_setstate`), `descriptor.c`
/// (`arraydescr_reduce`), `scalartypes.c.src` (`gentype_reduce`) and `core/numeric.py` (`_frombuffer`).
extension PickleMachine {
    /// The longest code of an element type that numpy writes has far fewer.
    private static let maximumCodeBytes = 64

    /// A call that makes an element type, a scalar or an array at once; nil for other calls.
    mutating func numpyValue(_ name: PythonName, _ items: [PickleReference]) throws(PickleError) -> PickleValue? {
        switch (name.module, name.name) {
        case ("numpy", "dtype"):
            switch items.first.map({ values[$0.index] }) {
            case .string(let code) where code.utf8.count <= Self.maximumCodeBytes:
                return DType(code: code).map { .dtype($0) }
            // Record arrays name the class of their elements; the fields follow as state.
            case .global(let name) where name.name == "record": return .dtype(DType(kind: .void, itemSize: 0))
            default: return nil
            }
        case ("numpy.core.multiarray", "scalar"), ("numpy._core.multiarray", "scalar"):
            guard items.count == 2, case .dtype(let type) = values[items[0].index],
                let bytes = try rawBytes(items[1])
            else { return nil }
            return .scalar(try array(type, [], false, bytes))
        case ("numpy.core.numeric", "_frombuffer"), ("numpy._core.numeric", "_frombuffer"):
            return try arrayFromBuffer(items)
        default: return nil
        }
    }

    /// `_frombuffer(buffer, dtype, shape, order)`, as protocol 5 writes contiguous arrays, or since numpy 2.3
    /// `_frombuffer(buffer, dtype, shape, 'K', axes)` for those that are contiguous with their axes in another order.
    private mutating func arrayFromBuffer(_ items: [PickleReference]) throws(PickleError) -> PickleValue? {
        guard items.count == 4 || items.count == 5, let bytes = try rawBytes(items[0]),
            case .dtype(let type) = values[items[1].index], let shape = shape(items[2]),
            case .string(let order) = values[items[3].index]
        else { return nil }
        let array = try array(type, shape, order == "F", bytes)
        guard order == "K", items.count == 5 else { return .array(array) }
        guard let axes = self.shape(items[4]), axes.sorted() == Array(shape.indices) else {
            throw malformed("an array of shape \(shape) has axes that are not its own")
        }
        return .array(try transposed(array, axes))
    }

    /// The array whose axis `i` is the axis `axes[i]` of another, in row-major order.
    private mutating func transposed(_ source: NDArray, _ axes: [Int]) throws(PickleError) -> NDArray {
        let shape = axes.map { source.shape[$0] }
        // The extents of an array without elements may be of any size: their products are not.
        guard source.count > 0 else { return try array(source.dtype, shape, false, []) }
        try countConverted(source.bytes.count)
        let steps = source.shape.indices.map { source.shape[($0 + 1)...].reduce(1, *) }
        let size = source.dtype.itemSize
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.bytes.count)
        for offset in RowMajorOffsets(shape: shape, steps: axes.map { steps[$0] }) {
            let start = source.bytes.startIndex + offset * size
            bytes.append(contentsOf: source.bytes[start..<start + size])
        }
        return try array(source.dtype, shape, false, bytes[...])
    }

    /// The array that `_reconstruct` and its state describe; nil if the object is another one.
    ///
    /// The state is `(version, shape, dtype, is_fortran, data)`.
    mutating func numpyArray(_ object: PickledObject, state: PickleReference) throws(PickleError) -> PickleValue? {
        guard object.construction == .call, case .global(let name) = values[object.callable.index],
            name.name == "_reconstruct",
            name.module == "numpy.core.multiarray" || name.module == "numpy._core.multiarray",
            case .tuple(let parts) = values[state.index], parts.count >= 4
        else { return nil }
        let last = Array(parts.suffix(4))
        guard let shape = shape(last[0]), case .dtype(let type) = values[last[1].index] else {
            throw malformed("an array's state has no shape and dtype")
        }
        if type.kind == .object {
            guard case .list(let elements) = values[last[3].index] else {
                throw malformed("an object array has no list")
            }
            return try objectArray(shape, elements)
        }
        guard let bytes = try rawBytes(last[3]) else { throw malformed("an array's data are no bytes") }
        return .array(try array(type, shape, flag(last[2]), bytes))
    }

    /// An array whose bytes are there; their number must be that of its shape.
    func array(
        _ type: DType,
        _ shape: [Int],
        _ isFortranOrder: Bool,
        _ bytes: ArraySlice<UInt8>
    ) throws(PickleError) -> NDArray {
        guard !type.holdsObjects else {
            throw PickleError(.unsupported, "records of objects are not read", offset: cursor.position)
        }
        guard bytes.count <= limits.maximumArrayBytes else {
            throw PickleError(
                .limitExceeded,
                "an array of \(bytes.count) bytes (maximumArrayBytes is \(limits.maximumArrayBytes))",
                offset: cursor.position
            )
        }
        guard let array = NDArray(dtype: type, shape: shape, isFortranOrder: isFortranOrder, bytes: bytes) else {
            throw malformed("an array of shape \(shape) cannot have \(bytes.count) bytes")
        }
        return array
    }

    /// numpy lists the elements in row-major order, whatever the order of the array.
    private mutating func objectArray(
        _ shape: [Int],
        _ elements: [PickleReference]
    ) throws(PickleError) -> PickleValue {
        guard elementCount(of: shape) == elements.count else {
            throw malformed("an object array of shape \(shape) cannot have \(elements.count) elements")
        }
        try count(elements.count)
        return .objectArray(shape: shape, elements: elements)
    }

    /// The number of elements of a shape; nil if it is negative or too large to count.
    func elementCount(of shape: [Int]) -> Int? {
        var count = 1
        for extent in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: extent)
            if overflow || extent < 0 { return nil }
            count = product
        }
        return count
    }
}

/// Parts of numpy's calls and states.
extension PickleMachine {
    /// How many dimensions numpy allows.
    private static let maximumDimensions = 64

    /// A tuple of extents, or one extent.
    func shape(_ reference: PickleReference) -> [Int]? {
        switch values[reference.index] {
        case .integer(let extent): return [extent]
        case .tuple(let items), .list(let items):
            guard items.count <= Self.maximumDimensions else { return nil }
            let extents = items.compactMap { if case .integer(let extent) = values[$0.index] { extent } else { nil } }
            return extents.count == items.count ? extents : nil
        default: return nil
        }
    }

    /// `True`, or a number that is not 0.
    func flag(_ reference: PickleReference) -> Bool {
        switch values[reference.index] {
        case .bool(let flag): flag
        case .integer(let number): number != 0
        default: false
        }
    }

    /// Bytes, or text of Python 2 that holds bytes.
    private mutating func rawBytes(_ reference: PickleReference) throws(PickleError) -> ArraySlice<UInt8>? {
        switch values[reference.index] {
        case .bytes(let bytes), .byteArray(let bytes): return bytes
        case .string(let text): return try latin1Bytes(text)?[...]
        default: return nil
        }
    }
}
