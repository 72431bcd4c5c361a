import ArgumentParser
import Serving

/// The flags of `apus serve` for answering requests together, in the spelling of KServe's agent.
struct BatchOptions: ParsableArguments {
    @Option(
        name: .kserve("enable_batcher"),
        help: """
            Answer requests of several callers to one model together (y/n), whatever their protocol. Models whose rows \
            cost less than waiting still answer at once. --queue-limit bounds how many wait.
            """)
    var enableBatcher = KServeBool(false)

    @Option(name: .kserve("max_batchsize"), help: "The rows at which a batch is answered; requests with more go alone.")
    var maxBatchsize = 32

    @Option(
        name: .kserve("max_latency"),
        help: "The milliseconds after which a batch is answered, however few its rows: what a lone request waits.")
    var maxLatency = 5.0

    func validate() throws {
        guard enableBatcher.value, policy == nil else { return }
        let rows = BatchPolicy.rowBounds
        throw ValidationError(
            """
            --max-batchsize must be from \(rows.lowerBound) to \(rows.upperBound), \
            and --max-latency from 0.001 to 60000
            """)
    }

    /// When requests are answered together; nil if they are not.
    var policy: BatchPolicy? {
        guard enableBatcher.value, 0...60_000 ~= maxLatency else { return nil }
        return BatchPolicy(maximumRows: maxBatchsize, maximumWait: .seconds(maxLatency / 1_000))
    }
}
