/// A plot: two axes and what is drawn between them, from back to front. How it is drawn is another's concern.
struct Plot: Hashable {
    /// What a colour means, the same in every plot.
    enum Role: String, Hashable {
        /// What was measured.
        case actual
        /// The new model, and what it takes for normal.
        case candidate
        /// Anomalies.
        case anomaly
        /// The model that has served so far.
        case champion
        /// What a model has to beat; several of them differ by their dashes.
        case naive
        case otherNaive
        /// Limits and help lines.
        case limit
        /// Faults that are known.
        case fault
    }

    /// A place in the units of the axes.
    struct Point: Hashable {
        let x: Double
        let y: Double
    }

    /// A rectangle in the units of the axes.
    struct Box: Hashable {
        let x: ClosedRange<Double>
        let y: ClosedRange<Double>
        /// What it says when it is pointed at.
        let note: String
    }

    /// Something that is drawn.
    enum Mark: Hashable {
        /// A line through points; where a point is not finite, it is interrupted.
        case line([Point], Role)
        case points([Point], Role)
        case boxes([Box], Role)
        /// Stretches of the horizontal axis, over the whole height.
        case stretches([ClosedRange<Double>], Role)
        /// A line across the plot at a value of the horizontal axis, and what it is.
        case vertical(Double, Role, label: String)
        /// A line along the plot at a value of the vertical axis.
        case horizontal(Double, Role)
    }

    /// The name of the plot.
    var title: String
    /// What is to be seen, for those who do not see it.
    var summary: String
    var x: Axis
    var y: Axis
    /// The height, in CSS pixels; the width is that of the page.
    var height: Int
    /// Whether the horizontal axis is written out: strips above one another share the lowest one's.
    var hasHorizontalLabels = true
    var marks: [Mark]
}
