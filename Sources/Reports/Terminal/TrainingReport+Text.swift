extension TrainingReport {
    /// The report for a terminal.
    ///
    /// - Parameters:
    ///   - columns: the width of the terminal.
    ///   - isColored: whether it shows colours.
    package func text(columns: Int = 80, isColored: Bool = false) -> String {
        var terminal = TerminalText(columns: columns, isColored: isColored)
        header(&terminal)
        for warning in warnings.prefix(ReportLimits.maximumListedItems) {
            terminal.paragraph(warning, first: "! ", style: .yellow)
        }
        decisionPart(&terminal)
        scorePart(&terminal)
        figurePart(&terminal)
        dataPart(&terminal)
        fitPart(&terminal)
        return terminal.text
    }

    /// The most bars of feature importances in a terminal.
    private static var terminalImportances: Int { 12 }

    private func header(_ terminal: inout TerminalText) {
        let name = SafeText.line(model.version.map { "\(model.name) \($0)" } ?? model.name)
        let style: TerminalText.Style = decision.outcome == .rejected ? .red : .green
        terminal.line("\(terminal.styled(name, .bold)): \(terminal.styled(decision.outcome.title, style))")
        terminal.paragraph(decision.outcome.meaning, first: "")
        terminal.paragraph(
            "Trained \(TimeText.full(startedAt)) in \(NumberText.duration(seconds)), \(schema.name), seed \(fit.seed).",
            first: "", style: .dim)
    }

    private func decisionPart(_ terminal: inout TerminalText) {
        terminal.heading("Decision")
        for check in decision.checks.prefix(ReportLimits.maximumListedItems) {
            terminal.paragraph(
                "\(check.requirement): \(check.finding)", first: check.isPassed ? "  ✓ " : "  ✗ ",
                firstStyle: check.isPassed ? .green : .red)
        }
        for reason in decision.reasons.prefix(ReportLimits.maximumListedItems) { terminal.paragraph(reason) }
    }

    private func scorePart(_ terminal: inout TerminalText) {
        guard !scores.scores.isEmpty else { return }
        terminal.heading("Scores")
        let contenders = scores.contenders.prefix(ReportLimits.maximumSeries)
        terminal.table(
            DataTable(
                [.text("score")] + contenders.map { .number($0) },
                rows: scores.scores.map { score in
                    [score.name]
                        + contenders.indices.map { contender in
                            let text = score.text(contender)
                            return score.margin(over: contender).map { "\(text) (\($0.text))" } ?? text
                        }
                }))
        if contenders.count > 1 {
            terminal.paragraph("In brackets: how far the new model is from that one.", style: .dim)
        }
    }

    private func figurePart(_ terminal: inout TerminalText) {
        for figure in figures.prefix(ReportLimits.maximumFigures) {
            terminal.heading(figure.content.title)
            if case .importances(let importances) = figure {
                let ranked = importances.ranked.prefix(Self.terminalImportances)
                let longest = max(ranked.map { abs($0.value) }.max() ?? 1, .leastNormalMagnitude)
                let values = NumberText.aligned(ranked.map(\.value), digits: 3)
                terminal.bars(zip(ranked, values).map { ($0.name, $0.value / longest, $1) })
            }
            terminal.paragraph(figure.content.caption)
            if case .forecast(let forecast) = figure { terminal.table(forecast.table) }
        }
    }

    private func dataPart(_ terminal: inout TerminalText) {
        terminal.heading("Data")
        terminal.facts([
            ("source", data.source), ("window", "\(TimeText.compact(data.start)) to \(TimeText.full(data.end))"),
            ("rows", "\(NumberText.count(data.trainingRows)) to fit, \(NumberText.count(data.heldOutRows)) to test"),
            ("schema", "\(schema.name), \(NumberText.count(schema.featureCount, "feature", "features")) a row"),
        ])
        for notice in data.notices.prefix(ReportLimits.maximumListedItems) { terminal.paragraph(notice, first: "  - ") }
        for metric in schema.metrics.prefix(ReportLimits.maximumListedItems) {
            let unit = metric.unit.isEmpty ? "" : ", \(metric.unit)"
            let samples = NumberText.count(metric.sampleCount, "sample", "samples")
            terminal.paragraph("\(metric.name)\(unit): \(samples)")
            guard let query = metric.query else { continue }
            terminal.paragraph(
                "\(query)  (candidate \(metric.candidate) of \(metric.candidateCount))", first: "      ", style: .dim)
        }
    }

    private func fitPart(_ terminal: inout TerminalText) {
        terminal.heading("Fit")
        var facts = [("estimator", fit.estimator)]
        if let splitter = fit.splitter { facts.append(("splitter", splitter)) }
        let parameters = fit.parameters.prefix(ReportLimits.maximumListedItems).map { "\($0.name)=\($0.value)" }
        if !parameters.isEmpty { facts.append(("parameters", parameters.joined(separator: ", "))) }
        terminal.facts(facts)
        guard !stages.isEmpty else { return }
        terminal.heading("Time")
        let longest = stages.map(\.seconds).max() ?? 0
        terminal.bars(
            stages.prefix(ReportLimits.maximumListedItems).map { stage in
                (stage.name, stage.seconds / longest, NumberText.duration(stage.seconds))
            })
    }
}
