/// Something that can be seen of a training run.
package enum Figure: Hashable, Sendable {
    /// How the scores of normal and anomalous rows are spread.
    case scoreDistribution(ScoreDistribution)
    /// When the model saw anomalies.
    case anomalyTimeline(AnomalyTimeline)
    /// What was forecast, and what came.
    case forecast(ForecastComparison)
    /// How well scores rank: ROC, or precision over recall.
    case rankingCurve(RankingCurve)
    /// Which features matter.
    case importances(FeatureImportances)
    /// Where the source had samples.
    case coverage(DataCoverage)

    /// What all figures have.
    var content: any FigureContent {
        switch self {
        case .scoreDistribution(let figure): figure
        case .anomalyTimeline(let figure): figure
        case .forecast(let figure): figure
        case .rankingCurve(let figure): figure
        case .importances(let figure): figure
        case .coverage(let figure): figure
        }
    }
}

/// What all figures have.
protocol FigureContent {
    /// What the figure shows, in a few words.
    var title: String { get }
    /// What is to be seen, in a sentence or two.
    var caption: String { get }
    /// Whether the figure is worth the whole width of a page.
    var isWide: Bool { get }
    /// What the colours stand for; empty if there is only one.
    var legend: [LegendEntry] { get }
    /// Plots above one another.
    var plots: [Plot] { get }
    /// The figures behind the figure.
    var table: DataTable { get }
}

extension FigureContent {
    var isWide: Bool { true }
    var legend: [LegendEntry] { [] }
    var plots: [Plot] { [] }
}

/// What a colour stands for.
struct LegendEntry: Hashable {
    /// How it is drawn.
    enum Shape: String, Hashable {
        case line, dot, area
    }

    let shape: Shape
    let role: Plot.Role
    let name: String
}
