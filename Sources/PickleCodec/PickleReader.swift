import Tensors

/// Reads pickle and joblib files into graphs of values.
///
/// Nothing in a file is executed: classes are names, calls are records. Every limit is one of ``PickleLimits``.
public enum PickleReader {
    /// Reads a pickle, or a joblib file of any compression.
    ///
    /// Bytes behind the pickle's end are ignored, as Python ignores them.
    ///
    /// - Throws: ``PickleError`` with the place where it was noticed.
    public static func read(
        _ bytes: [UInt8],
        limits: PickleLimits = PickleLimits()
    ) throws(PickleError) -> PickleGraph {
        guard bytes.count <= limits.maximumInputBytes else {
            throw PickleError(
                .limitExceeded,
                "\(bytes.count) bytes (maximumInputBytes is \(limits.maximumInputBytes))",
                offset: 0
            )
        }
        guard !bytes.isEmpty else { throw PickleError(.truncated, "the file is empty", offset: 0) }
        let compression = try PickleCompression(magicOf: bytes)
        let pickle =
            try compression == .none ? bytes : decompress(bytes, compression, limit: limits.maximumDecompressedBytes)
        var machine = PickleMachine(pickle, limits: limits)
        let root = try machine.run()
        guard nestingDepth(of: root, in: machine.values, maximum: limits.maximumNestingDepth) != nil else {
            throw PickleError(
                .limitExceeded,
                "values nest more than \(limits.maximumNestingDepth) deep (maximumNestingDepth)",
                offset: machine.cursor.position
            )
        }
        return PickleGraph(
            values: machine.values,
            root: root,
            protocolVersion: machine.protocolVersion,
            compression: compression
        )
    }

    /// Reads a file.
    ///
    /// The whole file is read before anything is decoded, so a file that is replaced meanwhile cannot mix.
    ///
    /// - Throws: ``PickleError``; ``PickleError/Code/unreadable`` if the system does not let the file be read.
    public static func read(
        path: String,
        limits: PickleLimits = PickleLimits()
    ) throws(PickleError) -> PickleGraph {
        try read(try readFile(path, limit: limits.maximumInputBytes), limits: limits)
    }
}
