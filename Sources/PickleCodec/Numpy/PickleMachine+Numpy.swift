import Tensors

/// Recognises how numpy 1.x and 2.x write arrays, scalars and element types.
///
/// Source: numpy `core/src/multiarray/methods.c` (`array_reduce`, `array_setstate`), `descriptor.c`
/// (`arraydescr_reduce`), `scalartypes.c.src` (`gentype_reduce`) and `core/numeric.py` (`_frombuffer`).
extension PickleMachine {
    /// A call that makes an element type, a scalar or an array at once; nil for other calls.
    func numpyValue(_ name: PythonName, _ items: [PickleReference]) -> PickleValue? {
        switch (name.module, name.name) {
        case ("numpy", "dtype"):
            guard case .string(let code)? = items.first.map({ values[$0.index] }) else { return nil }
            return DType(code: code).map { .dtype($0) }
        case ("numpy.core.multiarray", "scalar"), ("numpy._core.multiarray", "scalar"):
            guard items.count == 2, case .dtype(let type) = values[items[0].index], type.kind != .object,
                let bytes = rawBytes(items[1])
            else { return nil }
            return NDArray(dtype: type, shape: [], bytes: bytes).map { .array($0) }
        case ("numpy.core.numeric", "_frombuffer"), ("numpy._core.numeric", "_frombuffer"):
            return arrayFromBuffer(items)
        default: return nil
        }
    }

    /// `_frombuffer(buffer, dtype, shape, order)`, as protocol 5 writes contiguous arrays.
    private func arrayFromBuffer(_ items: [PickleReference]) -> PickleValue? {
        guard items.count == 4, let bytes = rawBytes(items[0]), case .dtype(let type) = values[items[1].index],
            let shape = shape(items[2]), case .string(let order) = values[items[3].index]
        else { return nil }
        return NDArray(dtype: type, shape: shape, isFortranOrder: order == "F", bytes: bytes).map { .array($0) }
    }

    /// The array that `_reconstruct` and its state describe; nil if the object is another one.
    ///
    /// The state is `(version, shape, dtype, is_fortran, data)`.
    func numpyArray(_ object: PickledObject, state: PickleReference) throws(PickleError) -> PickleValue? {
        guard object.construction == .call, case .global(let name) = values[object.callable.index],
            name.name == "_reconstruct",
            name.module == "numpy.core.multiarray" || name.module == "numpy._core.multiarray",
            case .tuple(let parts) = values[state.index], parts.count >= 4
        else { return nil }
        let last = Array(parts.suffix(4))
        guard let shape = shape(last[0]), case .dtype(let type) = values[last[1].index] else {
            throw malformed("an array's state has no shape and dtype")
        }
        let isFortranOrder = flag(last[2])
        if type.kind == .object {
            guard case .list(let elements) = values[last[3].index] else {
                throw malformed("an object array has no list")
            }
            return try objectArray(shape, elements, isFortranOrder)
        }
        guard let bytes = rawBytes(last[3]) else { throw malformed("an array's data are no bytes") }
        return .array(try array(type, shape, isFortranOrder, bytes))
    }

    /// An array whose bytes are there; their number must be that of its shape.
    func array(
        _ type: DType,
        _ shape: [Int],
        _ isFortranOrder: Bool,
        _ bytes: ArraySlice<UInt8>
    ) throws(PickleError) -> NDArray {
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

    private func objectArray(
        _ shape: [Int],
        _ elements: [PickleReference],
        _ isFortranOrder: Bool
    ) throws(PickleError) -> PickleValue {
        guard elementCount(of: shape) == elements.count else {
            throw malformed("an object array of shape \(shape) cannot have \(elements.count) elements")
        }
        // numpy lists the elements of a Fortran-ordered array in that order.
        let ordered = isFortranOrder ? rowMajor(elements, shape) : elements
        return .objectArray(shape: shape, elements: ordered)
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

    /// Elements in which the first index changes fastest, reordered so that the last does.
    private func rowMajor(_ elements: [PickleReference], _ shape: [Int]) -> [PickleReference] {
        var index = [Int](repeating: 0, count: shape.count)
        return elements.indices.map { _ in
            var position = 0
            for axis in shape.indices.reversed() { position = position * shape[axis] + index[axis] }
            for axis in shape.indices.reversed() {
                index[axis] += 1
                if index[axis] < shape[axis] { break }
                index[axis] = 0
            }
            return elements[position]
        }
    }
}

/// Parts of numpy's calls and states.
extension PickleMachine {
    /// A tuple of extents, or one extent.
    func shape(_ reference: PickleReference) -> [Int]? {
        switch values[reference.index] {
        case .integer(let extent): return [extent]
        case .tuple(let items), .list(let items):
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
    private func rawBytes(_ reference: PickleReference) -> ArraySlice<UInt8>? {
        switch values[reference.index] {
        case .bytes(let bytes), .byteArray(let bytes): bytes
        case .string(let text): latin1Bytes(text)?[...]
        default: nil
        }
    }
}
