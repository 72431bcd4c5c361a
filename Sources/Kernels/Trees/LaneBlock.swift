/// Up to eight rows as keys, column by column: the layout that the walks read.
///
/// The key of column `c` in row `r` lies at `c * lanes + r`, so that one index of a column serves all rows.
enum LaneBlock {
    /// How many walks go on at once, so that the loads of one hide the latency of another.
    static let lanes = 8

    /// Writes the keys of `rowCount` rows (1 to 8) to `block`, and says whether any is missing.
    ///
    /// Lanes without a row are left as they are: any key is good enough for a walk whose leaf nobody asks for.
    @inline(never)
    static func fill(
        _ block: inout MutableSpan<UInt32>,
        at start: Int,
        from rows: Span<Double>,
        firstRow: Int,
        rowCount: Int,
        featureCount: Int
    ) -> Bool {
        precondition(firstRow >= 0 && (firstRow + rowCount) * featureCount <= rows.count && rowCount <= lanes)
        precondition(start >= 0 && start + featureCount * lanes <= block.count)
        var largest: UInt32 = 0
        for lane in 0..<rowCount {
            let row = (firstRow &+ lane) &* featureCount
            for feature in 0..<featureCount {
                let key = OrderKey.of(unsafe rows[unchecked: row &+ feature])
                largest = max(largest, key)
                unsafe block[unchecked: start &+ feature &* lanes &+ lane] = key
            }
        }
        return largest == OrderKey.missing
    }
}
