/// `left · right`, summed in eight interleaved parts, as BLAS also does in an order of its own.
@inline(__always)
package func dot(_ left: Span<Double>, _ right: Span<Double>) -> Double {
    precondition(left.count == right.count)
    let count = left.count
    var (index, eight) = (0, SIMD8<Double>.zero)
    while index &+ 8 <= count {
        eight += load8(left, index) * load8(right, index)
        index &+= 8
    }
    // What is left joins halfway through the sum of the parts, so that few additions wait for each other.
    var four = eight.lowHalf + eight.highHalf
    if index &+ 4 <= count {
        four += load4(left, index) * load4(right, index)
        index &+= 4
    }
    let two = four.lowHalf + four.highHalf
    var sum = two[0] + two[1]
    while index < count {
        sum += left[index] * right[index]
        index &+= 1
    }
    return sum
}

/// `|left - right|²`, summed in eight interleaved parts.
@inline(__always)
package func squaredDistance(_ left: Span<Double>, _ right: Span<Double>) -> Double {
    precondition(left.count == right.count)
    let count = left.count
    var (index, eight) = (0, SIMD8<Double>.zero)
    while index &+ 8 <= count {
        let difference = load8(left, index) - load8(right, index)
        eight += difference * difference
        index &+= 8
    }
    var four = eight.lowHalf + eight.highHalf
    if index &+ 4 <= count {
        let difference = load4(left, index) - load4(right, index)
        four += difference * difference
        index &+= 4
    }
    let two = four.lowHalf + four.highHalf
    var sum = two[0] + two[1]
    while index < count {
        let difference = left[index] - right[index]
        sum += difference * difference
        index &+= 1
    }
    return sum
}

/// Eight elements from an index on; the load checks that they lie in the span, and any bits are a Double.
@inline(__always)
private func load8(_ values: Span<Double>, _ index: Int) -> SIMD8<Double> {
    unsafe values.bytes.unsafeLoadUnaligned(
        fromByteOffset: index &* MemoryLayout<Double>.stride,
        as: SIMD8<Double>.self
    )
}

/// Four elements from an index on, as `load8`.
@inline(__always)
private func load4(_ values: Span<Double>, _ index: Int) -> SIMD4<Double> {
    unsafe values.bytes.unsafeLoadUnaligned(
        fromByteOffset: index &* MemoryLayout<Double>.stride,
        as: SIMD4<Double>.self
    )
}
