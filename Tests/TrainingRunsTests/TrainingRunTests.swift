import DataSources
import Estimators
import Features
import Foundation
import Inference
import ModelStore
import PickleCodec
import Reports
import Synchronization
import Tensors
import TestSupport
import Testing
import Training

@testable import TrainingRuns

@Suite("A training run")
struct TrainingRunTests {
    private let folder = TemporaryFolder()
    private let detector = AnomalyDetectorRecipe(treeCount: 50)
    private let forecaster = ForecasterRecipe(treeCount: 5)

    private var store: ModelStore { ModelStore(path: folder.path("models"), writer: "test") }

    /// Days of the synthetic cluster, five minutes apart.
    private func data(days: Int, seed: UInt64 = 42, source: (any MetricSource)? = nil) throws -> RunData {
        let synthetic = try SyntheticSource(seed: seed)
        return RunData(
            real: source ?? synthetic, synthetic: synthetic,
            blend: source == nil ? .synthetic : try DataBlend(syntheticShare: 0, fallback: .fail),
            grid: TimeGrid(endingAt: 1_790_000_000, step: 300, count: days * 288), maximumRowCount: nil)
    }

    private func run(
        _ name: String, _ recipe: any Recipe, _ data: RunData, _ trigger: (any PromotionTrigger)? = nil
    ) throws -> TrainingRun {
        var settings = TrainingRun.Settings()
        settings.trigger = trigger
        return TrainingRun(name: try ModelName(name), recipe: recipe, data: data, store: store, settings: settings)
    }

    @Test("The detector finds what was made to go wrong, and serves from then on")
    func detector() async throws {
        let result = try await run("anomaly-detector", detector, data(days: 7))()
        #expect(result.judgement.verdict.objections == [])
        #expect(result.isPromoted)
        let stored = try store.model(ModelName("anomaly-detector"))
        #expect(stored.promoted == result.version.version)
        let details = try #require(result.version.metadata?.details)
        #expect(details.seed == 42)
        #expect(details.features?.object?["schema"]?.string == "metrics-5")
        #expect(details.scores?.object?["f1"]?.double == result.judgement.candidate.scores["f1"]?.value)
        #expect(details.other["gate"]?.object?["passed"]?.bool == true)
    }

