/// How a feature follows from its metric's values up to and including those of the row's moment.
///
/// Steps are the schema's. A window of `n` holds the values of the moment and of the `n - 1` steps before, all of which
/// must be there. A standard deviation is the population's (divided by `n`, as `stddev_over_time` of PromQL), and
/// exactly 0 where the window's values are equal.
public enum Formula: Hashable, Sendable {
    /// The value so many steps before; 0 is the moment's own.
    case lag(Int)
    /// A statistic of a window.
    case rolling(Statistic, window: Int)
    /// How much the value has grown since so many steps before.
    case difference(lag: Int)
    /// The difference over the earlier value; 0 where that is 0.
    case relativeChange(lag: Int)

    /// What a window is summed up by.
    public enum Statistic: Hashable, Sendable {
        /// The arithmetic mean.
        case mean
        /// The population's standard deviation.
        case standardDeviation
        /// The least value.
        case minimum
        /// The greatest value.
        case maximum
    }

    /// How many steps before a row's moment it looks back.
    public var history: Int {
        switch self {
        case .lag(let steps), .difference(let steps), .relativeChange(let steps): steps
        case .rolling(_, let window): window - 1
        }
    }

    /// Whether its numbers of steps make sense.
    var isValid: Bool {
        switch self {
        case .lag(let steps): steps >= 0
        case .difference(let steps), .relativeChange(let steps): steps >= 1
        case .rolling(_, let window): window >= 1
        }
    }
}
