import Synchronization

/// How long the parts of a prediction took, in nanoseconds.
package struct PredictionTimes: Hashable, Sendable {
    /// Reading the request.
    package var preprocess: Int64 = 0
    /// Waiting for rows of other callers.
    package var wait: Int64 = 0
    /// The model's arithmetic.
    package var predict: Int64 = 0
    /// Writing the answer.
    package var postprocess: Int64 = 0
    /// All of it.
    var total: Int64 { preprocess + wait + predict + postprocess }
}

/// What answered a prediction request, and how long it took.
package struct AnsweredBy: Hashable, Sendable {
    /// The model's name.
    package let model: String
    /// The version, if one is known.
    package let version: String?
    /// How many rows it answered.
    package let rows: Int
    /// How long the parts took.
    package let times: PredictionTimes
}

/// Counts the answers of one model.
package final class ModelMeter: Sendable {
    /// What has been counted.
    struct Counts: Sendable {
        var predictions: UInt64 = 0
        var errors: [String: UInt64] = [:]
        var preprocess = Histogram()
        var predict = Histogram()
        var postprocess = Histogram()
        var explain = Histogram()
        var latency = Histogram()
        var shadow = ShadowCounts()
        var batches = BatchCounts()
    }

    /// What has been counted of requests that were answered together.
    struct BatchCounts: Sendable {
        var rows = RowHistogram()
        var wait = Histogram()
    }

    /// What has been counted while the version was asked as a shadow.
    struct ShadowCounts: Sendable {
        var rows: UInt64 = 0
        var disagreements: UInt64 = 0
        var failures: UInt64 = 0
        var dropped: UInt64 = 0
        var latency = Histogram()
    }

    private let state = Mutex(Counts())

    init() {}

    /// What has been counted so far.
    var counts: Counts { state.withLock { $0 } }

    /// Counts an answer; one lock for all of it.
    func record(_ times: PredictionTimes) {
        state.withLock { counts in
            counts.predictions += 1
            counts.preprocess.observe(nanoseconds: times.preprocess)
            counts.predict.observe(nanoseconds: times.predict)
            counts.postprocess.observe(nanoseconds: times.postprocess)
            counts.latency.observe(nanoseconds: times.total)
        }
    }

    /// Counts a batch that was answered together.
    ///
    /// - Parameter waits: how many nanoseconds each of its callers waited for it to begin.
    func record(batchOf rows: Int, waits: [Int64]) {
        state.withLock { counts in
            counts.batches.rows.observe(rows)
            for wait in waits { counts.batches.wait.observe(nanoseconds: wait) }
        }
    }

    /// Counts what came of asking the version as a shadow.
    func record(_ comparison: ShadowComparison) {
        state.withLock { counts in
            switch comparison {
            case .made(let rows, let disagreements, let nanoseconds):
                counts.shadow.rows += UInt64(rows)
                counts.shadow.disagreements += UInt64(disagreements)
                counts.shadow.latency.observe(nanoseconds: nanoseconds)
            case .failed: counts.shadow.failures += 1
            case .dropped: counts.shadow.dropped += 1
            }
        }
    }

    /// Does a part of answering, and counts the refusal if it fails.
    func counting<Value>(_ work: () throws(ServingError) -> Value) throws(ServingError) -> Value {
        do throws(ServingError) { return try work() } catch {
            record(error)
            throw error
        }
    }

    /// Counts a request that the model refused or failed.
    func record(_ error: ServingError) {
        state.withLock { $0.errors[error.kind, default: 0] += 1 }
    }
}
