import ArgumentParser
import Features
import Training
import TrainingRuns

/// Which model is trained, and how.
struct TrainModelOptions: ParsableArguments {
    /// The kinds of models that can be trained.
    enum Kind: String, CaseIterable, ExpressibleByArgument {
        case anomalyDetector = "anomaly-detector"
        case predictiveAnalytics = "predictive-analytics"

        /// Days of data unless something else is said.
        var defaultDays: Double { self == .anomalyDetector ? 7 : 30 }
    }

    /// How a forecaster's splits can be found.
    enum Splitter: String, CaseIterable, ExpressibleByArgument {
        case exact, histogram

        var parameter: RandomForestParameters.Splitter { self == .exact ? .exact : .histogram }
    }

    @Option(help: "anomaly-detector or predictive-analytics. (default: what the model is called)")
    var kind: Kind?

    @Option(help: "The feature schema of an anomaly detector: metrics-5, metrics-6 or anomaly-45.")
    var schema = FeatureSchema.metrics5.name

    @Option(help: "What a forecaster forecasts: a metric of its schema, or all.")
    var target = "cpu_usage"

    @Option(help: "How many samples a forecaster looks back at. ($LOOKBACK_WINDOW; default: 24, two hours)")
    var lookback: Int?

    @Option(help: "How many steps of five minutes a forecaster looks ahead. ($FORECAST_HORIZON; default: 12, an hour)")
    var horizon: Int?

    @Option(help: "The number of trees. (default: 200 of a detector, 100 of a forecaster)")
    var trees: Int?

    @Option(
        help: """
            How a forecaster's splits are found: exact (scikit-learn's trees) or histogram (by bins of values: sooner, \
            and as good). (default: exact)
            """)
    var splitter: Splitter?

    @Option(help: "The share of rows that a detector reports.")
    var contamination = 0.05

    @Option(help: "What all randomness starts from. ($RANDOM_SEED; default: 42)")
    var seed: UInt32?

    @Option(help: "How much worse than the champion a model may be, as a share of the champion's score.")
    var tolerance = 0.05

    func validate() throws {
        guard trees.map({ 1...100_000 ~= $0 }) ?? true else { throw ValidationError("--trees must be 1 to 100000") }
        guard contamination > 0, contamination <= 0.5 else {
            throw ValidationError("--contamination must be above 0 and at most 0.5")
        }
        guard 0...1 ~= tolerance else { throw ValidationError("--tolerance must be from 0 to 1") }
    }

    /// The kind of a model by its name.
    func kind(of name: String) throws -> Kind {
        if let kind = kind ?? Kind(rawValue: name) { return kind }
        throw ValidationError("say what \(name) is: --kind anomaly-detector or --kind predictive-analytics")
    }

    /// How a model of a kind is made.
    func recipe(_ kind: Kind) throws -> any Recipe {
        let seed = try startingSeed()
        switch kind {
        case .anomalyDetector:
            var gate = AnomalyDetectorRecipe().gate
            gate.tolerance = tolerance
            return AnomalyDetectorRecipe(
                schema: try FeatureSchema.named(schema), treeCount: trees ?? 200, contamination: contamination,
                seed: seed, gate: gate)
        case .predictiveAnalytics:
            let schema = try forecastSchema()
            let metrics = schema.metrics.map(\.name)
            guard target == "all" || metrics.contains(target) else {
                throw ValidationError("--target must be all or one of \(metrics.joined(separator: ", "))")
            }
            var gate = ForecasterRecipe().gate
            gate.tolerance = tolerance
            return ForecasterRecipe(
                schema: schema, targets: target == "all" ? metrics : [target], treeCount: trees ?? 100,
                splitter: (splitter ?? .exact).parameter, seed: seed, gate: gate)
        }
    }

    private func forecastSchema() throws -> FeatureSchema {
        let lookback = try lookback ?? TrainEnvironment.integer("LOOKBACK_WINDOW") ?? 24
        let horizon = try horizon ?? TrainEnvironment.integer("FORECAST_HORIZON") ?? 12
        for (name, value, bounds) in [
            ("lookback", lookback, FeatureSchema.lookbacks), ("horizon", horizon, FeatureSchema.horizons),
        ] where !bounds.contains(value) {
            throw ValidationError(
                "the \(name) is \(value); it must be from \(bounds.lowerBound) to \(bounds.upperBound)")
        }
        return .forecast(lookback: lookback, horizon: horizon)
    }

    /// The seed.
    private func startingSeed() throws -> UInt32 {
        if let seed { return seed }
        guard let number = try TrainEnvironment.integer("RANDOM_SEED") else { return 42 }
        guard let seed = UInt32(exactly: number) else {
            throw ValidationError("RANDOM_SEED is \(number); it must be from 0 to \(UInt32.max)")
        }
        return seed
    }
}
