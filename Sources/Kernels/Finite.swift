/// Whether no element is NaN or infinite.
@inline(never)
package func areFinite(_ values: Span<Double>) -> Bool {
    // x - x is 0, all of whose bits are 0, for finite x only; an OR of bits can be taken in any order, so this
    // vectorises.
    var bits: UInt64 = 0
    for index in values.indices { bits |= (values[index] - values[index]).bitPattern }
    return bits == 0
}

/// Whether no element is NaN or infinite once it is rounded to `Float`.
@inline(never)
package func areFiniteAsFloat(_ values: Span<Double>) -> Bool {
    var bits: UInt32 = 0
    for index in values.indices {
        let value = Float(values[index])
        bits |= (value - value).bitPattern
    }
    return bits == 0
}
