/// The bins that a feature's values are divided into, in ascending order.
///
/// Source: Chen and Guestrin, "XGBoost: a scalable tree boosting system", KDD 2016, section 3.2 (quantiles of the
/// rows); Ke et al., "LightGBM: a highly efficient gradient boosting decision tree", NeurIPS 2017 (histograms of bins).
package struct FeatureBins: Hashable, Sendable {
    /// The most bins of a feature: what a byte numbers, but for one.
    package static let maximumCount = 255

    /// Per bin, its smallest value.
    package private(set) var lowest: [Float] = []
    /// Per bin, its largest value, which is further below the next bin than ``featureThreshold``.
    package private(set) var highest: [Float] = []

    /// The number of bins.
    package var count: Int { lowest.count }

    /// Up to which value rows of a bin and those before it go left, if those of another bin are the next ones: halfway
    /// between both, as between the values of single rows.
    @inline(__always)
    func threshold(_ bin: Int, _ next: Int) -> Double { Double(highest[bin]) / 2 + Double(lowest[next]) / 2 }

    /// Divides values, so that as many as possible of the bins are about equally full.
    ///
    /// - Parameter column: of each row its value, none of them NaN.
    /// - Returns: the bins; and of each row the number of its bin.
    package static func dividing(_ column: Span<Float>) -> (bins: FeatureBins, codes: [UInt8]) {
        let rows = ascendingRows(column)
        var groupsLeft = 1 + zip(rows, rows.dropFirst()).count { isApart(column[Int($0)], column[Int($1)]) }
        var bins = FeatureBins()
        var codes = [UInt8](repeating: 0, count: column.count)
        var binStart = 0
        for (place, row) in rows.enumerated() {
            let value = column[Int(row)]
            if place == 0 || isApart(column[Int(rows[place - 1])], value) {
                let binsLeft = maximumCount - bins.count
                // What is left is shared among the bins that are left: a frequent value fills more than its share.
                let isFull = (place - binStart) * (binsLeft + 1) >= rows.count - binStart
                if place == 0 || groupsLeft <= binsLeft || (isFull && binsLeft > 0) {
                    bins.lowest.append(value)
                    bins.highest.append(value)
                    binStart = place
                }
                groupsLeft -= 1
            }
            bins.highest[bins.count - 1] = value
            codes[Int(row)] = UInt8(bins.count - 1)
        }
        return (bins, codes)
    }

    /// Whether two values next to each other do not count as one.
    private static func isApart(_ value: Float, _ next: Float) -> Bool { next > value + featureThreshold }
}
