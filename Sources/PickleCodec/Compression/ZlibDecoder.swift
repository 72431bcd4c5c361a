import CCompression

/// zlib and gzip, by zlib; streams that follow each other are one, as joblib reads them.
@safe
struct ZlibDecoder: StreamDecoder, ~Copyable {
    // The library keeps the stream's address.
    private let stream: UnsafeMutablePointer<z_stream>
    private(set) var position = 0
    private let isReady: Bool

    init() {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // 15 window bits, and 32 to see from the header which of the two formats it is.
        isReady = unsafe inflateInit2_(stream, 15 + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    mutating func decode(
        _ input: UnsafeBufferPointer<UInt8>,
        into output: UnsafeMutableBufferPointer<UInt8>
    ) throws(PickleError) -> (written: Int, hasEnded: Bool) {
        guard isReady else { throw PickleError(.unsupported, "zlib cannot start", offset: 0) }
        let available = min(input.count - position, Int(UInt32.max))
        let room = min(output.count, Int(UInt32.max))
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { unsafe $0 + position })
        unsafe stream.pointee.avail_in = UInt32(available)
        unsafe stream.pointee.next_out = output.baseAddress
        unsafe stream.pointee.avail_out = UInt32(room)
        let status = unsafe inflate(stream, Z_NO_FLUSH)
        position += unsafe available - Int(stream.pointee.avail_in)
        let written = unsafe room - Int(stream.pointee.avail_out)
        switch status {
        case Z_STREAM_END:
            let continues = unsafe Self.isHeader(input[position...])
            if continues { unsafe inflateReset(stream) }
            return (written, !continues)
        case Z_OK, Z_BUF_ERROR: return (written, false)
        default: throw .corrupt("zlib", at: position)
        }
    }

    /// Whether another stream begins: gzip's magic number, or zlib's first two bytes (RFC 1950, section 2.2).
    private static func isHeader(_ rest: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let bytes = unsafe Array(rest.prefix(2))
        guard bytes.count == 2 else { return false }
        return bytes == [0x1F, 0x8B] || bytes[0] == 0x78 && (Int(bytes[0]) << 8 | Int(bytes[1])) % 31 == 0
    }
}
