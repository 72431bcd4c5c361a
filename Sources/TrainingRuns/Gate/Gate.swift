/// What a model that has just been fitted must fulfil before it takes the place of the one that serves.
package struct Gate: Hashable, Sendable {
    /// The least that a score must reach.
    package struct Floor: Hashable, Sendable {
        /// The name of the score.
        package let score: String
        /// The worst value that passes.
        package let bound: Double

        /// A bound on a score.
        package init(_ score: String, _ bound: Double) {
            self.score = score
            self.bound = bound
        }
    }

    /// The bounds that hold whatever serves now.
    package var floors: [Floor]
    /// The score by which the candidate is compared with the champion.
    package var decisiveScore: String
    /// How much worse than the champion the candidate may be, as a share of the champion's score.
    package var tolerance: Double

    /// A gate.
    package init(floors: [Floor], decisiveScore: String, tolerance: Double = 0.05) {
        self.floors = floors
        self.decisiveScore = decisiveScore
        self.tolerance = tolerance
    }
}

/// Whether a candidate may be promoted, and every check that says so.
package struct GateVerdict: Hashable, Sendable {
    /// One thing that was looked at.
    package struct Check: Hashable, Sendable {
        /// What holds or does not, as a sentence with the numbers.
        package let sentence: String
        /// Whether it holds.
        package let isPassed: Bool
    }

    /// What was looked at, in order.
    package let checks: [Check]

    /// Whether the candidate may be promoted.
    package var isPassed: Bool { checks.allSatisfy(\.isPassed) }
    /// Why it may not.
    package var objections: [String] { checks.filter { !$0.isPassed }.map(\.sentence) }
}

extension Gate {
    /// Judges a candidate.
    ///
    /// - Parameters:
    ///   - candidate: its scores on rows it was not fitted to.
    ///   - baselines: the scores of rules that need no model, by name; the candidate must be better than each.
    ///   - champion: the scores of the model that serves, on the same rows; nil if there is none to compare with.
    ///   - facts: what else was found out about the candidate.
    func judge(
        _ candidate: Scores, baselines: [(name: String, scores: Scores)] = [], champion: Scores?,
        facts: [GateVerdict.Check] = []
    ) -> GateVerdict {
        var checks = facts
        for floor in floors { checks.append(check(floor, candidate)) }
        for baseline in baselines { checks.append(check(against: baseline.name, baseline.scores, candidate)) }
        if let champion { checks.append(check(champion: champion, candidate)) }
        return GateVerdict(checks: checks)
    }

    private func check(_ floor: Floor, _ candidate: Scores) -> GateVerdict.Check {
        guard let score = candidate[floor.score] else {
            return GateVerdict.Check(sentence: "\(floor.score) could not be computed", isPassed: false)
        }
        let bound = score.direction == .ascending ? "at least" : "at most"
        return GateVerdict.Check(
            sentence: "\(score.name) is \(text(score.value)); it must be \(bound) \(text(floor.bound))",
            isPassed: score.reaches(floor.bound))
    }

    private func check(against name: String, _ baseline: Scores, _ candidate: Scores) -> GateVerdict.Check {
        compare(candidate, with: baseline) { score, other in
            GateVerdict.Check(
                sentence: "\(score.name) is \(text(score.value)); \(name) has \(text(other.value))",
                isPassed: score.reaches(other.value) && score.value != other.value)
        }
    }

    private func check(champion: Scores, _ candidate: Scores) -> GateVerdict.Check {
        compare(candidate, with: champion) { score, other in
            let bound = other.worsened(by: tolerance)
            return GateVerdict.Check(
                sentence:
                    "\(score.name) is \(text(score.value)); the champion has \(text(other.value)), and with the "
                    + "tolerance \(text(bound)) passes",
                isPassed: score.reaches(bound))
        }
    }

    private func compare(
        _ candidate: Scores, with other: Scores, _ check: (Score, Score) -> GateVerdict.Check
    ) -> GateVerdict.Check {
        guard let score = candidate[decisiveScore], let known = other[decisiveScore] else {
            return GateVerdict.Check(sentence: "\(decisiveScore) could not be computed", isPassed: false)
        }
        return check(score, known)
    }

    /// Four significant digits.
    private func text(_ value: Double) -> String {
        guard value.isFinite, value.magnitude > 1e-300 else { return "\(value)" }
        let magnitude = value.magnitude
        var scale = 1.0
        while magnitude * scale < 1_000 { scale *= 10 }
        while magnitude * scale >= 10_000 { scale /= 10 }
        return "\((value * scale).rounded() / scale)"
    }
}
