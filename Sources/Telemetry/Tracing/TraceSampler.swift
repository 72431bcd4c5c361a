/// Which traces are recorded, by the names of OpenTelemetry's variable `OTEL_TRACES_SAMPLER`.
public struct TraceSampler: Hashable, Sendable {
    /// Which share of the traces that begin here is recorded, from 0 to 1.
    let share: Double
    /// Whether a caller's decision stands.
    let asksCaller: Bool

    /// - Parameters:
    ///   - share: which share of the traces that begin here is recorded, from 0 to 1.
    ///   - asksCaller: whether a caller's decision stands.
    public init(share: Double = 1, asksCaller: Bool = true) {
        self.share = share
        self.asksCaller = asksCaller
    }

    /// The sampler of a name and its argument; nil if there is none.
    public init?(name: String, argument: String?) {
        let share: Double
        switch name.replacing("parentbased_", with: "", maxReplacements: 1) {
        case "always_on": share = 1
        case "always_off": share = 0
        case "traceidratio":
            guard let ratio = argument.map({ Double($0) }) ?? 1, 0...1 ~= ratio else { return nil }
            share = ratio
        default: return nil
        }
        self.init(share: share, asksCaller: name.hasPrefix("parentbased_"))
    }

    /// Whether a trace is recorded; all who see it decide alike, by its identifier.
    func isSampled(_ parent: TraceContext?, _ id: TraceContext.TraceID) -> Bool {
        if asksCaller, let parent { return parent.isSampled }
        return share >= 1 || Double(id.low >> 11) * 0x1p-53 < share
    }
}
