import Inference
import Tensors

/// When requests of several callers to one version of a model are answered together.
public struct BatchPolicy: Hashable, Sendable {
    /// How many rows a batch may have.
    public static let rowBounds = 2...65_536
    /// How long rows may be kept waiting.
    public static let waitBounds = Duration.microseconds(1)...Duration.seconds(60)

    /// The number of rows at which a batch is answered; no batch has more.
    public let maximumRows: Int
    /// The time after which a batch is answered, however few its rows, from when its first caller came.
    public let maximumWait: Duration

    /// A policy; nil if a number is out of ``rowBounds`` or ``waitBounds``.
    public init?(maximumRows: Int, maximumWait: Duration) {
        guard Self.rowBounds.contains(maximumRows), Self.waitBounds.contains(maximumWait) else { return nil }
        self.maximumRows = maximumRows
        self.maximumWait = maximumWait
    }

    /// The same in nanoseconds.
    var maximumWaitNanoseconds: Int64 {
        let (seconds, attoseconds) = maximumWait.components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }

    /// Whether rows may wait for others.
    ///
    /// Those that fill a batch, and those that the model may refuse, are answered alone: the refusal of some would have
    /// a whole batch evaluated again.
    func gathers(_ rows: Matrix<Double>, _ methods: [PredictionMethod], for plan: Plan) -> Bool {
        rows.rowCount > 0 && rows.rowCount < maximumRows && rows.columnCount == plan.featureCount
            && methods.allSatisfy(plan.methods.contains) && rows.elements.allSatisfy(\.isFinite)
    }
}

extension Plan {
    /// The work of a row, in steps of about a nanosecond, from which on waiting for others can be worth it.
    private static let leastStepsWorthGathering = 10_000

    /// Whether a row takes so long that answering several together can be worth more than gathering them costs.
    var isWorthGathering: Bool { stepsPerRow >= Self.leastStepsWorthGathering }
}
