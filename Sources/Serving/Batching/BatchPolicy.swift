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
    // Measured on two processors, in one process, single rows from 64 and 256 callers: gathering costs 2 to 3
    // microseconds of processor time a request (2 of them for a model that costs nothing, a million requests/s at once
    // and 570 000 gathered), besides the way past the fast lane. A row of the isolation forest of 200 trees takes 1.4
    // microseconds alone and 0.9 in a batch of 32, which is not worth it. Rows of dearer models cost as much in a batch
    // as alone: 12 forests of 100 trees 15 microseconds (88 000 to 100 000 requests/s at once, 81 000 to 99 000
    // gathered), 1500 support vectors 18 (95 000 and 82 000), a linear map to 1000 targets 16 (22 000 and 19 000).
    // So batching gains only where a model's operators do more for many rows at once than for one, and those measured
    // do not; what a cheaper row than the bound could save at best, gathering would take again.
    /// The work of a row, in steps of about a nanosecond, from which on waiting for others can be worth it.
    private static let leastStepsWorthGathering = 10_000

    /// Whether a row takes so long that answering several together can be worth more than gathering them costs.
    var isWorthGathering: Bool { stepsPerRow >= Self.leastStepsWorthGathering }
}
