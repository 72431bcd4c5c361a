import ModelStore

/// A candidate, what serves now, and which of them is to serve.
package struct Judgement: Sendable {
    /// The candidate as a file.
    package let artefact: Artefact
    /// What it did on the trial rows.
    package let candidate: Assessment
    /// What rules that need no model did.
    package let baselines: [(name: String, scores: Scores)]
    /// What serves now; nil if nothing does.
    package let champion: Champion?
    /// Whether the candidate may be promoted, and why.
    package let verdict: GateVerdict

    /// Compares a candidate with what is promoted now.
    init(
        _ artefact: Artefact, _ candidate: Assessment, of run: TrainingRun, on trial: Examples
    ) throws(RunError) {
        self.artefact = artefact
        self.candidate = candidate
        baselines = try run.recipe.baselines(of: trial)
        champion = try Champion.promoted(of: run.name, in: run.store, run.recipe, on: trial)
        verdict = run.recipe.gate.judge(
            candidate.scores, baselines: baselines, champion: champion?.scores, facts: candidate.facts)
    }
}
