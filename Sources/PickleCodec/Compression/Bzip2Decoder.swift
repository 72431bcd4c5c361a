import CCompression

/// bzip2; streams that follow each other are one, as Python reads them.
@safe
struct Bzip2Decoder: StreamDecoder, ~Copyable {
    // The library keeps the stream's address.
    private let stream: UnsafeMutablePointer<bz_stream>
    private(set) var position = 0
    private var isReady: Bool

    init() {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: bz_stream())
        isReady = unsafe BZ2_bzDecompressInit(stream, 0, 0) == BZ_OK
    }

    deinit {
        unsafe BZ2_bzDecompressEnd(stream)
        unsafe stream.deallocate()
    }

    mutating func decode(
        _ input: UnsafeBufferPointer<UInt8>,
        into output: UnsafeMutableBufferPointer<UInt8>
    ) throws(PickleError) -> (written: Int, hasEnded: Bool) {
        guard isReady else { throw PickleError(.unsupported, "bzip2 cannot start", offset: 0) }
        let available = min(input.count - position, Int(UInt32.max))
        let room = min(output.count, Int(UInt32.max))
        let start = unsafe UnsafeRawPointer(input.baseAddress)?.assumingMemoryBound(to: CChar.self)
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: start.map { unsafe $0 + position })
        unsafe stream.pointee.avail_in = UInt32(available)
        unsafe stream.pointee.next_out = UnsafeMutableRawPointer(output.baseAddress)?.assumingMemoryBound(
            to: CChar.self
        )
        unsafe stream.pointee.avail_out = UInt32(room)
        let status = unsafe BZ2_bzDecompress(stream)
        position += unsafe available - Int(stream.pointee.avail_in)
        let written = unsafe room - Int(stream.pointee.avail_out)
        switch status {
        case BZ_STREAM_END:
            let continues = unsafe input[position...].starts(with: Array("BZh".utf8))
            if continues {
                unsafe BZ2_bzDecompressEnd(stream)
                unsafe stream.pointee = bz_stream()
                isReady = unsafe BZ2_bzDecompressInit(stream, 0, 0) == BZ_OK
            }
            return (written, !continues)
        case BZ_OK: return (written, false)
        default: throw .corrupt("bzip2", at: position)
        }
    }
}
