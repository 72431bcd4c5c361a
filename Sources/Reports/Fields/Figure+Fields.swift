extension Figure {
    /// The figure for programs.
    var fields: [ReportField] {
        switch self {
        case .scoreDistribution(let figure): figure.fields
        case .anomalyTimeline(let figure): figure.fields
        case .forecast(let figure): figure.fields
        case .rankingCurve(let figure): figure.fields
        case .importances(let figure): figure.fields
        case .coverage(let figure): figure.fields
        }
    }
}

extension ScoreDistribution {
    fileprivate var fields: [ReportField] {
        let histogram = Histogram([normal, anomalous])
        return [
            ReportField("kind", "score_distribution"), ReportField("score", scoreName),
            ReportField("ground_truth", groundTruth), ReportField("threshold", threshold.map { .number($0) } ?? .null),
            ReportField("edges", histogram.edges),
            ReportField("normal", .list(histogram.counts[0].map { .integer($0) })),
            ReportField("anomalous", .list(histogram.counts[1].map { .integer($0) })),
        ]
    }
}

extension AnomalyTimeline {
    fileprivate var fields: [ReportField] {
        let offsets = anomalies.filter(times.indices.contains).prefix(ReportLimits.maximumListedItems)
        return [
            ReportField("kind", "anomalies_over_time"), ReportField("rows", times.count),
            ReportField("anomaly_count", anomalies.count),
            ReportField(
                "first_anomalies",
                objects: offsets.map { offset in
                    let values = series.prefix(ReportLimits.maximumSeries).map { series in
                        ReportField(series.name, series.values.indices.contains(offset) ? series.values[offset] : .nan)
                    }
                    return [ReportField("time", time: times[offset]), ReportField("values", map: values)]
                }),
            ReportField(
                "faults",
                objects: faults.prefix(ReportLimits.maximumListedItems).map { fault in
                    [
                        ReportField("name", fault.name), ReportField("start", time: fault.start),
                        ReportField("end", time: fault.end),
                    ]
                }),
        ]
    }
}

extension ForecastComparison {
    fileprivate var fields: [ReportField] {
        let offsets = SeriesThinning.offsets(times: times, values: actual)
        func values(_ all: [Double]) -> [Double] { offsets.map { all.indices.contains($0) ? all[$0] : .nan } }
        let forecasts = [candidate] + (champion.map { [$0] } ?? []) + naive.prefix(ReportLimits.maximumSeries - 3)
        return [
            ReportField("kind", "forecast"), ReportField("target", target), ReportField("unit", unit),
            ReportField("horizon", horizon),
            ReportField("times", offsets.map { TimeText.rfc3339(times[$0]) }), ReportField("actual", values(actual)),
            ReportField("forecasts", map: forecasts.map { ReportField($0.name, values($0.values)) }),
        ]
    }
}

extension RankingCurve {
    fileprivate var fields: [ReportField] {
        [
            ReportField("kind", kind == .roc ? "roc" : "precision_recall"),
            ReportField("base_rate", baseRate.map { .number($0) } ?? .null),
            ReportField(
                "curves",
                objects: curves.prefix(ReportLimits.maximumSeries).map { curve in
                    let points = Self.thinned(curve.points)
                    return [
                        ReportField("name", curve.name), ReportField("area", curve.area),
                        ReportField("x", points.map(\.x)), ReportField("y", points.map(\.y)),
                    ]
                }),
        ]
    }
}

extension FeatureImportances {
    fileprivate var fields: [ReportField] {
        [
            ReportField("kind", "importances"), ReportField("method", method),
            ReportField("features", map: features.map { ReportField($0.name, $0.value) }),
        ]
    }
}

extension DataCoverage {
    fileprivate var fields: [ReportField] {
        [
            ReportField("kind", "coverage"), ReportField("start", time: start), ReportField("end", time: end),
            ReportField(
                "metrics",
                objects: shown.map { metric in
                    [
                        ReportField("name", metric.name), ReportField("found", metric.found),
                        ReportField("expected", metric.expected), ReportField("gap_count", metric.gaps.count),
                        ReportField(
                            "first_gaps",
                            objects: metric.gaps.prefix(ReportLimits.maximumListedItems).map { gap in
                                [ReportField("start", time: gap.start), ReportField("end", time: gap.end)]
                            }),
                    ]
                }),
        ]
    }
}
