// Arrays of numbers made by hand, in row-major order and little-endian.

extension NDArray {
    /// An array of `float64`; `shape` (one dimension unless given) must have as many elements as there are numbers.
    public init(_ numbers: [Double], shape: [Int]? = nil) {
        self.init(words: numbers.map(\.bitPattern), dtype: .float64, shape: shape ?? [numbers.count])
    }

    /// An array of `int64`.
    public init(_ numbers: [Int], shape: [Int]? = nil) {
        let words = numbers.map { UInt64(bitPattern: Int64($0)) }
        self.init(words: words, dtype: .int64, shape: shape ?? [numbers.count])
    }

    /// An array of elements that are whole words of 64 bits each: numbers, or records of such.
    package init(words: [UInt64], dtype: DType, shape: [Int]) {
        let bytes = unsafe words.map(\.littleEndian).withUnsafeBytes { unsafe Array($0) }
        self.init(dtype, shape, bytes)
    }

    /// An array of one dimension of integers or booleans; nil unless they fit `dtype`.
    public init?(_ numbers: [Int], as dtype: DType) {
        switch dtype.kind {
        case .bool, .signedInteger, .unsignedInteger: break
        default: return nil
        }
        var bytes: [UInt8] = []
        for number in numbers {
            let digits = (0..<dtype.itemSize).map { UInt8(truncatingIfNeeded: number >> min(8 * $0, Int.bitWidth - 1)) }
            bytes += dtype.isBigEndian ? digits.reversed() : digits
        }
        self.init(dtype, [numbers.count], bytes)
        guard integers() == numbers else { return nil }
    }

    /// An array of one dimension of floats of 4 or 8 bytes; nil for another type.
    public init?(_ numbers: [Double], as dtype: DType) {
        guard dtype.kind == .float, dtype.itemSize == 4 || dtype.itemSize == 8 else { return nil }
        var bytes: [UInt8] = []
        for number in numbers {
            let bits = dtype.itemSize == 8 ? number.bitPattern : UInt64(Float(number).bitPattern)
            let digits = (0..<dtype.itemSize).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt64($0))) }
            bytes += dtype.isBigEndian ? digits.reversed() : digits
        }
        self.init(dtype, [numbers.count], bytes)
    }

    /// An array of one dimension of strings, padded with zeros; nil unless `dtype` is of unicode long enough.
    public init?(_ strings: [String], as dtype: DType) {
        guard dtype.kind == .unicode else { return nil }
        var bytes: [UInt8] = []
        for string in strings {
            let units = string.unicodeScalars.map(\.value)
            guard 4 * units.count <= dtype.itemSize else { return nil }
            for unit in units {
                let digits = (0..<4).map { UInt8(truncatingIfNeeded: unit >> (8 * UInt32($0))) }
                bytes += dtype.isBigEndian ? digits.reversed() : digits
            }
            bytes += [UInt8](repeating: 0, count: dtype.itemSize - 4 * units.count)
        }
        self.init(dtype, [strings.count], bytes)
    }

    private init(_ dtype: DType, _ shape: [Int], _ bytes: [UInt8]) {
        precondition(
            shape.reduce(1, *) * dtype.itemSize == bytes.count, "an array's shape must be that of its elements")
        self.dtype = dtype
        self.shape = shape
        isFortranOrder = false
        self.bytes = bytes[...]
    }
}
