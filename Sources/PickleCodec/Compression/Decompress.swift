/// A stream decoder of a system library, fed all input at once and asked for output piece by piece.
protocol StreamDecoder: ~Copyable {
    /// How many bytes of the input are behind it.
    var position: Int { get }

    /// Decodes into `output` from where it stopped.
    ///
    /// - Returns: how many bytes it wrote, and whether the stream has ended.
    mutating func decode(
        _ input: UnsafeBufferPointer<UInt8>,
        into output: UnsafeMutableBufferPointer<UInt8>
    ) throws(PickleError) -> (written: Int, hasEnded: Bool)
}

/// The decompressed bytes of a file, at most `limit` of them.
func decompress(
    _ bytes: [UInt8],
    _ compression: PickleCompression,
    limit: Int
) throws(PickleError) -> [UInt8] {
    switch compression {
    case .none: return bytes
    case .zlib, .gzip: return try collect(ZlibDecoder(), bytes, limit)
    case .bz2: return try collect(Bzip2Decoder(), bytes, limit)
    case .lzma, .xz: return try collect(LZMADecoder(), bytes, limit)
    case .lz4: return try collect(LZ4Decoder(), bytes, limit)
    }
}

/// Lets a decoder write to a buffer that doubles, up to the limit.
private func collect<Decoder: StreamDecoder & ~Copyable>(
    _ decoder: consuming Decoder,
    _ bytes: [UInt8],
    _ limit: Int
) throws(PickleError) -> [UInt8] {
    // One byte more than the limit, to see that there is more.
    let room = limit == .max ? limit : limit + 1
    var output = [UInt8](repeating: 0, count: min(max(4 * bytes.count, 1 << 16), room))
    var count = 0
    while true {
        let position = decoder.position
        let (written, hasEnded) = try step(&decoder, bytes, &output, from: count)
        count += written
        guard count <= limit else {
            throw PickleError(
                .limitExceeded,
                "more than \(limit) bytes when decompressed (maximumDecompressedBytes)",
                offset: 0
            )
        }
        if hasEnded {
            output.removeSubrange(count...)
            return output
        }
        if count == output.count {
            output.append(contentsOf: repeatElement(0, count: min(output.count, room - output.count)))
        } else if written == 0, decoder.position == position {
            throw PickleError(.truncated, "the compressed data end too early", offset: bytes.count)
        }
    }
}

private func step<Decoder: StreamDecoder & ~Copyable>(
    _ decoder: inout Decoder,
    _ bytes: [UInt8],
    _ output: inout [UInt8],
    from start: Int
) throws(PickleError) -> (written: Int, hasEnded: Bool) {
    var outcome: Result<(written: Int, hasEnded: Bool), PickleError> = .success((0, false))
    unsafe bytes.withUnsafeBufferPointer { input in
        unsafe output.withUnsafeMutableBufferPointer { buffer in
            let rest = unsafe UnsafeMutableBufferPointer(rebasing: buffer[start...])
            do throws(PickleError) {
                outcome = .success(unsafe try decoder.decode(input, into: rest))
            } catch {
                outcome = .failure(error)
            }
        }
    }
    return try outcome.get()
}

extension PickleError {
    /// The compressed data contradict themselves.
    static func corrupt(_ format: String, at offset: Int) -> PickleError {
        PickleError(.malformed, "the \(format) data are corrupt", offset: offset)
    }
}
