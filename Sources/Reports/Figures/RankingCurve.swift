/// How well scores put anomalies before normal rows, over all thresholds.
package struct RankingCurve: Hashable, Sendable, FigureContent {
    /// What is plotted over what.
    package enum Kind: String, Hashable, Sendable {
        /// The true positive rate over the false positive rate.
        case roc
        /// Precision over recall.
        case precisionRecall
    }

    /// The curve of a model.
    package struct Curve: Hashable, Sendable {
        /// A place on the curve, both from 0 to 1.
        package struct Point: Hashable, Sendable {
            /// The false positive rate, or the recall.
            package var x: Double
            /// The true positive rate, or the precision.
            package var y: Double

            /// A place on the curve.
            package init(x: Double, y: Double) {
                self.x = x
                self.y = y
            }
        }

        /// Whose scores they are.
        package var name: String
        /// The curve, from threshold to threshold.
        package var points: [Point]
        /// The area below it.
        package var area: Double

        /// A curve.
        package init(name: String, points: [Point], area: Double) {
            self.name = name
            self.points = points
            self.area = area
        }
    }

    /// What is plotted over what.
    package var kind: Kind
    /// The new model's curve, then the champion's and others.
    package var curves: [Curve]
    /// The part of rows that are anomalies, which is the precision of guessing; nil if it is not known.
    package var baseRate: Double?

    /// Curves of one kind.
    package init(_ kind: Kind, curves: [Curve], baseRate: Double? = nil) {
        self.kind = kind
        self.curves = curves
        self.baseRate = baseRate
    }

    var title: String { kind == .roc ? "ROC curve" : "Precision and recall" }
    var isWide: Bool { false }

    private var shown: [(curve: Curve, role: Plot.Role)] {
        let roles: [Plot.Role] = [.candidate, .champion, .naive, .otherNaive]
        return zip(curves, roles).map { ($0, $1) }
    }

    var caption: String {
        let areas = shown.map { "\($0.curve.name) \(NumberText.fixed($0.curve.area, decimals: 3))" }
        return "Area below the curve: \(areas.joined(separator: ", ")). Dashed: what guessing reaches."
    }

    var legend: [LegendEntry] { shown.map { LegendEntry(shape: .line, role: $0.role, name: $0.curve.name) } }

    var plots: [Plot] {
        var marks: [Plot.Mark] = []
        switch kind {
        case .roc: marks.append(.line([Plot.Point(x: 0, y: 0), Plot.Point(x: 1, y: 1)], .limit))
        case .precisionRecall: if let baseRate { marks.append(.horizontal(baseRate, .limit)) }
        }
        for (curve, role) in shown.reversed() {
            marks.append(.line(Self.thinned(curve.points).map { Plot.Point(x: $0.x, y: $0.y) }, role))
        }
        let titles = kind == .roc ? ("false positive rate", "true positive rate") : ("recall", "precision")
        return [
            Plot(
                title: title, summary: caption, x: Axis(titles.0, around: 0...1, count: 6),
                y: Axis(titles.1, around: 0...1, count: 6), height: 220, marks: marks)
        ]
    }

    /// The points of a curve, or evenly taken ones of many, the first and the last included.
    static func thinned(_ points: [Curve.Point], to count: Int = ReportLimits.maximumSeriesBuckets) -> [Curve.Point] {
        guard points.count > count else { return points }
        return (0..<count).map { points[$0 * (points.count - 1) / (count - 1)] }
    }

    var table: DataTable {
        let names = kind == .roc ? ("false positive rate", "true positive rate") : ("recall", "precision")
        let rows = shown.flatMap { curve, _ in
            Self.thinned(curve.points, to: 24).map { point in
                [curve.name, NumberText.fixed(point.x, decimals: 3), NumberText.fixed(point.y, decimals: 3)]
            }
        }
        return DataTable([.text("model"), .number(names.0), .number(names.1)], rows: rows)
    }
}
