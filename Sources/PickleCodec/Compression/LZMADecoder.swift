import CCompression

/// The `.xz` and `.lzma` formats, by liblzma; `.xz` streams that follow each other are one.
@safe
struct LZMADecoder: StreamDecoder, ~Copyable {
    /// Bytes the decoder may use for its dictionary; the highest preset of xz asks for half of it.
    private static let maximumMemory: UInt64 = 128 << 20

    /// `LZMA_CONCATENATED`, a macro that is not imported: go on with the stream that follows.
    private static let concatenated: UInt32 = 0x08

    private let stream: UnsafeMutablePointer<lzma_stream>
    private(set) var position = 0
    private let isReady: Bool

    init() {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: lzma_stream())
        isReady = unsafe lzma_auto_decoder(stream, Self.maximumMemory, Self.concatenated) == LZMA_OK
    }

    deinit {
        unsafe lzma_end(stream)
        unsafe stream.deallocate()
    }

    mutating func decode(
        _ input: UnsafeBufferPointer<UInt8>,
        into output: UnsafeMutableBufferPointer<UInt8>
    ) throws(PickleError) -> (written: Int, hasEnded: Bool) {
        guard isReady else { throw PickleError(.unsupported, "liblzma cannot start", offset: 0) }
        unsafe stream.pointee.next_in = input.baseAddress.map { unsafe $0 + position }
        unsafe stream.pointee.avail_in = input.count - position
        unsafe stream.pointee.next_out = output.baseAddress
        unsafe stream.pointee.avail_out = output.count
        let status = unsafe lzma_code(stream, LZMA_FINISH)
        position = unsafe input.count - stream.pointee.avail_in
        let written = unsafe output.count - stream.pointee.avail_out
        switch status {
        case LZMA_STREAM_END: return (written, true)
        case LZMA_OK, LZMA_BUF_ERROR: return (written, false)
        case LZMA_MEMLIMIT_ERROR:
            throw PickleError(
                .limitExceeded,
                "the lzma dictionary is larger than \(Self.maximumMemory) bytes",
                offset: position
            )
        default: throw .corrupt("lzma", at: position)
        }
    }
}
