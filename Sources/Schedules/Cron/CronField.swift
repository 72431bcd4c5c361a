/// The values that one field of a cron expression names, as a set of small numbers.
struct CronField: Hashable, Sendable {
    /// Bit n is set if n is in the set; all are below 64.
    private let bits: UInt64
    /// Whether the field is spelled `*`: what counts for the rule of the two day fields is the spelling.
    let isAny: Bool

    init(values: some Sequence<Int>, isAny: Bool) {
        bits = values.reduce(0) { $0 | 1 << UInt64($1) }
        self.isAny = isAny
    }

    func contains(_ value: Int) -> Bool { bits >> UInt64(value) & 1 == 1 }

    /// The least value in the set that is not below another.
    func first(atOrAfter value: Int) -> Int? {
        let rest = bits >> UInt64(value)
        return rest == 0 ? nil : value + rest.trailingZeroBitCount
    }
}
