/// Which elements to compare and exchange, one pair after the other, so that any elements are in order in the end.
///
/// Source: Batcher, "Sorting networks and their applications", AFIPS 1968 (odd-even merge sort); pairs beyond the
/// number of elements are left out, as if the greatest elements were there already.
package struct SortingNetworks: Sendable {
    /// The most elements that are sorted.
    static let maximumCount = 256
    /// Per number of elements, the pairs.
    private let pairs: [[SIMD2<UInt8>]]

    /// The networks of all sizes.
    package init() {
        pairs = (0...Self.maximumCount).map(Self.pairs)
    }

    /// The pairs for some elements.
    subscript(count: Int) -> [SIMD2<UInt8>] { pairs[count] }

    private static func pairs(sorting count: Int) -> [SIMD2<UInt8>] {
        var pairs: [SIMD2<UInt8>] = []
        var width = 1
        while width < count {
            var distance = width
            while distance >= 1 {
                for low in 0..<max(0, count - distance) {
                    let isMerged = low / (2 * width) == (low + distance) / (2 * width)
                    let isFirst = low >= distance % width && (low - distance % width) / distance % 2 == 0
                    if isFirst && isMerged { pairs.append(SIMD2(UInt8(low), UInt8(low + distance))) }
                }
                distance /= 2
            }
            width *= 2
        }
        return pairs
    }
}
