extension Markup {
    /// Writes a figure: its title, what its colours mean, the picture, what is to be seen, and the table behind it.
    mutating func figure(_ figure: Figure, identifier: String) {
        let content = figure.content
        element("figure", .init("class", content.isWide ? "wide" : ""), .init("aria-labelledby", "\(identifier)-h")) {
            markup in
            markup.element("h3", .init("id", "\(identifier)-h"), text: content.title)
            if !content.legend.isEmpty { markup.legend(content.legend) }
            switch figure {
            case .importances(let importances): markup.importances(importances)
            case .coverage(let coverage): markup.coverage(coverage)
            default:
                let plots = content.plots
                // Plots above one another share the place of their axis.
                let labelCount = plots.flatMap(\.y.ticks).map(\.label.count).max() ?? 0
                for (index, plot) in plots.enumerated() {
                    markup.plot(plot, identifier: "\(identifier)-\(index + 1)", labelCount: max(labelCount, 2))
                }
            }
            markup.element("figcaption", text: content.caption)
            let table = content.table
            if case .importances = figure { return }
            guard !table.rows.isEmpty else { return }
            markup.element("details") { details in
                details.element("summary", text: "Table")
                details.scrolled { $0.table(table, caption: content.title) }
            }
        }
    }

    private mutating func legend(_ entries: [LegendEntry]) {
        element("ul", .init("class", "legend")) { list in
            for entry in entries {
                list.element("li") { item in
                    item.element("svg", .init("class", "key"), .init("aria-hidden", "true")) { svg in
                        switch entry.shape {
                        case .line:
                            svg.shape("path", .init("class", "line \(entry.role.rawValue)"), .init("d", "M0 6H22"))
                        case .dot:
                            svg.shape("path", .init("class", "dots \(entry.role.rawValue)"), .init("d", "M11 6h0"))
                        case .area:
                            svg.shape(
                                "rect", .init("class", "area \(entry.role.rawValue)"), .init("x", "5"),
                                .init("width", "12"), .init("height", "12"))
                        }
                    }
                    item.write(entry.name)
                }
            }
        }
    }

    private mutating func importances(_ figure: FeatureImportances) {
        let ranked = figure.ranked
        let longest = max(ranked.map { abs($0.value) }.max() ?? 1, .leastNormalMagnitude)
        let values = NumberText.aligned(ranked.map(\.value), digits: 3)
        let bars = zip(ranked, values).map { ($0.name, $0.value / longest, $1) }
        guard figure.isWide else { return self.bars(bars, caption: figure.title) }
        element("div", .init("class", "pair")) { pair in
            pair.bars(Array(bars.prefix((bars.count + 1) / 2)), caption: figure.title)
            pair.bars(Array(bars.dropFirst((bars.count + 1) / 2)), caption: "\(figure.title), continued")
        }
    }

    private mutating func coverage(_ figure: DataCoverage) {
        element("table", .init("class", "bars coverage")) { table in
            table.element("caption", text: figure.title)
            table.element("tbody") { body in
                for metric in figure.shown {
                    body.element("tr") { row in
                        row.element("th", .init("scope", "row"), text: metric.name)
                        row.element("td") { $0.strip(metric, figure) }
                        row.element("td", .init("class", "n"), text: NumberText.percent(metric.ratio))
                    }
                }
                body.element("tr", .init("aria-hidden", "true")) { row in
                    row.element("td", text: "")
                    row.element("td") { $0.strip(figure.axis) }
                    row.element("td", text: "")
                }
            }
        }
    }

    private mutating func strip(_ metric: DataCoverage.Metric, _ figure: DataCoverage) {
        element("svg", .init("class", "bar"), .init("aria-hidden", "true")) { svg in
            if metric.found > 0 {
                svg.shape(
                    "rect", .init("class", "area candidate"), .init("width", "100%"), .init("height", "100%"))
            }
            let gaps = metric.found > 0 ? figure.gaps(of: metric) : [0...1]
            for gap in gaps {
                // Even a short gap is seen.
                let width = max(gap.upperBound - gap.lowerBound, 0.002)
                svg.shape(
                    "rect", .init("class", "gap"), .init("x", Self.percent(gap.lowerBound)),
                    .init("width", Self.percent(width)), .init("height", "100%"))
            }
        }
    }

    private mutating func strip(_ axis: Axis) {
        element("svg", .init("class", "bar labels")) { svg in
            for (index, tick) in axis.ticks.enumerated() {
                svg.element(
                    "text", .init("class", index % 2 == 0 ? "x" : "x minor"), .init("x", Self.percent(tick.position)),
                    .init("y", "12"),
                    text: tick.label)
            }
        }
    }
}
