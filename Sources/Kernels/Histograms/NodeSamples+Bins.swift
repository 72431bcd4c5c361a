extension NodeSamples {
    /// Moves the rows of a node that are in a feature's bins up to one before the others.
    ///
    /// - Parameter fitRows: per row of the tree, its row in the fit.
    /// - Returns: how many rows go left.
    package func partition(
        _ range: Range<Int>, by rows: BinnedRows, _ feature: Int32, fitRows: Span<Int32>, upTo last: UInt8
    ) -> Int {
        precondition(range.lowerBound >= 0 && range.upperBound <= count && fitRows.count == count)
        let column = Int(feature) * rows.rowCount
        let codes = rows.columns.span.extracting(column..<column + rows.rowCount)
        var start = range.lowerBound
        var end = range.upperBound
        while start < end {
            if codes[Int(fitRows[row(start)])] <= last {
                start += 1
            } else {
                end -= 1
                unsafe samples.swapAt(unchecked: start, end)
            }
        }
        return end - range.lowerBound
    }
}
