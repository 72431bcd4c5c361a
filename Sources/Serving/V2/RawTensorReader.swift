/// Reads the raw tensors of a body one after the other: little-endian, row-major, without padding (binary tensor data
/// extension of the Open Inference Protocol).
package struct RawTensorReader: ~Escapable {
    private let bytes: Span<UInt8>
    private var position: Int

    /// A reader of the bytes from an offset on.
    @_lifetime(copy bytes)
    package init(_ bytes: Span<UInt8>, from offset: Int) {
        self.bytes = bytes
        position = offset
    }

    /// Reads the next tensor.
    ///
    /// - Parameter byteCount: how many bytes the client says it has.
    /// - Throws: ``ServingError`` if there are not as many, or they are not what the shape and the datatype need.
    @_lifetime(self: copy self)
    package mutating func read(_ head: InferTensorHead, byteCount: Int) throws(ServingError) -> InferTensor {
        guard (0...bytes.count - position).contains(byteCount) else {
            throw .badInference(
                "input '\(head.name.quoted)' has a binary_data_size of \(byteCount), and \(bytes.count - position) "
                    + "bytes are left of the body")
        }
        let own = bytes.extracting(position..<position + byteCount)
        position += byteCount
        guard let size = head.datatype.elementSize else {
            try Self.checkStrings(own, of: head)
            return head.tensor(.bytes)
        }
        let needed = head.elementCount.multipliedReportingOverflow(by: size)
        guard !needed.overflow, needed.partialValue == byteCount else {
            throw .badInference(
                "input '\(head.name.quoted)' has \(byteCount) raw bytes, but shape \(head.shape) of "
                    + "\(head.datatype.rawValue) needs \(needed.overflow ? "more" : "\(needed.partialValue)")")
        }
        return head.tensor(.numbers(try Self.numbers(own, of: head)))
    }

    /// Checks that nothing is left.
    package func expectEnd() throws(ServingError) {
        guard position == bytes.count else {
            throw .badInference("\(bytes.count - position) bytes follow the last input of the body")
        }
    }

    /// Checks elements of `BYTES`: each begins with its length, four bytes.
    private static func checkStrings(_ bytes: Span<UInt8>, of head: InferTensorHead) throws(ServingError) {
        var offset = 0
        var count = 0
        while offset < bytes.count {
            guard bytes.count - offset >= 4 else {
                throw .badInference("input '\(head.name.quoted)': a length is cut off")
            }
            let length = Int(UInt32(truncatingIfNeeded: bytes.word(at: offset, size: 4)))
            offset += 4
            guard length <= bytes.count - offset else {
                throw .badInference(
                    "input '\(head.name.quoted)': element \(count) is longer than the bytes that are left")
            }
            offset += length
            count += 1
        }
        guard count == head.elementCount else {
            throw .badInference(
                "input '\(head.name.quoted)' has \(count) elements, but shape \(head.shape) has \(head.elementCount)")
        }
    }

    private static func numbers(_ bytes: Span<UInt8>, of head: InferTensorHead) throws(ServingError) -> [Double] {
        let count = head.elementCount
        switch head.datatype {
        case .bool:
            let numbers = elements(bytes, count, 1) { Double($0) }
            guard numbers.allSatisfy({ $0 <= 1 }) else {
                throw .badInference("input '\(head.name.quoted)' has bytes that are neither 0 nor 1, and is BOOL")
            }
            return numbers
        case .uint8: return elements(bytes, count, 1) { Double($0) }
        case .uint16: return elements(bytes, count, 2) { Double($0) }
        case .uint32: return elements(bytes, count, 4) { Double($0) }
        case .uint64: return elements(bytes, count, 8) { Double($0) }
        case .int8: return elements(bytes, count, 1) { Double(Int8(truncatingIfNeeded: $0)) }
        case .int16: return elements(bytes, count, 2) { Double(Int16(truncatingIfNeeded: $0)) }
        case .int32: return elements(bytes, count, 4) { Double(Int32(truncatingIfNeeded: $0)) }
        case .int64: return elements(bytes, count, 8) { Double(Int64(bitPattern: $0)) }
        case .fp16: return elements(bytes, count, 2) { half(UInt16(truncatingIfNeeded: $0)) }
        case .bf16:
            return elements(bytes, count, 2) { Double(Float(bitPattern: UInt32(truncatingIfNeeded: $0) << 16)) }
        case .fp32: return elements(bytes, count, 4) { Double(Float(bitPattern: UInt32(truncatingIfNeeded: $0))) }
        case .fp64: return elements(bytes, count, 8) { Double(bitPattern: $0) }
        case .bytes: preconditionFailure("elements of BYTES have no size")
        }
    }

    @inline(always)
    private static func elements(
        _ bytes: Span<UInt8>, _ count: Int, _ size: Int, _ convert: (UInt64) -> Double
    ) -> [Double] {
        var numbers: [Double] = []
        numbers.reserveCapacity(count)
        for index in 0..<count { numbers.append(convert(bytes.word(at: index * size, size: size))) }
        return numbers
    }

    /// The number that half a float stands for (IEEE 754 binary16); the type is not on every platform.
    static func half(_ bits: UInt16) -> Double {
        let sign: FloatingPointSign = bits >> 15 == 0 ? .plus : .minus
        let fraction = Double(bits & 0x3FF)
        switch Int(bits >> 10 & 0x1F) {
        case 0: return Double(signOf: sign == .plus ? 1 : -1, magnitudeOf: fraction * 0x1p-24)
        case 31: return fraction == 0 ? (sign == .plus ? .infinity : -.infinity) : .nan
        case let exponent: return Double(sign: sign, exponent: exponent - 15, significand: 1 + fraction * 0x1p-10)
        }
    }
}

extension Span<UInt8> {
    /// The little-endian word of some bytes at an offset.
    @inline(always)
    fileprivate func word(at offset: Int, size: Int) -> UInt64 {
        var word: UInt64 = 0
        for index in 0..<size { word |= UInt64(self[offset + index]) << UInt64(8 * index) }
        return word
    }
}
