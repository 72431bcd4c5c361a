/// Running sums of a row's whole numbers, one a target.
protocol EstimateLanes {
    /// The numbers of a row.
    associatedtype Row: BitwiseCopyable

    /// Sums that are zero.
    init()
    /// Adds a row.
    mutating func add(_ row: Row)
    /// The squares of the sums, added up.
    var squares: Float { get }
}

extension EstimateLanes {
    /// How many numbers a row has.
    static var width: Int { MemoryLayout<Row>.size / MemoryLayout<Int32>.size }
}

/// The sum for one target.
struct OneLane: EstimateLanes {
    private var sum: Int32 = 0

    @inline(__always)
    mutating func add(_ row: Int32) { sum &+= row }

    @inline(__always)
    var squares: Float {
        let float = Float(sum)
        return float * float
    }
}

/// The sums for up to four targets a block.
struct LaneBlocks<let blocks: Int>: EstimateLanes {
    private var sums = InlineArray<blocks, SIMD4<Int32>>(repeating: .zero)

    @inline(__always)
    mutating func add(_ row: InlineArray<blocks, SIMD4<Int32>>) {
        for block in 0..<blocks { unsafe sums[unchecked: block] &+= row[unchecked: block] }
    }

    @inline(__always)
    var squares: Float {
        var squares = SIMD4<Float>.zero
        for block in 0..<blocks {
            let floats = unsafe SIMD4<Float>(sums[unchecked: block])
            squares += floats * floats
        }
        let halves = squares.lowHalf + squares.highHalf
        return halves.x + halves.y
    }
}
