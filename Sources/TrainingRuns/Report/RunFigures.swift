import Features
import Reports
import Tensors
import Training

/// What can be seen of a run.
struct RunFigures {
    private let result: RunResult
    private var trial: Examples { result.trial }

    init(_ result: RunResult) { self.result = result }

    /// The figures of the model's kind; none where one cannot be computed.
    var all: [Figure] {
        switch result.judgement.candidate.answers {
        case .anomalies(let scores, let isReported): anomalies(scores, isReported)
        case .forecasts(let numbers): forecast(numbers) + importances
        }
    }

    private var importances: [Figure] {
        guard let shares = result.judgement.artefact.featureImportances else { return [] }
        let features = zip(result.recipe.schema.featureNames, shares).map(FeatureImportances.Importance.init)
        return [.importances(FeatureImportances(method: "mean decrease in impurity", features: features))]
    }

    // MARK: - Detectors

    private func anomalies(_ scores: [Double], _ isReported: [Bool]) -> [Figure] {
        let labels = trial.isAnomaly
        let split = { (wanted: Bool) in zip(scores, labels).filter { $0.1 == wanted }.map(\.0) }
        let distribution = ScoreDistribution(
            scoreName: "abnormality (minus decision_function)", normal: split(false), anomalous: split(true),
            groundTruth: "the labels", threshold: 0)
        return [.scoreDistribution(distribution), .anomalyTimeline(timeline(isReported))] + curves(scores, labels)
    }

    /// The rows kept back, in the order of time.
    private func timeline(_ isReported: [Bool]) -> AnomalyTimeline {
        let order = trial.times.indices.sorted { trial.times[$0] < trial.times[$1] }
        let features = result.recipe.schema.features.prefix(5)
        return AnomalyTimeline(
            times: order.map { trial.times[$0] },
            series: features.enumerated().map { column, feature in
                AnomalyTimeline.Series(
                    name: feature.name, unit: feature.unit, values: order.map { trial.rows[$0, column] })
            },
            anomalies: order.indices.filter { isReported[order[$0]] },
            faults: order.filter { trial.isAnomaly[$0] }.map { row in
                AnomalyTimeline.Fault(name: "known anomaly", start: trial.times[row], end: trial.times[row])
            })
    }

    private func curves(_ scores: [Double], _ labels: [Bool]) -> [Figure] {
        guard let receiver = try? ROCCurve(isPositive: labels, scores: scores), let area = receiver.area,
            let precision = try? PrecisionRecallCurve(isPositive: labels, scores: scores)
        else { return [] }
        let points = { (x: [Double], y: [Double]) in zip(x, y).map { RankingCurve.Curve.Point(x: $0, y: $1) } }
        let baseRate = Double(labels.count(where: \.self)) / Double(labels.count)
        return [
            .rankingCurve(
                RankingCurve(
                    .roc,
                    curves: [
                        RankingCurve.Curve(
                            name: "candidate", points: points(receiver.falsePositiveRates, receiver.truePositiveRates),
                            area: area)
                    ])),
            .rankingCurve(
                RankingCurve(
                    .precisionRecall,
                    curves: [
                        RankingCurve.Curve(
                            name: "candidate", points: points(precision.recalls, precision.precisions).reversed(),
                            area: precision.averagePrecision)
                    ], baseRate: baseRate)),
        ]
    }

    // MARK: - Forecasters

    /// The first target, as far ahead as is forecast, beside the rules without a model.
    private func forecast(_ numbers: [Double]) -> [Figure] {
        let horizon = result.recipe.schema.horizon
        let width = trial.targets.columnCount
        guard let target = result.recipe.targets.first, horizon > 0,
            let metric = result.recipe.schema.metrics.first(where: { $0.name == target })
        else { return [] }
        let column = { (values: [Double]) in
            stride(from: horizon - 1, to: values.count, by: width).map { values[$0] }
        }
        let minutes = horizon * result.recipe.schema.step / 60
        return [
            .forecast(
                ForecastComparison(
                    target: target, unit: metric.unit, horizon: "\(minutes) minutes",
                    times: trial.times.map { $0 + horizon * result.recipe.schema.step },
                    actual: column(trial.targets.elements),
                    candidate: ForecastComparison.Forecast(name: "candidate", values: column(numbers)),
                    naive: trial.forecasts.map {
                        ForecastComparison.Forecast(name: $0.name, values: column($0.values.elements))
                    }))
        ]
    }
}
