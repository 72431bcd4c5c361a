/// The values of a pickle and how they refer to each other.
///
/// All values lie in one array and refer to each other by index: no recursion is needed to build, copy or free a graph,
/// however deeply its values nest.
public struct PickleGraph: Hashable, Sendable {
    /// Every value the pickle made, in the order it made them.
    public let values: [PickleValue]
    /// The value the pickle stands for.
    public let root: PickleReference
    /// The highest pickle protocol the stream declared (0 to 5).
    public let protocolVersion: Int
    /// How the file was compressed around the pickle.
    public let compression: PickleCompression

    /// A graph over values that refer to each other by index.
    public init(
        values: [PickleValue],
        root: PickleReference,
        protocolVersion: Int,
        compression: PickleCompression
    ) {
        self.values = values
        self.root = root
        self.protocolVersion = protocolVersion
        self.compression = compression
    }

    /// The value a reference stands for.
    public subscript(reference: PickleReference) -> PickleValue { values[reference.index] }

    /// The qualified name a reference stands for, if it is a class or function.
    public func name(of reference: PickleReference) -> PythonName? {
        if case .global(let name) = self[reference] { name } else { nil }
    }
}

/// Where a value lies in its ``PickleGraph``.
public struct PickleReference: Hashable, Sendable {
    /// The index in ``PickleGraph/values``.
    public var index: Int { Int(storedIndex) }

    private let storedIndex: UInt32

    /// A reference to the value at an index.
    public init(_ index: Int) { storedIndex = UInt32(index) }
}

/// How a joblib file is compressed.
public enum PickleCompression: String, CaseIterable, Sendable {
    /// Not compressed.
    case none
    /// zlib, joblib's default when asked to compress.
    case zlib
    /// gzip.
    case gzip
    /// bzip2.
    case bz2
    /// The legacy `.lzma` format.
    case lzma
    /// The `.xz` format.
    case xz
    /// LZ4 frames.
    case lz4
}
