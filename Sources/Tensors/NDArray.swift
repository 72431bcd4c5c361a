/// A numpy array as stored: bytes of a file and how to read them.
///
/// The bytes are a slice of the file's own buffer, so an array costs no copy until its elements are asked for.
public struct NDArray: Hashable, Sendable {
    /// The element type.
    public let dtype: DType
    /// The extent of each dimension; empty for a scalar.
    public let shape: [Int]
    /// Whether the first index changes fastest (Fortran order) in `bytes`.
    public let isFortranOrder: Bool
    /// The elements' bytes; `count * dtype.itemSize` of them.
    public let bytes: ArraySlice<UInt8>

    /// Wraps bytes; nil if their number is not that of the shape and the type.
    ///
    /// Several elements without bytes are refused too: no number of bytes would bear out how many there are.
    public init?(dtype: DType, shape: [Int], isFortranOrder: Bool = false, bytes: ArraySlice<UInt8>) {
        var count = 1
        for extent in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: extent)
            guard extent >= 0, !overflow else { return nil }
            count = product
        }
        let (size, overflow) = count.multipliedReportingOverflow(by: dtype.itemSize)
        guard !overflow, size == bytes.count, dtype.itemSize > 0 || count <= 1 else { return nil }
        self.dtype = dtype
        self.shape = shape
        self.isFortranOrder = isFortranOrder
        self.bytes = bytes
    }

    /// The number of elements.
    public var count: Int { shape.reduce(1, *) }
}
