/// Plots as SVG that fits the width of the page without a script: axes and texts are placed by percentages, so that
/// they keep their size, and the marks lie in a box of 1000 by 1000 that is stretched, with lines that are not.
extension Markup {
    /// Writes a plot.
    ///
    /// - Parameters:
    ///   - identifier: is unique on the page.
    ///   - labelCount: how many characters there are room for beside the vertical axis.
    mutating func plot(_ plot: Plot, identifier: String, labelCount: Int) {
        let below = plot.hasHorizontalLabels ? 36 : 6
        element(
            "div", .init("class", "frame"),
            .init("style", "padding:22px 12px \(below)px calc(\(labelCount)ch + 14px)")
        ) { frame in
            frame.element(
                "svg", .init("class", "plot"), .init("role", "img"),
                .init("aria-labelledby", "\(identifier)-t \(identifier)-d"), .init("height", "\(plot.height)")
            ) { svg in
                svg.element("title", .init("id", "\(identifier)-t"), text: plot.title)
                svg.element("desc", .init("id", "\(identifier)-d"), text: plot.summary)
                svg.grid(plot)
                svg.element(
                    "svg", .init("viewBox", "0 0 1000 1000"), .init("preserveAspectRatio", "none"),
                    .init("width", "100%"), .init("height", "100%"), .init("overflow", "visible")
                ) { marks in
                    for mark in plot.marks { marks.mark(mark, plot) }
                }
                svg.labels(plot)
            }
        }
    }

    private mutating func grid(_ plot: Plot) {
        for tick in plot.y.ticks {
            let height = Self.percent(1 - tick.position)
            shape(
                "line", .init("class", "grid"), .init("x1", "0"), .init("x2", "100%"), .init("y1", height),
                .init("y2", height))
        }
        for tick in plot.x.ticks {
            let place = Self.percent(tick.position)
            shape(
                "line", .init("class", "tick"), .init("x1", place), .init("x2", place), .init("y1", "0"),
                .init("y2", "100%"))
        }
    }

    private mutating func labels(_ plot: Plot) {
        for tick in plot.y.ticks {
            element(
                "text", .init("class", "y"), .init("x", "0"), .init("dx", "-8"), .init("dy", ".32em"),
                .init("y", Self.percent(1 - tick.position)), text: tick.label)
        }
        element(
            "text", .init("class", "title"), .init("x", "0"), .init("y", "0"), .init("dy", "-10"), text: plot.y.title)
        for case .vertical(let value, _, let label) in plot.marks {
            let position = plot.x.position(value)
            let isRight = position > 0.6
            element(
                "text", .init("class", isRight ? "note end" : "note"), .init("x", Self.percent(position)),
                .init("y", "0"), .init("dx", isRight ? "-6" : "6"), .init("dy", "12"), text: label)
        }
        guard plot.hasHorizontalLabels else { return }
        for (index, tick) in plot.x.ticks.enumerated() {
            // On a narrow page every second label is enough.
            element(
                "text", .init("class", index % 2 == 0 ? "x" : "x minor"), .init("x", Self.percent(tick.position)),
                .init("y", "100%"), .init("dy", "16"), text: tick.label)
        }
        element(
            "text", .init("class", "title end"), .init("x", "100%"), .init("y", "100%"), .init("dy", "32"),
            text: plot.x.title)
    }

    private mutating func mark(_ mark: Plot.Mark, _ plot: Plot) {
        switch mark {
        case .line(let points, let role):
            shape("path", .init("class", "line \(role.rawValue)"), .init("d", Self.path(points, plot)))
        case .points(let points, let role):
            let dots = points.filter { $0.x.isFinite && $0.y.isFinite }.map { "M\(Self.place($0, plot))h0" }
            shape("path", .init("class", "dots \(role.rawValue)"), .init("d", dots.joined()))
        case .boxes(let boxes, let role):
            for box in boxes { self.box(box, role, plot) }
        case .stretches(let stretches, let role):
            for stretch in stretches {
                let left = Self.horizontal(stretch.lowerBound, plot)
                let right = Self.horizontal(stretch.upperBound, plot)
                shape(
                    "rect", .init("class", "area \(role.rawValue)"), .init("x", Self.units(left)), .init("y", "0"),
                    .init("width", Self.units(max(right - left, 2))), .init("height", "1000"))
            }
        case .vertical(let value, let role, _):
            let place = Self.units(Self.horizontal(value, plot))
            shape("path", .init("class", "line \(role.rawValue)"), .init("d", "M\(place) 0V1000"))
        case .horizontal(let value, let role):
            let place = Self.units(Self.vertical(value, plot))
            shape("path", .init("class", "line \(role.rawValue)"), .init("d", "M0 \(place)H1000"))
        }
    }

    private mutating func box(_ box: Plot.Box, _ role: Plot.Role, _ plot: Plot) {
        let left = Self.horizontal(box.x.lowerBound, plot)
        let top = Self.vertical(box.y.upperBound, plot)
        let width = Self.horizontal(box.x.upperBound, plot) - left
        // A single row among thousands is still seen.
        let height = max(Self.vertical(box.y.lowerBound, plot) - top, Self.smallestHeight)
        element(
            "rect", .init("class", "area \(role.rawValue)"), .init("x", Self.units(left + min(1, width / 8))),
            .init("y", Self.units(Self.vertical(box.y.lowerBound, plot) - height)),
            .init("width", Self.units(width - min(2, width / 4))),
            .init("height", Self.units(height))
        ) { $0.element("title", text: box.note) }
    }

    // MARK: - Places

    /// The least height of a box, in thousandths of the plot's.
    private static let smallestHeight = 6.0

    private static func path(_ points: [Plot.Point], _ plot: Plot) -> String {
        var path = ""
        var isDown = false
        for point in points {
            guard point.x.isFinite, point.y.isFinite else {
                isDown = false
                continue
            }
            path += (isDown ? "L" : "M") + place(point, plot)
            isDown = true
        }
        return path
    }

    private static func place(_ point: Plot.Point, _ plot: Plot) -> String {
        "\(units(horizontal(point.x, plot))) \(units(vertical(point.y, plot)))"
    }

    private static func horizontal(_ value: Double, _ plot: Plot) -> Double { clamped(plot.x.position(value)) * 1000 }

    private static func vertical(_ value: Double, _ plot: Plot) -> Double {
        1000 - clamped(plot.y.position(value)) * 1000
    }

    /// What is far outside is drawn a little outside.
    private static func clamped(_ position: Double) -> Double { position.isNaN ? 0 : min(max(position, -0.1), 1.1) }

    /// A length in the box of 1000 by 1000, to a tenth.
    private static func units(_ value: Double) -> String { NumberText.plain(value, decimals: 1) }

    /// A place from 0 to 1 as a percentage, to a hundredth.
    static func percent(_ position: Double) -> String {
        NumberText.plain(clamped(position) * 100, decimals: 2) + "%"
    }
}
