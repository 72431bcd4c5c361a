/// Running sums of what rows add to a side of a split: terms, one a target or class, a weight and a count.
///
/// A row is some vectors of four numbers. Of one vector the first number is the only term; of several all but the last
/// are terms. Weight and count are the second and the third number of the last vector.
struct TermSums<let vectors: Int>: BitwiseCopyable {
    /// The numbers of one row, or sums of them.
    typealias Row = InlineArray<vectors, SIMD4<Float>>

    private var sums = Row(repeating: .zero)

    /// Sums that are zero.
    @inline(__always)
    init() {}

    /// Adds a row, or the sums of some.
    @inline(__always)
    mutating func add(_ row: Row) {
        for index in 0..<vectors { unsafe sums[unchecked: index] += row[unchecked: index] }
    }

    @inline(__always)
    var weight: Float { unsafe sums[unchecked: vectors &- 1].y }

    @inline(__always)
    var count: Float { unsafe sums[unchecked: vectors &- 1].z }

    /// The squares of the terms, added up.
    @inline(__always)
    var squares: Float {
        if vectors == 1 {
            let term = unsafe sums[unchecked: 0].x
            return term * term
        }
        var squares = SIMD4<Float>.zero
        for index in 0..<vectors &- 1 { unsafe squares += sums[unchecked: index] * sums[unchecked: index] }
        let halves = squares.lowHalf + squares.highHalf
        return halves.x + halves.y
    }
}

/// How the numbers of a row are laid out.
struct TermLayout {
    /// The numbers of vectors that there is code for.
    static let sizes = [1, 2, 3, 4, 5, 9, 17, 65]
    /// The most terms.
    static let maximumTermCount = 256

    /// How many vectors a row has.
    let vectors: Int
    var width: Int { 4 * vectors }
    var weightPlace: Int { width - 3 }

    /// The layout for some terms, at most ``maximumTermCount``.
    init(termCount: Int) {
        precondition((1...Self.maximumTermCount).contains(termCount))
        let needed = termCount == 1 ? 1 : (termCount + 3) / 4 + 1
        vectors = Self.sizes.first { $0 >= needed } ?? needed
    }

    /// Whether a row has room for some terms.
    func holds(_ termCount: Int) -> Bool { termCount <= (vectors == 1 ? 1 : width - 4) }
}
