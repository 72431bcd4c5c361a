extension NDArray {
    /// The elements as `Double`, in row-major order; nil unless they are booleans, integers or floats.
    public func doubles() -> [Double]? { numbers(dtype, offset: 0).map(rowMajor) }

    /// The elements as `Int`, in row-major order; nil unless they are booleans or integers that fit.
    public func integers() -> [Int]? { wholeNumbers(dtype, offset: 0).map(rowMajor) }

    /// The elements as `String`, in row-major order; nil unless they are unicode strings.
    ///
    /// The zeros that pad a string to its type's length are not part of it.
    public func strings() -> [String]? {
        guard dtype.kind == .unicode else { return nil }
        var strings: [String] = []
        strings.reserveCapacity(count)
        for index in 0..<count {
            guard let string = unicodeString(at: bytes.startIndex + index * dtype.itemSize) else { return nil }
            strings.append(string)
        }
        return rowMajor(strings)
    }

    /// One field of an array of records as `Double`, in row-major order; nil if there is no such numeric field.
    public func doubles(field name: String) -> [Double]? {
        dtype.field(name).flatMap { numbers($0.type, offset: $0.offset) }.map(rowMajor)
    }

    /// One field of an array of records as `Int`, in row-major order; nil if there is no such integer field.
    public func integers(field name: String) -> [Int]? {
        dtype.field(name).flatMap { wholeNumbers($0.type, offset: $0.offset) }.map(rowMajor)
    }

    /// One field of an array of records as `Int32`, in row-major order; nil if there is no such field, or its numbers
    /// are not integers that fit.
    public func int32s(field name: String) -> [Int32]? {
        dtype.field(name).flatMap { wholeNumbers($0.type, offset: $0.offset) }.map(rowMajor)
    }
}

extension DType {
    /// The record's field of a name.
    fileprivate func field(_ name: String) -> Field? { fields.first { $0.name == name } }
}

// MARK: - Conversion

extension NDArray {
    private func numbers(_ type: DType, offset: Int) -> [Double]? {
        switch (type.kind, type.itemSize) {
        case (.float, 8): convert(UInt64.self, type, offset) { Double(bitPattern: $0) }
        case (.float, 4): convert(UInt32.self, type, offset) { Double(Float(bitPattern: $0)) }
        case (.float, 2): convert(UInt16.self, type, offset) { Self.half($0) }
        case (.signedInteger, 1): convert(UInt8.self, type, offset) { Double(Int8(bitPattern: $0)) }
        case (.signedInteger, 2): convert(UInt16.self, type, offset) { Double(Int16(bitPattern: $0)) }
        case (.signedInteger, 4): convert(UInt32.self, type, offset) { Double(Int32(bitPattern: $0)) }
        case (.signedInteger, 8): convert(UInt64.self, type, offset) { Double(Int64(bitPattern: $0)) }
        case (.unsignedInteger, 1), (.bool, 1): convert(UInt8.self, type, offset) { Double($0) }
        case (.unsignedInteger, 2): convert(UInt16.self, type, offset) { Double($0) }
        case (.unsignedInteger, 4): convert(UInt32.self, type, offset) { Double($0) }
        case (.unsignedInteger, 8): convert(UInt64.self, type, offset) { Double($0) }
        default: nil
        }
    }

    /// The numbers as integers of some width; nil unless they are booleans or integers, and all of them fit.
    @inline(__always)
    private func wholeNumbers<Element: FixedWidthInteger>(_ type: DType, offset: Int) -> [Element]? {
        switch (type.kind, type.itemSize) {
        case (.signedInteger, 1): wholeNumbers(type, offset) { Int8(bitPattern: $0) }
        case (.signedInteger, 2): wholeNumbers(type, offset) { Int16(bitPattern: $0) }
        case (.signedInteger, 4): wholeNumbers(type, offset) { Int32(bitPattern: $0) }
        case (.signedInteger, 8): wholeNumbers(type, offset) { Int64(bitPattern: $0) }
        case (.unsignedInteger, 1), (.bool, 1): wholeNumbers(type, offset) { (number: UInt8) in number }
        case (.unsignedInteger, 2): wholeNumbers(type, offset) { (number: UInt16) in number }
        case (.unsignedInteger, 4): wholeNumbers(type, offset) { (number: UInt32) in number }
        case (.unsignedInteger, 8): wholeNumbers(type, offset) { (number: UInt64) in number }
        default: nil
        }
    }

