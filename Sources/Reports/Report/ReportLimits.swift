/// How much of a run a report tells.
package enum ReportLimits {
    /// The longest text, in characters.
    package static let maximumTextCharacters = 1_000
    /// The most entries of a list or rows of a table.
    package static let maximumListedItems = 100
    /// The buckets of a series' time, of each of which the first, last, lowest and highest value are drawn.
    package static let maximumSeriesBuckets = 400
    /// The buckets of each of several series: together they have no more than three.
    static func buckets(seriesCount: Int) -> Int {
        seriesCount > 3 ? 3 * maximumSeriesBuckets / min(seriesCount, maximumSeries) : maximumSeriesBuckets
    }
    /// The most series of a figure.
    package static let maximumSeries = 8
    /// The most bars of feature importances.
    package static let maximumImportances = 30
    /// The most figures.
    package static let maximumFigures = 16
}
