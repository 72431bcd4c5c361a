import Synchronization

/// How long the parts of a prediction took, in nanoseconds.
package struct PredictionTimes: Hashable, Sendable {
    /// Reading the request.
    package var preprocess: Int64 = 0
    /// The model's arithmetic.
    package var predict: Int64 = 0
    /// Writing the answer.
    package var postprocess: Int64 = 0
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
            counts.latency.observe(nanoseconds: times.preprocess + times.predict + times.postprocess)
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

    /// Counts a request that the model refused or failed.
    func record(_ error: ServingError) {
        state.withLock { $0.errors[error.kind, default: 0] += 1 }
    }
}
