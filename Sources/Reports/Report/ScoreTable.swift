/// Scores of the new model, the candidate, beside those of the models and rules that it has to beat.
package struct ScoreTable: Hashable, Sendable {
    /// Which values of a score are better.
    package enum Direction: String, Hashable, Sendable {
        /// As of F1.
        case higher
        /// As of errors.
        case lower
    }

    /// A score, and what each contender reached on the same rows.
    package struct Score: Hashable, Sendable {
        /// What was measured, e.g. `F1`.
        package var name: String
        /// Which values are better; nil if neither is.
        package var better: Direction?
        /// The values, in the order of the contenders; nil where there is none.
        package var values: [Double?]

        /// A score.
        package init(_ name: String, better: Direction?, _ values: [Double?]) {
            self.name = name
            self.better = better
            self.values = values
        }

        /// The value of a contender, if there is one that can be compared.
        func value(_ contender: Int) -> Double? {
            guard values.indices.contains(contender), let value = values[contender], value.isFinite else { return nil }
            return value
        }

        /// The value of a contender as people read it.
        func text(_ contender: Int) -> String {
            values.indices.contains(contender) ? NumberText.aligned(values)[contender] : NumberText.missing
        }

        /// Whether no contender reached a better value than one did.
        func isBest(_ contender: Int) -> Bool {
            guard let better, let value = value(contender) else { return false }
            let finite = values.indices.compactMap(self.value)
            return finite.count > 1 && value == (better == .higher ? finite.max() : finite.min())
        }

        /// How much better the candidate is than another contender: positive if it is better.
        func margin(over contender: Int) -> Margin? {
            guard contender > 0, let better, let own = value(0), let other = value(contender) else { return nil }
            switch better {
            case .higher: return Margin(isBetter: own >= other, difference: .absolute(own - other))
            case .lower:
                guard other > 0 else { return nil }
                return Margin(isBetter: own <= other, difference: .relative(own / other - 1))
            }
        }
    }

    /// How far the candidate is from another contender.
    struct Margin: Hashable {
        enum Difference: Hashable {
            /// In the unit of the score.
            case absolute(Double)
            /// As a part of the other's value.
            case relative(Double)
        }

        let isBetter: Bool
        let difference: Difference

        /// The margin as people read it, e.g. `+0.031` or `−29%`.
        var text: String {
            switch difference {
            case .absolute(let value): NumberText.signed(value, significantDigits: 2)
            case .relative(let value): NumberText.signedPercent(value)
            }
        }
    }

    /// Whose scores they are: the candidate's, then e.g. the champion's and those of naive forecasts.
    package var contenders: [String]
    /// The scores.
    package var scores: [Score]

    /// A table of scores.
    package init(contenders: [String], scores: [Score]) {
        self.contenders = contenders
        self.scores = scores
    }
}
