/// How much of a CSV file is read.
package struct CSVLimits: Hashable, Sendable {
    /// The longest file, in bytes.
    package var maximumBytes = 256 << 20
    /// The most moments from a file's first time to its last.
    package var maximumMoments = 2_000_000

    /// The defaults.
    package init() {}
}
