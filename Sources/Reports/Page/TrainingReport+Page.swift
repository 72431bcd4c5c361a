extension TrainingReport {
    /// The report as one HTML file that needs nothing else: no script, no font, no picture from elsewhere.
    ///
    /// It follows the reader's light or dark scheme, fits narrow windows and paper, and has a table behind each plot.
    package func htmlPage() -> String {
        var page = Markup()
        page.raw("<!doctype html>\n")
        page.element("html", .init("lang", "en")) { html in
            html.element("head") { head in
                head.void("meta", .init("charset", "utf-8"))
                head.void(
                    "meta", .init("name", "viewport"), .init("content", "width=device-width, initial-scale=1"))
                head.void("meta", .init("name", "color-scheme"), .init("content", "light dark"))
                // Should anything get past the escaping, it still could not run or call home.
                head.void(
                    "meta", .init("http-equiv", "Content-Security-Policy"),
                    .init("content", "default-src 'none'; style-src 'unsafe-inline'"))
                head.element("title", text: "\(model.name)\(model.version.map { " \($0)" } ?? ""): training report")
                head.element("style") { $0.raw(StyleSheet.text) }
            }
            html.element("body") { body in
                header(&body)
                body.element("main") { main in
                    warningList(&main)
                    main.element("div", .init("class", "split")) { split in
                        decisionSection(&split)
                        scoreSection(&split)
                    }
                    figureSection(&main)
                    dataSection(&main)
                    fitSection(&main)
                }
                body.element(
                    "footer", text: "Written by \(model.writer) on \(TimeText.full(startedAt)). Times are in UTC.")
            }
        }
        return page.text + "\n"
    }

    private func header(_ body: inout Markup) {
        body.element("header") { header in
            header.element("p", .init("class", "kicker"), text: "Training report")
            header.element("h1") { heading in
                heading.write(model.name)
                if let version = model.version {
                    heading.write(" ")
                    heading.element("span", .init("class", "version"), text: version)
                }
            }
            header.element("p", .init("class", "verdict \(decision.outcome.rawValue)")) { verdict in
                verdict.element("strong", text: decision.outcome.title)
                verdict.write(" " + decision.outcome.meaning)
            }
            header.facts([
                ("trained", TimeText.full(startedAt)), ("duration", NumberText.duration(seconds)),
                ("rows", NumberText.count(data.trainingRows)), ("held out", NumberText.count(data.heldOutRows)),
                ("window", NumberText.duration(Double(data.end) - Double(data.start))), ("schema", schema.name),
                ("seed", "\(fit.seed)"),
            ])
        }
    }

    private func warningList(_ main: inout Markup) {
        guard !warnings.isEmpty else { return }
        main.element("section", .init("class", "warnings"), .init("aria-label", "Warnings")) { section in
            section.list(warnings)
        }
    }

    private func decisionSection(_ main: inout Markup) {
        main.section("Decision", "decision") { section in
            if !decision.reasons.isEmpty { section.list(decision.reasons) }
            guard !decision.checks.isEmpty else { return }
            section.scrolled { box in
                box.element("table") { table in
                    table.heads([.text("check"), .number("found"), .text("held")])
                    table.element("tbody") { body in
                        for check in decision.checks.prefix(ReportLimits.maximumListedItems) {
                            body.element("tr") { row in
                                row.element("th", .init("scope", "row"), text: check.requirement)
                                row.element("td", .init("class", "n"), text: check.finding)
                                row.element(
                                    "td", .init("class", check.isPassed ? "good" : "bad"),
                                    text: check.isPassed ? "✓ yes" : "✗ no")
                            }
                        }
                    }
                }
            }
        }
    }

    private func scoreSection(_ main: inout Markup) {
        guard !scores.scores.isEmpty else { return }
        main.section("Scores", "scores") { section in
            section.element(
                "p", .init("class", "caption"),
                text: """
                    On the held-out rows; ↑ higher is better, ↓ lower is better. Bold: the best of the row. Below each \
                    other model: how far the new one is from it.
                    """)
            section.scrolled { box in
                box.element("table") { table in
                    let contenders = scores.contenders.prefix(ReportLimits.maximumSeries)
                    table.heads([.text("score")] + contenders.map { .number($0) })
                    table.element("tbody") { body in
                        for score in scores.scores.prefix(ReportLimits.maximumListedItems) {
                            body.element("tr") { row in
                                row.element("th", .init("scope", "row")) { $0.scoreName(score) }
                                for contender in contenders.indices { row.score(score, contender) }
                            }
                        }
                    }
                }
            }
        }
    }

    private func figureSection(_ main: inout Markup) {
        guard !figures.isEmpty else { return }
        main.section("Figures", "figures") { section in
            section.element("div", .init("class", "figures")) { grid in
                for (index, figure) in figures.prefix(ReportLimits.maximumFigures).enumerated() {
                    grid.figure(figure, identifier: "f\(index + 1)")
                }
            }
            if figures.count > ReportLimits.maximumFigures {
                section.element(
                    "p", .init("class", "caption"),
                    text: "\(NumberText.count(figures.count - ReportLimits.maximumFigures)) more are left out.")
            }
        }
    }

    private func dataSection(_ main: inout Markup) {
        main.section("Data", "data") { section in
            section.facts([
                ("source", data.source),
                ("window", "\(TimeText.compact(data.start)) to \(TimeText.full(data.end))"),
                (
                    "rows",
                    "\(NumberText.count(data.trainingRows)) to fit, \(NumberText.count(data.heldOutRows)) to test"
                ),
                ("schema", "\(schema.name), \(NumberText.count(schema.featureCount, "feature", "features")) a row"),
            ])
            if !data.notices.isEmpty { section.list(data.notices) }
            if !schema.metrics.isEmpty {
                section.scrolled { box in
                    box.table(schema.table, caption: schema.tableCaption)
                }
            }
        }
    }

    private func fitSection(_ main: inout Markup) {
        main.section("Fit", "fit") { section in
            var facts = [("estimator", fit.estimator)]
            if let splitter = fit.splitter { facts.append(("splitter", splitter)) }
            section.facts(facts + [("seed", "\(fit.seed)")])
            section.element("div", .init("class", "pair")) { pair in
                if !fit.parameters.isEmpty {
                    pair.table(fit.table, caption: "Hyperparameters")
                }
                if !stages.isEmpty {
                    let longest = stages.map(\.seconds).max() ?? 0
                    pair.bars(
                        stages.prefix(ReportLimits.maximumListedItems).map { stage in
                            (stage.name, stage.seconds / longest, NumberText.duration(stage.seconds))
                        }, caption: "Where the time went")
                }
            }
        }
    }
}

