import Testing

@testable import TrainingRuns

@Suite("The gate before a promotion")
struct GateTests {
    private let gate = Gate(floors: [Gate.Floor("f1", 0.3)], decisiveScore: "f1", tolerance: 0.1)

    private func scores(_ f1: Double) -> Scores { Scores([.ascending("f1", f1)]) }

    @Test("A floor holds, whatever serves", arguments: [(0.3, true), (0.29, false), (Double.nan, false)])
    func floor(f1: Double, isPassed: Bool) {
        #expect(gate.judge(scores(f1), champion: nil).isPassed == isPassed)
    }

    @Test("A candidate may be a little worse than the champion", arguments: [(0.72, true), (0.71, false), (0.9, true)])
    func champion(f1: Double, isPassed: Bool) {
        let verdict = gate.judge(scores(f1), champion: scores(0.8))
        #expect(verdict.isPassed == isPassed)
        #expect(verdict.objections.isEmpty == isPassed)
        #expect(verdict.checks.last?.sentence.contains("the champion has 0.8") == true)
    }

    @Test(
        "A candidate that is no better than a rule without a model is refused", arguments: [(0.5, false), (0.49, true)])
    func baseline(mase: Double, isPassed: Bool) {
        let gate = Gate(floors: [], decisiveScore: "mase")
        let verdict = gate.judge(
            Scores([.descending("mase", mase)]),
            baselines: [("the last value", Scores([.descending("mase", 0.5)]))], champion: nil)
        #expect(verdict.isPassed == isPassed)
    }

    @Test("An error may grow by the tolerance, and no more", arguments: [(0.55, true), (0.56, false)])
    func descending(mase: Double, isPassed: Bool) {
        let gate = Gate(floors: [], decisiveScore: "mase", tolerance: 0.1)
        let verdict = gate.judge(
            Scores([.descending("mase", mase)]), champion: Scores([.descending("mase", 0.5)]))
        #expect(verdict.isPassed == isPassed)
    }

    @Test("What is known of the candidate counts like its scores")
    func facts() {
        let fact = GateVerdict.Check(sentence: "it reports nothing", isPassed: false)
        let verdict = gate.judge(scores(0.9), champion: nil, facts: [fact])
        #expect(verdict.objections == ["it reports nothing"])
    }

    @Test("A score that is missing is no pass")
    func missing() {
        #expect(!gate.judge(Scores([]), champion: nil).isPassed)
    }
}