    @Test("The forecaster beats the last value and the same time yesterday")
    func forecaster() async throws {
        let result = try await run("predictive-analytics", forecaster, data(days: 4, source: Waves()))()
        #expect(result.judgement.verdict.objections == [])
        let mase = try #require(result.judgement.candidate.scores["mase"]?.value)
        #expect(result.judgement.baselines.map(\.name) == ["the last value", "the same time yesterday"])
        for baseline in result.judgement.baselines { #expect(mase < (baseline.scores["mase"]?.value ?? 0)) }
        let outputs = result.version.metadata?.details.features?.object?["outputs"]?.array?.compactMap(\.string)
        #expect(outputs == (1...12).map { "cpu_usage_lead_\($0)" })
    }

    @Test("The report shows which features matter, as shares of one")
    func importances() async throws {
        let result = try await run("predictive-analytics", forecaster, data(days: 4, source: Waves()))()
        let importances = try #require(result.judgement.artefact.featureImportances)
        #expect(importances.count == 120 && abs(importances.reduce(0, +) - 1) < 1e-9)
        let report = result.report(startedAt: 0, writer: "test").text()
        #expect(report.contains("mean decrease in impurity"))
    }

    @Test("A promotion fires the trigger, and what it says is in the report")
    func trigger() async throws {
        let trigger = RecordingTrigger()
        let result = try await run("anomaly-detector", detector, data(days: 7), trigger)()
        #expect(trigger.versions == ["v1"])
        #expect(try result.trigger?.get() == "restarted")
        #expect(result.seconds[.trigger] != nil)
        #expect(result.report(startedAt: 0, writer: "test").text().contains("restarted"))
    }

    @Test("What is not promoted fires nothing")
    func noTrigger() async throws {
        let trigger = RecordingTrigger()
        let labels = ShuffledLabels(seed: 7)
        let result = try await run("anomaly-detector", detector, data(days: 7, source: labels), trigger)()
        #expect(!result.isPromoted && result.trigger == nil && trigger.versions == [])
    }

    @Test("A trigger that fails takes nothing back, and the report says so first")
    func failingTrigger() async throws {
        let trigger = RecordingTrigger(failure: RunError(.failed, "no pod became Ready"))
        let result = try await run("anomaly-detector", detector, data(days: 7), trigger)()
        #expect(result.isPromoted)
        #expect(try store.model(ModelName("anomaly-detector")).promoted == result.version.version)
        let warnings = result.report(startedAt: 0, writer: "test").warnings
        #expect(warnings.first == "v1 is promoted, but the trigger failed: no pod became Ready")
    }

    @Test("How splits were found is told; a forecaster passes either way", arguments: ["exact", "histogram"])
    func splitter(name: String) async throws {
        let splitter = try #require(RandomForestParameters.Splitter(rawValue: name))
        let recipe = ForecasterRecipe(treeCount: 5, splitter: splitter)
        let result = try await run("predictive-analytics", recipe, data(days: 4, source: Waves()))()
        #expect(result.judgement.verdict.objections == [])
        #expect(result.version.metadata?.details.hyperparameters?.object?["splitter"]?.string == name)
    }

    @Test("All metrics are forecast in the order of metrics and then of steps")
    func allTargets() async throws {
        let targets = FeatureSchema.forecast120.metrics.map(\.name)
        let recipe = ForecasterRecipe(targets: targets, treeCount: 2)
        let result = try await run("all", recipe, data(days: 3, source: Waves()))()
        let rows = Matrix(rowCount: 1, columnCount: 120, elements: [Double](repeating: 0.5, count: 120))
        guard case .array(let output) = try result.judgement.artefact.plan.evaluate(.predict, on: rows) else {
            throw RunError(.unusableModel, "no array")
        }
        #expect(output.shape == [1, 60])
    }

    @Test("The same seed and data give the same file")
    func repeatable() async throws {
        let first = try await run("a", detector, data(days: 3))()
        let second = try await run("b", detector, data(days: 3))()
        #expect(first.judgement.artefact.bytes == second.judgement.artefact.bytes)
    }

    @Test("A model fitted to labels that mean nothing is kept, but never promoted, and the champion goes on")
    func rejected() async throws {
        let good = try await run("anomaly-detector", detector, data(days: 7))()
        let result = try await run("anomaly-detector", detector, data(days: 7, source: ShuffledLabels(seed: 7)))()
        #expect(!result.isPromoted)
        #expect(result.judgement.verdict.objections.contains { $0.hasPrefix("roc_auc is") })
        #expect(result.judgement.champion?.version == good.version.version)
        let stored = try store.model(ModelName("anomaly-detector"))
        #expect(stored.promoted == good.version.version)
        #expect(stored.versions.map(\.version) == [good.version.version, result.version.version])
        #expect(result.version.metadata?.details.other["gate"]?.object?["passed"]?.bool == false)
    }

    @Test("A first model that is rejected is not promoted either")
    func firstRejected() async throws {
        let result = try await run("anomaly-detector", detector, data(days: 7, source: ShuffledLabels(seed: 7)))()
        #expect(!result.isPromoted)
        #expect(try store.model(ModelName("anomaly-detector")).promoted == nil)
    }

    @Test("Too few rows end the run with a sentence, and nothing is saved")
    func tooFew() async throws {
        let grid = TimeGrid(endingAt: 1_790_000_000, step: 300, count: 20)
        let synthetic = try SyntheticSource()
        let data = RunData(real: synthetic, synthetic: synthetic, blend: .synthetic, grid: grid, maximumRowCount: nil)
        for recipe in [detector, forecaster] as [any Recipe] {
            let error = await #expect(throws: RunError.self) { try await run("m", recipe, data)() }
            #expect(error?.code == .tooFewRows)
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("models")))
    }

