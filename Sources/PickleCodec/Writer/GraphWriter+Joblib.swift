import Tensors

/// joblib's arrays, whose bytes stand in the stream right after a wrapper that tells how to read them.
///
/// Source: joblib `numpy_pickle.py`, class `NumpyArrayWrapper`, as it is since version 1.2.
extension GraphWriter {
    /// What the bytes of each array are aligned to.
    private static let alignment = 16
    private static let paddingByte: UInt8 = 0xFF

    mutating func append(wrapped array: NDArray) {
        append(name: "NumpyArrayWrapper", of: "joblib.numpy_pickle")
        output.append(.emptyTuple)
        output.append(.newObj)
        output.append(.emptyDict)
        output.append(.mark)
        append(word: "subclass")
        append(name: "ndarray", of: "numpy")
        append(word: "shape")
        append(shape: array.shape)
        append(word: "order")
        append(word: array.isFortranOrder && array.shape.count > 1 ? "F" : "C")
        append(word: "dtype")
        append(array.dtype)
        append(word: "allow_mmap")
        output.append(bool: array.count > 0)
        append(word: "numpy_array_alignment_bytes")
        output.append(integer: Self.alignment)
        output.append(.setItems)
        output.append(.build)
        let padding = Self.alignment - (output.bytes.count + 1) % Self.alignment
        output.append(byte: UInt8(padding))
        output.append(raw: repeatElement(Self.paddingByte, count: padding))
        output.append(raw: array.bytes)
    }
}
