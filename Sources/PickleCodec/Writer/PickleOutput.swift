import BigInt

/// The bytes of a pickle, written from front to back.
struct PickleOutput {
    private(set) var bytes: [UInt8] = []

    mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

    mutating func append(_ opcode: Opcode) { bytes.append(opcode.rawValue) }

    mutating func append(byte: UInt8) { bytes.append(byte) }

    mutating func append(raw: some Collection<UInt8>) { bytes.append(contentsOf: raw) }

    /// An unsigned number of `width` bytes, least significant byte first.
    mutating func append(_ number: Int, width: Int) {
        for position in 0..<width { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * position))) }
    }

    // MARK: - Atoms

    mutating func append(bool flag: Bool) { append(flag ? .newTrue : .newFalse) }

    mutating func append(integer number: Int) {
        switch number {
        case 0...0xFF:
            append(.binInt1)
            append(number, width: 1)
        case 0x100...0xFFFF:
            append(.binInt2)
            append(number, width: 2)
        case Int(Int32.min)...Int(Int32.max):
            append(.binInt)
            append(number, width: 4)
        default: append(words: [UInt(bitPattern: number)])
        }
    }

    mutating func append(integer number: BigInt) { append(words: number.words) }

    /// A two's complement integer, least significant word first, without the bytes that only repeat its sign.
    private mutating func append(words: some Collection<UInt>) {
        var digits = words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt($0))) } }
        while digits.count > 1, let last = digits.last, last == (digits[digits.count - 2] >= 0x80 ? 0xFF : 0) {
            digits.removeLast()
        }
        append(length: digits.count, .long1, .long4)
        append(raw: digits)
    }

    mutating func append(float number: Double) {
        append(.binFloat)
        append(Int(bitPattern: UInt(number.bitPattern.byteSwapped)), width: 8)
    }

    mutating func append(string text: String) {
        append(length: text.utf8.count, .shortBinUnicode, .binUnicode, .binUnicode8)
        append(raw: text.utf8)
    }

    mutating func append(bytes data: ArraySlice<UInt8>) {
        append(length: data.count, .shortBinBytes, .binBytes, .binBytes8)
        append(raw: data)
    }

    /// An instruction with its length, of the first form that can hold it.
    private mutating func append(length: Int, _ short: Opcode, _ medium: Opcode, _ long: Opcode? = nil) {
        if length <= 0xFF {
            append(short)
            append(length, width: 1)
        } else if length <= 0xFFFF_FFFF {
            append(medium)
            append(length, width: 4)
        } else if let long {
            append(long)
            append(length, width: 8)
        }
    }

    /// A value remembered before.
    mutating func append(memo number: Int) {
        append(length: number, .binGet, .longBinGet)
    }
}