    @Test("A run that is told to stop saves nothing")
    func cancelled() async throws {
        let run = try run("m", AnomalyDetectorRecipe(treeCount: 100_000), data(days: 7))
        let task = Task { try await run() }
        try await Task.sleep(for: .milliseconds(200))
        task.cancel()
        let error = await #expect(throws: RunError.self) { try await task.value }
        #expect(error?.code == .cancelled)
        #expect(!FileManager.default.fileExists(atPath: folder.path("models")))
    }

    @Test("A champion that takes other rows is none that has to be beaten")
    func otherChampion() async throws {
        _ = try await run("m", detector, data(days: 7))()
        let result = try await run("m", AnomalyDetectorRecipe(schema: .metrics6, treeCount: 50), data(days: 7))()
        #expect(result.isPromoted)
        #expect(result.judgement.champion?.scores == nil)
        let champion = result.version.metadata?.details.champion?.object
        #expect(champion?["not_compared"]?.string?.contains("expecting 5 features") == true)
    }

    @Test("scikit-learn loads what was written, and answers the same")
    func python() async throws {
        let result = try await run("anomaly-detector", detector, data(days: 7))()
        let file = try #require(result.version.file?.path)
        let rows = result.trial.rows
        let python = PythonEnvironment(scikitLearn: "1.9.1")
        let script = folder.path("ask.py")
        let source = """
            import json, sys, warnings
            warnings.simplefilter("error")
            import joblib
            model = joblib.load(sys.argv[1])
            print(json.dumps(model.decision_function(json.loads(sys.argv[2])).tolist()))
            """
        folder.write(Array(source.utf8), to: "ask.py")
        let asked = (0..<min(50, rows.rowCount)).map { Array(rows.row($0)) }
        let output = try python.run(URL(filePath: script), [file, "\(asked)"])
        let answers = try JSONDecoder().decode([Double].self, from: Data(output.utf8))
        guard case .anomalies(let scores, _) = result.judgement.candidate.answers else {
            throw RunError(.unusableModel, "no scores")
        }
        for (answer, score) in zip(answers, scores) { #expect(abs(answer + score) < 1e-12) }
        #expect(answers.count == asked.count)
    }
}

/// Notes what it is fired for.
private final class RecordingTrigger: PromotionTrigger {
    private let fired = Mutex<[String]>([])
    private let failure: RunError?

    init(failure: RunError? = nil) { self.failure = failure }

    var versions: [String] { fired.withLock { $0 } }

    func fire(for version: StoredVersion) async throws(RunError) -> String {
        fired.withLock { $0.append(version.version.description) }
        if let failure { throw failure }
        return "restarted"
    }
}

/// The synthetic cluster, but which moments are called anomalous is drawn anew: labels that mean nothing.
private struct ShuffledLabels: MetricSource {
    let name = "shuffled"
    let seed: UInt64

    func collect(_ metrics: [Metric], on grid: TimeGrid) async throws(DataSourceError) -> CollectedSeries {
        let collected = try await SyntheticSource().collect(metrics, on: grid)
        var generator = SeededGenerator(seed: seed)
        return CollectedSeries(
            table: SeriesTable(
                grid: grid, names: collected.table.names, columns: collected.table.columns,
                isAnomaly: collected.table.isAnomaly?.shuffled(using: &generator)),
            origins: collected.origins, notices: [])
    }
}

/// A cluster whose load rises and falls every five hours: neither the last value nor yesterday's tells the next hour.
private struct Waves: MetricSource {
    let name = "waves"

    func collect(_ metrics: [Metric], on grid: TimeGrid) async throws(DataSourceError) -> CollectedSeries {
        var generator = SeededGenerator(seed: 1)
        let columns = metrics.map { _ in
            (0..<grid.count).map { moment in
                let hours = Double(grid.time(moment)) / 3_600
                return 0.5 + 0.3 * sin(2 * .pi * hours / 5) + Double.random(in: -0.02...0.02, using: &generator)
            }
        }
        return CollectedSeries(
            table: SeriesTable(grid: grid, names: metrics.map(\.name), columns: columns), origins: [], notices: [])
    }
}
