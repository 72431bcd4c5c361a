import ArgumentParser
import DataSources
import Features
import FoundationEssentials
import Outbound
import Tensors
import TrainingRuns

/// Where the data of a training run comes from.
struct TrainDataOptions: ParsableArguments {
    /// Where data comes from, as the platform calls it.
    enum Source: String, CaseIterable, ExpressibleByArgument {
        case synthetic, prometheus, hybrid, csv
    }

    /// How much data is taken.
    enum Mode: String, CaseIterable, ExpressibleByArgument {
        case quick, standard, production

        /// Days of data, and the most rows of them.
        var preset: (days: Double, rows: Int?) {
            switch self {
            case .quick: (1, 500)
            case .standard: (7, 2_000)
            case .production: (30, nil)
            }
        }
    }

    @Option(
        help: """
            synthetic, prometheus (80 % real, 20 % synthetic), hybrid (half and half; goes on with synthetic data if \
            Prometheus fails) or csv. ($DATA_SOURCE; default: csv with --csv, else prometheus with --prometheus-url, \
            else synthetic)
            """)
    var source: Source?

    @Option(help: "The Prometheus server. ($PROMETHEUS_URL)")
    var prometheusURL: String?

    @Option(help: "A file with the bearer token for Prometheus, read anew for each request.")
    var tokenFile: String?

    @Option(help: "A name for Prometheus; the password is $PROMETHEUS_PASSWORD. ($PROMETHEUS_USER)")
    var prometheusUser: String?

    @Option(help: "A file of the certificates to trust, for a Prometheus with TLS.")
    var caBundle: String?

    @Option(help: "Seconds that Prometheus may take for an answer.")
    var timeout = 60.0

    @Option(help: "A CSV file: timestamp, a column for each metric by its name, and label if it is known.")
    var csv: String?

    @Option(help: "The share of synthetic rows, 0 to 0.9. (default: what --source says)")
    var syntheticShare: Double?

    @Option(help: "What to do if the real data cannot be had: synthetic or fail. (default: what --source says)")
    var fallback: DataBlend.Fallback?

    @Option(help: "The share of synthetic moments at which something is wrong. ($ANOMALY_RATE)")
    var anomalyRate: Double?

    @Option(help: "Days of data; of a CSV file all are taken. ($TRAINING_DAYS, or $TRAINING_HOURS)")
    var days: Double?

    @Option(help: "quick (1 day, 500 rows), standard (7, 2000) or production (30, all). ($TRAINING_MODE)")
    var mode: Mode?

    @Option(help: "The most rows, taken evenly; 0 for all. ($MAX_SAMPLES)")
    var maxSamples: Int?

    func validate() throws {
        guard 1...3_600 ~= timeout else { throw ValidationError("--timeout must be from 1 to 3600 seconds") }
        guard days.map({ $0 > 0 && $0 <= 3_650 }) ?? true else {
            throw ValidationError("--days must be above 0 and at most 3650")
        }
    }

    /// The data of a run.
    ///
    /// - Parameter defaultDays: days of data unless something else is said.
    func data(for schema: FeatureSchema, defaultDays: Double, seed: UInt32) throws -> RunData {
        let source = try chosenSource()
        let days = try chosenDays() ?? defaultDays
        let rows = try chosenRows()
        guard days > 0, days <= 3_650, rows >= 0 else {
            throw ValidationError("the days of data must be from 0 to 3650, and the most rows not negative")
        }
        let rate = try anomalyRate ?? TrainEnvironment.number("ANOMALY_RATE") ?? 0.03
        let synthetic = try SyntheticSource(seed: UInt64(seed), anomalyRate: rate)
        let real = try real(source, synthetic)
        let grid = try (real as? CSVSource)?.grid(step: schema.step) ?? Self.latest(days: days, step: schema.step)
        return RunData(
            real: real, synthetic: synthetic, blend: try blend(source), grid: grid,
            maximumRowCount: rows == 0 ? nil : rows)
    }

    /// The moments of the last days.
    private static func latest(days: Double, step: Int) -> TimeGrid {
        TimeGrid(
            endingAt: Int(Date.now.timeIntervalSince1970), step: step,
            count: max(1, Int((days * 86_400 / Double(step)).rounded())))
    }

    /// A flag that says where data is wins over a variable, which may only ask for more synthetic rows beside it.
    private func chosenSource() throws -> Source {
        if let source { return source }
        if csv != nil { return .csv }
        let variable = try TrainEnvironment.choice("DATA_SOURCE", of: Source.self)
        if prometheusURL != nil { return variable == .hybrid ? .hybrid : .prometheus }
        return variable ?? (TrainEnvironment.text("PROMETHEUS_URL") == nil ? .synthetic : .prometheus)
    }

    private func chosenDays() throws -> Double? {
        if let days = days ?? mode?.preset.days { return days }
        let hours = try TrainEnvironment.number("TRAINING_HOURS").map { $0 / 24 }
        return try TrainEnvironment.number("TRAINING_DAYS") ?? hours
            ?? TrainEnvironment.choice("TRAINING_MODE", of: Mode.self)?.preset.days
    }

    /// The most rows; 0 for all.
    private func chosenRows() throws -> Int {
        if let maxSamples { return maxSamples }
        if let mode { return mode.preset.rows ?? 0 }
        return try TrainEnvironment.integer("MAX_SAMPLES")
            ?? TrainEnvironment.choice("TRAINING_MODE", of: Mode.self)?.preset.rows ?? 0
    }

    private func blend(_ source: Source) throws -> DataBlend {
        let usual: DataBlend =
            switch source {
            case .synthetic: .synthetic
            case .prometheus: .prometheus
            case .hybrid: .hybrid
            case .csv: try DataBlend(syntheticShare: 0, fallback: .fail)
            }
        return try DataBlend(
            syntheticShare: syntheticShare ?? usual.syntheticShare, fallback: fallback ?? usual.fallback)
    }

    private func real(_ source: Source, _ synthetic: SyntheticSource) throws -> any MetricSource {
        switch source {
        case .synthetic: return synthetic
        case .csv:
            guard let csv else { throw ValidationError("--source csv needs --csv FILE") }
            return try CSVSource(path: csv)
        case .prometheus, .hybrid:
            guard let url = prometheusURL ?? TrainEnvironment.text("PROMETHEUS_URL") else {
                throw ValidationError("--source \(source.rawValue) needs --prometheus-url or $PROMETHEUS_URL")
            }
            var settings = OutboundSettings()
            settings.answerTimeout = .seconds(timeout)
            if let caBundle { settings.trust = .bundle(path: caBundle) }
            return PrometheusSource(
                client: try PrometheusClient(
                    url: url, credentials: try credentials(),
                    client: OutboundClient(settings)))
        }
    }
}

extension TrainDataOptions {
    /// A password is no argument, as arguments are seen by everybody on the machine.
    private func credentials() throws -> PrometheusCredentials {
        let user = prometheusUser ?? TrainEnvironment.text("PROMETHEUS_USER")
        if let tokenFile {
            guard prometheusUser == nil else {
                throw ValidationError("--token-file and --prometheus-user exclude each other")
            }
            return .tokenFile(tokenFile)
        }
        guard let user else { return .none }
        guard let password = TrainEnvironment.text("PROMETHEUS_PASSWORD") else {
            throw ValidationError("the password of \(user) at Prometheus is to be in $PROMETHEUS_PASSWORD")
        }
        return .basic(user: user, password: Secret(password))
    }
}

extension DataBlend.Fallback: ExpressibleByArgument {}