extension Decision.Outcome {
    /// What became of the model, in a word or two.
    var title: String {
        switch self {
        case .promoted: "Promoted."
        case .saved: "Saved."
        case .rejected: "Rejected."
        }
    }

    /// What that means for those who ask the model.
    var meaning: String {
        switch self {
        case .promoted: "It passed every check and is served from now on."
        case .saved: "It passed every check and was kept as a version that is not served."
        case .rejected: "It failed a check; it is kept as a version that is not served, and nothing else has changed."
        }
    }
}

extension SchemaFacts {
    private var hasQueries: Bool { metrics.contains { $0.query != nil } }

    /// What the table shows.
    var tableCaption: String { hasQueries ? "The metrics, and the queries that answered" : "The metrics" }

    /// Which query answered for each metric.
    var table: DataTable {
        let columns: [DataTable.Column] = [
            .text("metric"), .text("unit"), .number("samples"), .number("series"), .text("candidate"), .text("query"),
        ]
        let rows = metrics.map { metric in
            [
                metric.name, metric.unit, NumberText.count(metric.sampleCount), NumberText.count(metric.seriesCount),
                metric.query == nil ? "" : "\(metric.candidate) of \(metric.candidateCount)", metric.query ?? "",
            ]
        }
        // A source without queries, such as a file, would leave the last columns empty.
        let count = hasQueries ? columns.count : 4
        return DataTable(Array(columns.prefix(count)), rows: rows.map { Array($0.prefix(count)) })
    }
}

extension FitFacts {
    /// The parameters.
    var table: DataTable {
        DataTable([.text("parameter"), .text("value")], rows: parameters.map { [$0.name, $0.value] })
    }
}
