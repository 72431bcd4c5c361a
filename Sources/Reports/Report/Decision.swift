/// What became of the model, and why.
package struct Decision: Hashable, Sendable {
    /// What became of the model.
    package enum Outcome: String, Hashable, Sendable {
        /// It is served from now on.
        case promoted
        /// It was good enough, and was saved without being served, because that was asked for.
        case saved
        /// It was not good enough: it is kept as a version, and another model goes on serving.
        case rejected
    }

    /// Something that had to hold.
    package struct Check: Hashable, Sendable {
        /// What had to hold, e.g. `F1 is at least 0.80`.
        package var requirement: String
        /// What was found, e.g. `0.912`.
        package var finding: String
        /// Whether it held.
        package var isPassed: Bool

        /// A check.
        package init(_ requirement: String, found finding: String, isPassed: Bool) {
            self.requirement = requirement
            self.finding = finding
            self.isPassed = isPassed
        }
    }

    /// What became of the model.
    package var outcome: Outcome
    /// Why, in a sentence or more.
    package var reasons: [String]
    /// What had to hold.
    package var checks: [Check]

    /// A decision.
    package init(_ outcome: Outcome, reasons: [String], checks: [Check]) {
        self.outcome = outcome
        self.reasons = reasons
        self.checks = checks
    }
}
