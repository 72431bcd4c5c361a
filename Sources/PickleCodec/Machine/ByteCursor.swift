/// Reads bytes from front to back, and never beyond the end.
struct ByteCursor {
    /// All bytes; slices of them are handed out without copying.
    let bytes: [UInt8]
    /// The next byte's index.
    private(set) var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// How many bytes are left.
    var remaining: Int { bytes.count - position }

    /// The next byte.
    mutating func byte() throws(PickleError) -> UInt8 {
        guard position < bytes.count else { throw truncated(1) }
        defer { position += 1 }
        return bytes[position]
    }

    /// An unsigned little-endian integer of up to eight bytes.
    mutating func littleEndian(_ count: Int) throws(PickleError) -> UInt64 {
        guard count <= remaining else { throw truncated(count) }
        var value: UInt64 = 0
        for offset in 0..<count { value |= UInt64(bytes[position + offset]) << (8 * offset) }
        position += count
        return value
    }

    /// A big-endian `Double`.
    mutating func bigEndianDouble() throws(PickleError) -> Double {
        Double(bitPattern: try littleEndian(8).byteSwapped)
    }

    /// A length of `width` bytes: at most what is left, so that nothing larger than the file is ever made room for.
    mutating func length(_ width: Int, of what: String) throws(PickleError) -> Int {
        let length = try littleEndian(width)
        guard length <= UInt64(remaining) else {
            throw PickleError(
                .truncated,
                "a \(what) of \(length) bytes begins where \(remaining) bytes are left",
                offset: position
            )
        }
        return Int(length)
    }

    /// The next `count` bytes.
    mutating func slice(_ count: Int) throws(PickleError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= remaining else { throw truncated(count) }
        defer { position += count }
        return bytes[position..<position + count]
    }

    /// The bytes up to the next line feed, which is read too.
    mutating func line() throws(PickleError) -> ArraySlice<UInt8> {
        guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else { throw truncated(1) }
        defer { position = end + 1 }
        return bytes[position..<end]
    }

    private func truncated(_ count: Int) -> PickleError {
        PickleError(.truncated, "the pickle ends where \(count) more bytes were to come", offset: position)
    }
}