    @inline(__always)
    private func wholeNumbers<
        Stored: FixedWidthInteger & BitwiseCopyable, Number: FixedWidthInteger, Element: FixedWidthInteger
    >(_ type: DType, _ offset: Int, _ number: (Stored) -> Number) -> [Element]? {
        var fits = true
        let numbers: [Element] = convert(Stored.self, type, offset) { bits in
            let wide = number(bits)
            let element = Element(truncatingIfNeeded: wide)
            // Compared as both types see it, the sign survives: -1 and UInt64.max are no equals.
            fits = fits && element == wide
            return element
        }
        return fits ? numbers : nil
    }

    /// Reads one number of each element and converts it, in stored order.
    ///
    /// The initialisers of ``NDArray`` and ``DType`` have proved that the number lies within the element, and that the
    /// elements lie within the bytes. Inlined into each case above, so that every width has a loop of its own.
    @inline(__always)
    private func convert<Stored: FixedWidthInteger & BitwiseCopyable, Element>(
        _ stored: Stored.Type,
        _ type: DType,
        _ offset: Int,
        _ element: (Stored) -> Element
    ) -> [Element] {
        let stride = dtype.itemSize
        let isBigEndian = type.isBigEndian
        let raw = unsafe bytes.span.bytes
        return unsafe [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            for index in 0..<count {
                let bits = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index &* stride &+ offset, as: Stored.self)
                unsafe buffer.initializeElement(
                    at: index,
                    to: element(isBigEndian ? Stored(bigEndian: bits) : Stored(littleEndian: bits))
                )
            }
            initialized = count
        }
    }

    /// An IEEE 754 half-precision number.
    private static func half(_ bits: UInt16) -> Double {
        let sign: Double = bits & 0x8000 == 0 ? 1 : -1
        let exponent = Int(bits >> 10 & 0x1F)
        let fraction = Double(bits & 0x3FF)
        switch exponent {
        case 0: return sign * fraction * 0x1p-24
        case 0x1F: return fraction == 0 ? sign * .infinity : .nan
        default: return sign * (1024 + fraction) * Double(sign: .plus, exponent: exponent - 25, significand: 1)
        }
    }

    /// A string of UTF-32 code units at some byte; nil if a unit is no character.
    private func unicodeString(at start: Int) -> String? {
        var scalars = String.UnicodeScalarView()
        var end = start + dtype.itemSize / 4 * 4
        while end > start, bytes[end - 4..<end].allSatisfy({ $0 == 0 }) { end -= 4 }
        for position in stride(from: start, to: end, by: 4) {
            let unit = bytes[position..<position + 4]
            let code = (dtype.isBigEndian ? Array(unit) : unit.reversed()).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            guard let scalar = Unicode.Scalar(code) else { return nil }
            scalars.append(scalar)
        }
        return String(scalars)
    }
}

// MARK: - Order

extension NDArray {
    /// Elements in stored order, reordered so that the last index changes fastest.
    private func rowMajor<Element>(_ stored: [Element]) -> [Element] {
        guard isFortranOrder, shape.count > 1 else { return stored }
        var index = [Int](repeating: 0, count: shape.count)
        return stored.indices.map { _ in
            var position = 0
            for axis in shape.indices.reversed() { position = position * shape[axis] + index[axis] }
            for axis in shape.indices.reversed() {
                index[axis] += 1
                if index[axis] < shape[axis] { break }
                index[axis] = 0
            }
            return stored[position]
        }
    }
}
