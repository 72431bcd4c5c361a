/// How well a model did on rows that it was not fitted to, in one number.
package struct Score: Hashable, Sendable {
    /// Which of two values is the better one.
    package enum Direction: Hashable, Sendable {
        /// As of F1: the greater one.
        case ascending
        /// As of an error: the lesser one.
        case descending
    }

    /// What is measured, e.g. `f1`.
    package let name: String
    /// How much of it.
    package let value: Double
    /// Which values are better.
    package let direction: Direction

    /// A score of which more is better.
    static func ascending(_ name: String, _ value: Double) -> Score { Score(name, value, .ascending) }

    /// A score of which less is better.
    static func descending(_ name: String, _ value: Double) -> Score { Score(name, value, .descending) }

    private init(_ name: String, _ value: Double, _ direction: Direction) {
        self.name = name
        self.value = value
        self.direction = direction
    }

    /// Whether the value is at least as good as a bound; NaN is not.
    func reaches(_ bound: Double) -> Bool { direction == .ascending ? value >= bound : value <= bound }

    /// A value that is worse by a share of this one's magnitude.
    func worsened(by share: Double) -> Double {
        let slack = share * value.magnitude
        return direction == .ascending ? value - slack : value + slack
    }
}

/// The scores of one model on one set of rows.
package struct Scores: Hashable, Sendable {
    /// The scores, the most telling one first.
    package let all: [Score]

    init(_ all: [Score]) { self.all = all }

    /// The score of a name.
    package subscript(name: String) -> Score? { all.first { $0.name == name } }
}
