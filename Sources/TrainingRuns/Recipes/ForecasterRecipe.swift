package import Estimators
package import Features
package import Inference
import Tensors
package import Training

/// The forecaster of the platform: `Pipeline(StandardScaler, RandomForestRegressor)` over the last hours of a cluster,
/// whose outputs are the next steps of one metric or of all, ordered by metric and then by time.
package struct ForecasterRecipe: Recipe {
    package let schema: FeatureSchema
    package let targets: [String]
    package let seed: UInt32
    /// The number of trees.
    package let treeCount: Int
    /// The depth at which nodes become leaves.
    package let maximumDepth: Int
    /// The fewest rows of a node that is split.
    package let minimumSamplesSplit: Int
    /// The fewest rows on either side of a split.
    package let minimumSamplesLeaf: Int
    /// How the splits of nodes are found.
    package let splitter: RandomForestParameters.Splitter
    package let gate: Gate

    /// A fifth of the rows is kept back: the latest ones.
    private static let trialShare = 0.2
    /// The fewest rows that are fitted to or judged by.
    private static let fewestRows = 24

    /// A recipe.
    package init(
        schema: FeatureSchema = .forecast120, targets: [String] = ["cpu_usage"], treeCount: Int = 100,
        maximumDepth: Int = 20, minimumSamplesSplit: Int = 5, minimumSamplesLeaf: Int = 2,
        splitter: RandomForestParameters.Splitter = .exact, seed: UInt32 = 42,
        gate: Gate = Gate(floors: [], decisiveScore: "mase")
    ) {
        self.schema = schema
        self.targets = targets
        self.treeCount = treeCount
        self.maximumDepth = maximumDepth
        self.minimumSamplesSplit = minimumSamplesSplit
        self.minimumSamplesLeaf = minimumSamplesLeaf
        self.splitter = splitter
        self.seed = seed
        self.gate = gate
    }

    package var estimatorName: String { "Pipeline(StandardScaler, RandomForestRegressor)" }

    package var hyperparameters: [(name: String, value: Hyperparameter)] {
        [
            ("n_estimators", .integer(treeCount)), ("max_depth", .integer(maximumDepth)),
            ("min_samples_split", .integer(minimumSamplesSplit)), ("min_samples_leaf", .integer(minimumSamplesLeaf)),
            ("splitter", .text(splitter.rawValue)),
        ]
    }

    /// Keeps back the latest rows of each source. Between the parts as many rows are dropped as a forecast reaches
    /// ahead, since the targets of those before lie among the values of those behind.
    package func divide(_ dataset: Dataset) throws(RunError) -> (fitting: Examples, trial: Examples) {
        var (fitting, trial): ([Int], [Int]) = ([], [])
        var start = 0
        for segment in dataset.segments {
            let trialCount = Int((Self.trialShare * Double(segment.rows.count)).rounded(.up))
            let border = start + segment.rows.count - trialCount
            fitting += start..<max(start, border - schema.horizon)
            trial += border..<border + trialCount
            start += segment.rows.count
        }
        guard min(fitting.count, trial.count) >= Self.fewestRows else {
            throw RunError(
                .tooFewRows,
                """
                \(dataset.rowCount) rows give \(fitting.count) to fit to and \(trial.count) to judge by, and \
                \(Self.fewestRows) of each are needed: take a longer window
                """)
        }
        var examples = Examples(dataset, trial)
        guard Set(examples.targets.elements).count > targets.count else {
            throw RunError(.refused, "\(targets.joined(separator: ", ")) did not change in the rows to judge by")
        }
        examples.forecasts = NaiveForecasts(schema: schema, targets: targets).all(for: trial, of: dataset)
        return (Examples(dataset, fitting), examples)
    }

    package func fit(_ examples: Examples, _ execution: FitExecution) throws(RunError) -> Pipeline {
        let scaler: StandardScaler
        do throws(TrainingError) { scaler = try StandardScalerFit(examples.rows).scaler() } catch {
            throw RunError(error)
        }
        let rows = try Matrix(scaling: examples.rows, by: scaler)
        var parameters = RandomForestParameters(seed: seed)
        parameters.treeCount = treeCount
        parameters.maximumDepth = maximumDepth
        parameters.minimumSamplesSplit = .count(minimumSamplesSplit)
        parameters.minimumSamplesLeaf = .count(minimumSamplesLeaf)
        parameters.splitter = splitter
        do throws(TrainingError) {
            let forest = try RandomForestRegressorFit(
                rows, targets: examples.targets, parameters: parameters, execution: execution)
            return Pipeline(("scaler", scaler), ("regressor", forest.estimator))
        } catch {
            throw RunError(error)
        }
    }

    package func assess(_ plan: Plan, on trial: Examples) throws(RunError) -> Assessment {
        let numbers = try plan.numbers(.predict, trial.rows)
        let (rowCount, outputCount) = (trial.targets.rowCount, trial.targets.columnCount)
        guard numbers.count == rowCount * outputCount else {
            throw RunError(
                .unusableModel, "the model answers \(numbers.count / rowCount) numbers a row, not \(outputCount)")
        }
        let forecasts = Matrix(rowCount: rowCount, columnCount: outputCount, elements: numbers)
        return Assessment(
            scores: try scores(of: forecasts, on: trial), facts: [staysInRange(forecasts, trial)],
            answers: .forecasts(numbers))
    }

    /// A forest answers means of what it was fitted to: far away from what came, the features or units are wrong.
    private func staysInRange(_ forecasts: Matrix<Double>, _ trial: Examples) -> GateVerdict.Check {
        let isInside = targets.indices.allSatisfy { target in
            let columns = target * schema.horizon..<(target + 1) * schema.horizon
            let came = trial.targets.elements(ofColumns: columns)
            let (least, greatest) = (came.min() ?? 0, came.max() ?? 0)
            let slack = greatest - least + 1e-6 * max(abs(least), abs(greatest))
            return forecasts.elements(ofColumns: columns).allSatisfy { $0 >= least - slack && $0 <= greatest + slack }
        }
        return GateVerdict.Check(
            sentence: "every forecast lies within three times the range of what came", isPassed: isInside)
    }

    package func baselines(of trial: Examples) throws(RunError) -> [(name: String, scores: Scores)] {
        var baselines: [(name: String, scores: Scores)] = []
        for forecast in trial.forecasts {
            baselines.append((forecast.name, try scores(of: forecast.values, on: trial)))
        }
        return baselines
    }

    /// The error as a multiple of that of the last value; and the usual ones.
    private func scores(of forecasts: Matrix<Double>, on trial: Examples) throws(RunError) -> Scores {
        do throws(TrainingError) {
            let scores = try RegressionScores(actual: trial.targets, predicted: forecasts)
            return Scores([
                .descending("mase", try meanAbsoluteScaledError(scores, of: trial)),
                .descending("mae", scores.meanAbsoluteError),
                .descending("rmse", scores.rootMeanSquaredError), .ascending("r2", scores.r2 ?? .nan),
            ])
        } catch {
            throw RunError(.unusableModel, "the forecasts cannot be scored: \(error)")
        }
    }

    /// MASE of several outputs: each metric's mean error over that of its last value from one judged row to the next,
    /// averaged over the metrics that change at all.
    private func meanAbsoluteScaledError(
        _ scores: RegressionScores, of trial: Examples
    ) throws(TrainingError) -> Double {
        var ratios: [Double] = []
        for target in targets.indices {
            let first = target * schema.horizon
            let series = trial.targets.elements(ofColumns: first..<first + 1)
            let unit = try RegressionScores.seasonalNaiveError(series, period: 1)
            let error = scores.absoluteErrors[first..<first + schema.horizon].reduce(0, +) / Double(schema.horizon)
            if unit > 0 { ratios.append(error / unit) }
        }
        return ratios.reduce(0, +) / Double(ratios.count)
    }
}

extension Matrix<Double> {
    /// The elements of some columns, row after row.
    fileprivate func elements(ofColumns columns: Range<Int>) -> [Double] {
        (0..<rowCount).flatMap { row in columns.map { self[row, $0] } }
    }
}
