import DataSources
import ModelStore

/// What a run has made, on its way into the store.
struct Saving {
    let run: TrainingRun
    let series: BlendedSeries
    let dataset: Dataset
    let division: (fitting: Examples, trial: Examples)
    let trial: Judgement

    /// How often a candidate is judged anew because another one was promoted meanwhile.
    private static let maximumJudgements = 5

    /// Saves the candidate as a version; promotes it if it passed, and is still compared with what serves.
    func save() throws(RunError) -> (version: StoredVersion, isPromoted: Bool, judgement: Judgement) {
        var judgement = trial
        var isCurrent = false
        for _ in 0..<Self.maximumJudgements {
            isCurrent = try promotedVersion() == judgement.champion?.version
            if isCurrent { break }
            judgement = try Judgement(judgement.artefact, judgement.candidate, of: run, on: division.trial)
        }
        var options = SaveOptions()
        options.details = RunMetadata(self, judgement).details
        // One that was compared with what serves no more is kept, but does not take the place of another's success.
        let isBeaten = judgement.champion?.scores == nil || isCurrent
        options.promotes = judgement.verdict.isPassed && isBeaten && run.settings.promotes
        options.promotesFirst = false
        options.keep = run.settings.keep
        do throws(StoreError) {
            let saved = try run.store.save(run.name, bytes: judgement.artefact.bytes, options: options)
            return (saved.version, saved.isPromoted, judgement)
        } catch {
            throw RunError(.failed, error.message)
        }
    }

    private func promotedVersion() throws(RunError) -> ModelVersion? {
        do throws(StoreError) { return try run.store.model(run.name).promoted } catch {
            if error.code == .notFound { return nil }
            throw RunError(.failed, error.message)
        }
    }
}
