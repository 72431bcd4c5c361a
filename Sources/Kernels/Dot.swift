/// Vectors of this many elements are summed at once: two registers of AVX, four of SSE, enough to hide their latency.
private typealias Lane = SIMD8<Double>

private let bytesPerElement = MemoryLayout<Double>.stride

/// `left · right`, summed in eight interleaved parts, as BLAS also does in an order of its own.
@inline(__always)
package func dot(_ left: Span<Double>, _ right: Span<Double>) -> Double {
    precondition(left.count == right.count)
    let count = left.count
    let vectorEnd = count & ~(Lane.scalarCount - 1)
    let (leftBytes, rightBytes) = unsafe (left.bytes, right.bytes)
    var sums = Lane.zero
    var index = 0
    while index < vectorEnd {
        let offset = index &* bytesPerElement
        // Any bits are a Double, and both loads check that they lie in their span.
        let first = unsafe leftBytes.unsafeLoadUnaligned(fromByteOffset: offset, as: Lane.self)
        let second = unsafe rightBytes.unsafeLoadUnaligned(fromByteOffset: offset, as: Lane.self)
        sums += first * second
        index &+= Lane.scalarCount
    }
    var sum = sums.sum()
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
    let vectorEnd = count & ~(Lane.scalarCount - 1)
    let (leftBytes, rightBytes) = unsafe (left.bytes, right.bytes)
    var sums = Lane.zero
    var index = 0
    while index < vectorEnd {
        let offset = index &* bytesPerElement
        // As in `dot`.
        let first = unsafe leftBytes.unsafeLoadUnaligned(fromByteOffset: offset, as: Lane.self)
        let second = unsafe rightBytes.unsafeLoadUnaligned(fromByteOffset: offset, as: Lane.self)
        let difference = first - second
        sums += difference * difference
        index &+= Lane.scalarCount
    }
    var sum = sums.sum()
    while index < count {
        let difference = left[index] - right[index]
        sum += difference * difference
        index &+= 1
    }
    return sum
}
