/// How much a pickle may ask for; everything beyond is refused with ``PickleError/Code/limitExceeded``.
public struct PickleLimits: Hashable, Sendable {
    /// Bytes of the file as it is stored.
    public var maximumInputBytes = 4 << 30
    /// Bytes after decompression.
    public var maximumDecompressedBytes = 8 << 30
    /// How deeply containers and objects may nest.
    public var maximumNestingDepth = 1_000
    /// Values the pickle may make, counted with the items of its containers.
    public var maximumElements = 100_000_000
    /// Entries of the memo.
    public var maximumMemoEntries = 50_000_000
    /// Bytes of one array.
    public var maximumArrayBytes = 4 << 30

    /// The defaults.
    public init() {}
}
