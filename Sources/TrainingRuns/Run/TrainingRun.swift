import DataSources
import Dispatch
import Estimators
package import ModelStore
import Synchronization
import Training

/// One training run: from the series of a source to a version of a model in a store, promoted if it is worth it.
///
/// Each step knows the value it takes and the value it gives: series, rows, a fitted model, a file, a version. Until
/// the last step nothing is changed, so a run that fails or is told to stop leaves the store as it was.
package struct TrainingRun: Sendable {
    /// How a run is carried out.
    package struct Settings: Sendable {
        /// How many threads fit.
        package var threads = 1
        /// Whether a model that passes the gate is promoted.
        package var promotes = true
        /// How many of the newest versions stay; nil removes none.
        package var keep: Int?
        /// What happens once the model is promoted.
        package var trigger: (any PromotionTrigger)?

        package init() {}
    }

    /// The model.
    package let name: ModelName
    /// How it is made.
    package let recipe: any Recipe
    /// Where its data comes from.
    package let data: RunData
    /// Where it is kept.
    package let store: ModelStore
    /// How the run is carried out.
    package let settings: Settings

    package init(name: ModelName, recipe: any Recipe, data: RunData, store: ModelStore, settings: Settings = Settings())
    {
        self.name = name
        self.recipe = recipe
        self.data = data
        self.store = store
        self.settings = settings
    }

    /// Carries the run out.
    ///
    /// - Parameter observe: called with what happens, on any thread.
    /// - Throws: ``RunError``; ``RunError/Code/cancelled`` if the task was cancelled before anything was saved.
    package func callAsFunction(
        observe: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) async throws(RunError) -> RunResult {
        var stopwatch = Stopwatch(observe)
        let series = try await stopwatch.time(.collect) { () async throws(RunError) in
            try await data.collect(for: recipe.schema)
        }
        for notice in series.notices { observe(.notice(notice)) }
        let parts = try stopwatch.time(.features) { () throws(RunError) in
            let dataset = try data.dataset(of: series, recipe)
            return (dataset: dataset, division: try recipe.divide(dataset))
        }
        let pipeline = try await stopwatch.time(.fit) { () async throws(RunError) in
            try await fit(parts.division.fitting, observe)
        }
        let trial = try stopwatch.time(.assess) { () throws(RunError) in try judge(pipeline, parts.division.trial) }
        await Task.yield()
        try checkCancellation()
        let saving = Saving(run: self, series: series, dataset: parts.dataset, division: parts.division, trial: trial)
        let saved = try stopwatch.time(.save) { () throws(RunError) in try saving.save() }
        let trigger = saved.isPromoted ? await fireTrigger(for: saved.version, &stopwatch) : nil
        return RunResult(
            recipe: recipe, series: series, dataset: parts.dataset, fittedCount: parts.division.fitting.count,
            trial: parts.division.trial, judgement: saved.judgement, version: saved.version,
            isPromoted: saved.isPromoted, trigger: trigger, seconds: stopwatch.seconds)
    }

    /// Whatever comes of it, the version is there and promoted: a failure is a part of the result.
    private func fireTrigger(
        for version: StoredVersion, _ stopwatch: inout Stopwatch
    ) async -> Result<String, RunError>? {
        guard let trigger = settings.trigger else { return nil }
        do throws(RunError) {
            return .success(
                try await stopwatch.time(.trigger) { () async throws(RunError) in try await trigger.fire(for: version) }
            )
        } catch {
            return .failure(error)
        }
    }

    private func fit(
        _ examples: Examples, _ observe: @escaping @Sendable (RunEvent) -> Void
    ) async throws(RunError) -> Pipeline {
        let isCancelled = CancellationFlag()
        let execution = FitExecution(
            threads: settings.threads, onProgress: { observe(.grown(trees: $0, of: $1)) },
            isCancelled: { isCancelled.value })
        let recipe = recipe
        // Of a class of its own: Dispatch keeps a thread per processor for each, and the fit keeps all of its class
        // busy. One that shared them with tasks would hear no signal until its end.
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                DispatchQueue.global(qos: .utility).async {
                    continuation.resume(
                        returning: Result { () throws(RunError) in try recipe.fit(examples, execution) })
                }
            }
        } onCancel: {
            isCancelled.set()
        }
        return try result.get()
    }

    /// Writes the candidate, reads it back, and compares it with what serves.
    private func judge(_ pipeline: Pipeline, _ trial: Examples) throws(RunError) -> Judgement {
        let artefact = try Artefact(pipeline)
        let candidate = try recipe.assess(artefact.plan, on: trial)
        return try Judgement(artefact, candidate, of: self, on: trial)
    }

    private func checkCancellation() throws(RunError) {
        if Task.isCancelled { throw RunError(.cancelled, "the run was told to stop; nothing was saved") }
    }
}

/// A flag that one thread sets and others look at.
private final class CancellationFlag: Sendable {
    private let isSet = Atomic(false)

    var value: Bool { isSet.load(ordering: .relaxed) }

    func set() { isSet.store(true, ordering: .relaxed) }
}
