/// Times the stages of a run, and tells of them.
struct Stopwatch {
    private let observe: @Sendable (RunEvent) -> Void
    private let clock = ContinuousClock()
    /// How long each stage took that has ended.
    private(set) var seconds: [RunStage: Double] = [:]

    init(_ observe: @escaping @Sendable (RunEvent) -> Void) { self.observe = observe }

    mutating func time<Value>(
        _ stage: RunStage, _ work: () throws(RunError) -> Value
    ) throws(RunError) -> Value {
        let start = begin(stage)
        let value = try work()
        end(stage, start)
        return value
    }

    mutating func time<Value>(
        _ stage: RunStage, _ work: () async throws(RunError) -> Value
    ) async throws(RunError) -> Value {
        let start = begin(stage)
        let value = try await work()
        end(stage, start)
        return value
    }

    private func begin(_ stage: RunStage) -> ContinuousClock.Instant {
        observe(.began(stage))
        return clock.now
    }

    private mutating func end(_ stage: RunStage, _ start: ContinuousClock.Instant) {
        let duration = (clock.now - start) / .seconds(1)
        seconds[stage] = duration
        observe(.ended(stage, seconds: duration))
    }
}
