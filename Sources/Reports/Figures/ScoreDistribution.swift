/// How the scores of normal and anomalous rows are spread, and where the model draws the line.
package struct ScoreDistribution: Hashable, Sendable, FigureContent {
    /// What the scores are, e.g. `score_samples`.
    package var scoreName: String
    /// The scores of rows that are normal.
    package var normal: [Double]
    /// The scores of rows that are anomalies.
    package var anomalous: [Double]
    /// What tells the two apart, e.g. `labels` or `the model's own predictions`.
    package var groundTruth: String
    /// The score below which the model takes a row for an anomaly; nil if it has none.
    package var threshold: Double?

    /// A distribution of scores.
    package init(
        scoreName: String, normal: [Double], anomalous: [Double], groundTruth: String, threshold: Double?
    ) {
        self.scoreName = scoreName
        self.normal = normal
        self.anomalous = anomalous
        self.groundTruth = groundTruth
        self.threshold = threshold
    }

    var title: String { "Score distribution" }
    var isWide: Bool { false }

    var caption: String {
        let counts =
            "\(NumberText.count(normal.count, "normal row", "normal rows")) and "
            + "\(NumberText.count(anomalous.count, "anomaly", "anomalies")) by \(groundTruth)."
        guard let threshold else { return counts }
        let below = [normal, anomalous].map { group in group.count { $0 < threshold } }
        return counts + " Below the threshold of \(NumberText.significant(threshold)): "
            + "\(NumberText.count(below[0])) normal, \(NumberText.count(below[1])) anomalous."
    }

    var legend: [LegendEntry] {
        [
            LegendEntry(shape: .area, role: .candidate, name: "normal"),
            LegendEntry(shape: .area, role: .anomaly, name: "anomalous"),
        ]
    }

    private var histogram: Histogram { Histogram([normal, anomalous]) }

    var plots: [Plot] {
        let histogram = histogram
        let edges = histogram.edges
        let limits = [threshold, edges.first, edges.last].compactMap { $0 }
        let boxes = zip(edges, edges.dropFirst()).enumerated().map { index, edge in
            let normal = Double(histogram.counts[0][index])
            let sum = normal + Double(histogram.counts[1][index])
            let (low, high) = (NumberText.significant(edge.0), NumberText.significant(edge.1))
            let note =
                "\(low) to \(high): \(histogram.counts[0][index]) normal, \(histogram.counts[1][index]) anomalous"
            return (0...normal, normal...sum, Plot.Box(x: edge.0...edge.1, y: 0...sum, note: note))
        }
        var marks: [Plot.Mark] = [
            .boxes(boxes.filter { $0.0.upperBound > 0 }.map { Plot.Box(x: $2.x, y: $0, note: $2.note) }, .candidate),
            .boxes(
                boxes.filter { $0.1.upperBound > $0.1.lowerBound }.map { Plot.Box(x: $2.x, y: $1, note: $2.note) },
                .anomaly),
        ]
        if let threshold, threshold.isFinite { marks.append(.vertical(threshold, .limit, label: "threshold")) }
        return [
            Plot(
                title: title, summary: caption, x: Axis(scoreName, around: PlotRange.around(limits), count: 6),
                y: Axis("rows", around: 0...Double(max(1, histogram.highest)), count: 4), height: 220, marks: marks)
        ]
    }

    var table: DataTable {
        let histogram = histogram
        let edges = zip(histogram.edges, histogram.edges.dropFirst())
        return DataTable(
            [.number("from"), .number("to"), .number("normal"), .number("anomalous")],
            rows: edges.enumerated().map { index, edge in
                [NumberText.significant(edge.0), NumberText.significant(edge.1)]
                    + histogram.counts.map { NumberText.count($0[index]) }
            })
    }
}
