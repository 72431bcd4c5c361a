/// How short gaps in series are closed before rows are computed.
public struct GapFilling: Hashable, Sendable {
    /// For how many steps a missing value is taken to be the last one before; longer gaps stay missing from there on.
    public let maximumSteps: Int

    /// Fills gaps of at most so many steps, by default 3: two scrapes may fail, and a value of a quarter of an hour
    /// ago still stands for now.
    public init(maximumSteps: Int = 3) {
        precondition(maximumSteps >= 0, "gaps are not shorter than nothing")
        self.maximumSteps = maximumSteps
    }

    /// The series with its short gaps filled, and how many values that were; infinities count as missing.
    ///
    /// Only earlier values are looked at, so a row holds nothing of what came after it.
    func fill(_ series: [Double]) -> (values: [Double], filledCount: Int) {
        var values = series
        var filledCount = 0
        var last = Double.nan
        var age = 0
        for index in values.indices {
            if values[index].isFinite {
                last = values[index]
                age = 0
                continue
            }
            age += 1
            values[index] = age <= maximumSteps ? last : .nan
            if values[index].isFinite { filledCount += 1 }
        }
        return (values, filledCount)
    }
}
