import CCompression

/// LZ4 frames, by liblz4; frames that follow each other are one stream.
@safe
struct LZ4Decoder: StreamDecoder, ~Copyable {
    private let context: OpaquePointer?
    private(set) var position = 0

    init() {
        var context: OpaquePointer?
        let status = unsafe LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION))
        unsafe self.context = LZ4F_isError(status) == 0 ? context : nil
    }

    deinit { unsafe LZ4F_freeDecompressionContext(context) }

    mutating func decode(
        _ input: UnsafeBufferPointer<UInt8>,
        into output: UnsafeMutableBufferPointer<UInt8>
    ) throws(PickleError) -> (written: Int, hasEnded: Bool) {
        guard unsafe context != nil else { throw PickleError(.unsupported, "liblz4 cannot start", offset: 0) }
        var consumed = input.count - position
        var written = output.count
        let status = unsafe LZ4F_decompress(
            context,
            output.baseAddress,
            &written,
            input.baseAddress.map { unsafe $0 + position },
            &consumed,
            nil
        )
        position += consumed
        guard LZ4F_isError(status) == 0 else { throw .corrupt("lz4", at: position) }
        return (written, status == 0 && position == input.count)
    }
}
