import CCompression

extension ContentCoding {
    /// The bytes in this coding, as fast as zlib makes them.
    public func encoded(_ bytes: [UInt8]) -> [UInt8] {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        defer { unsafe stream.deallocate() }
        let status = unsafe deflateInit2_(
            stream, Z_BEST_SPEED, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib cannot start")
        defer { unsafe deflateEnd(stream) }
        precondition(bytes.count < Int(UInt32.max), "zlib counts bytes in 32 bits")
        var output = [UInt8](repeating: 0, count: Int(unsafe deflateBound(stream, UInt(bytes.count))))
        let count = unsafe bytes.withUnsafeBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { output in
                unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                unsafe stream.pointee.avail_in = UInt32(input.count)
                unsafe stream.pointee.next_out = output.baseAddress
                unsafe stream.pointee.avail_out = UInt32(output.count)
                // The room is what `deflateBound` asks for, so one call is enough.
                let status = unsafe CCompression.deflate(stream, Z_FINISH)
                precondition(status == Z_STREAM_END, "deflateBound was too small")
                return unsafe output.count - Int(stream.pointee.avail_out)
            }
        }
        output.removeLast(output.count - count)
        return output
    }

    /// What bytes in this coding stand for.
    ///
    /// - Parameter limit: how many bytes that may be; no more than about twice as many are ever held.
    /// - Throws: ``Failure``.
    public func decoded(_ bytes: [UInt8], upTo limit: Int) throws(Failure) -> [UInt8] {
        // zlib counts bytes in 32 bits.
        guard bytes.count < Int(UInt32.max) else { throw .tooLong }
        let limit = min(limit, Int(UInt32.max) - 1)
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        defer { unsafe stream.deallocate() }
        let status = unsafe inflateInit2_(stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib cannot start")
        defer { unsafe inflateEnd(stream) }
        // One byte more than allowed, to see that there is more.
        var output = [UInt8](repeating: 0, count: min(limit, max(4 * bytes.count, 4_096)) + 1)
        var read = 0
        var written = 0
        while true {
            let status = unsafe Self.inflateStep(stream, bytes, &read, &output, &written)
            guard written <= limit else { throw .tooLong }
            switch status {
            case Z_STREAM_END where read == bytes.count:
                output.removeLast(output.count - written)
                return output
            // Members of gzip follow each other (RFC 1952, section 2.2).
            case Z_STREAM_END where self == .gzip: unsafe inflateReset(stream)
            case Z_OK where written == output.count:
                output.append(contentsOf: repeatElement(0, count: min(limit + 1 - written, written)))
            case Z_OK where read < bytes.count: continue
            default: throw .corrupt
            }
        }
    }

    /// Has zlib go on from where it is, and moves both positions.
    private static func inflateStep(
        _ stream: UnsafeMutablePointer<z_stream>, _ bytes: [UInt8], _ read: inout Int, _ output: inout [UInt8],
        _ written: inout Int
    ) -> Int32 {
        unsafe bytes.withUnsafeBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { output in
                unsafe stream.pointee.next_in = UnsafeMutablePointer(
                    mutating: input.baseAddress.map { unsafe $0 + read })
                unsafe stream.pointee.avail_in = UInt32(input.count - read)
                unsafe stream.pointee.next_out = output.baseAddress.map { unsafe $0 + written }
                unsafe stream.pointee.avail_out = UInt32(output.count - written)
                let status = unsafe inflate(stream, Z_NO_FLUSH)
                read = unsafe input.count - Int(stream.pointee.avail_in)
                written = unsafe output.count - Int(stream.pointee.avail_out)
                return status
            }
        }
    }
}
