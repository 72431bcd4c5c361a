/// Finds the best split of a node by the bins of its rows.
///
/// Of a large node the terms of each bin are added up, feature after feature. Of a small node there are fewer rows
/// than bins: the rows are sorted by their bins, eight features at a time, and added up one after the other. The
/// order of all additions depends on the node alone. Of splits that are equally good, that by the feature drawn first
/// is taken.
package struct HistogramSearch: ~Copyable {
    /// The most rows of a node that are sorted: beyond, adding up bins is faster.
    private static var sortedCount: Int { SortingNetworks.maximumCount }

    private let rows: BinnedRows
    private let networks: SortingNetworks
    private let terms: NodeTerms
    /// Per row of the tree, its row in the fit.
    private let fitRows: Scratch<Int32>
    /// The node's rows in the fit, in the order of its terms.
    private let nodeRows: Scratch<Int32>
    /// Per feature, the first and the last bin of the node's rows.
    private let firstBins: Scratch<UInt8>
    private let lastBins: Scratch<UInt8>
    /// Per feature, when it was drawn for the node; negative if it was not.
    private let ranks: Scratch<Int32>
    /// Bins and rows, eight features side by side.
    private let keys: Scratch<Int16>
    /// The sums of each bin; zeros between two features.
    private let sums: Scratch<Float>

    private var count = 0
    private var nodeWeight: Float = 0
    private var limits = LeafLimits(rowCount: 1, weight: 0)
    private var best = BestBins()

    /// A search among the rows of a tree.
    ///
    /// - Parameter fitRows: per row of the tree, its row in the fit.
    package init(
        _ rows: BinnedRows, fitRows: [Int32], terms: consuming NodeTerms, networks: SortingNetworks
    ) {
        precondition(fitRows.allSatisfy { (0..<rows.rowCount).contains(Int($0)) } && terms.rowCount == fitRows.count)
        self.rows = rows
        self.networks = networks
        self.fitRows = Scratch(fitRows)
        nodeRows = Scratch(repeating: 0, count: fitRows.count)
        firstBins = Scratch(repeating: 0, count: rows.stride)
        lastBins = Scratch(repeating: 0, count: rows.stride)
        ranks = Scratch(repeating: -1, count: rows.featureCount)
        keys = Scratch(repeating: 0, count: Self.sortedCount * KeyVector.scalarCount)
        sums = Scratch(repeating: 0, count: FeatureBins.maximumCount * terms.layout.width)
        self.terms = terms
    }

    /// Turns to a node.
    @inline(never)
    package mutating func start(_ samples: borrowing NodeSamples, _ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= samples.count && samples.count == fitRows.count)
        count = range.count
        for index in 0..<count {
            unsafe nodeRows[unchecked: index] = fitRows[unchecked: samples.row(range.lowerBound &+ index)]
        }
        for first in stride(from: 0, to: rows.stride, by: CodeVector.scalarCount) { findEnds(first) }
    }

    /// Finds the first and the last bins of neighbouring features.
    @inline(__always)
    private func findEnds(_ first: Int) {
        var lowest = CodeVector(repeating: .max)
        var highest = CodeVector(repeating: 0)
        for index in 0..<count {
            let codes = unsafe rows.vector(unchecked: Int(nodeRows[unchecked: index]) &* rows.stride &+ first)
            lowest.replace(with: codes, where: codes .< lowest)
            highest.replace(with: codes, where: codes .> highest)
        }
        unsafe firstBins.store(lowest, unchecked: first)
        unsafe lastBins.store(highest, unchecked: first)
    }

    /// Whether the rows of the node started with are all in one bin.
    package func isConstant(_ feature: Int32) -> Bool {
        precondition(feature >= 0 && feature < rows.featureCount)
        return unsafe firstBins[unchecked: Int(feature)] == lastBins[unchecked: Int(feature)]
    }

    /// The best split of the node started with.
    ///
    /// - Parameters:
    ///   - features: those drawn for it, in their order; none of them constant.
    ///   - nodeSums: sums over its rows.
    /// - Returns: the split, and the last bin that goes left.
    package mutating func best(
        of features: [Int32],
        _ nodeSums: borrowing some SplitSums & ~Copyable,
        _ samples: borrowing NodeSamples,
        _ range: Range<Int>,
        _ limits: LeafLimits
    ) -> (split: BestSplit, lastBin: UInt8) {
        precondition(range.count == count)
        best = BestBins()
        self.limits = limits
        nodeWeight = Float(nodeSums.nodeWeight)
        nodeSums.fill(terms, samples, range)
        for (rank, feature) in features.enumerated() { setRank(Int32(rank), of: feature) }
        switch terms.layout.vectors {
        case 1: search(TermSums<1>.self)
        case 2: search(TermSums<2>.self)
        case 3: search(TermSums<3>.self)
        case 4: search(TermSums<4>.self)
        case 5: search(TermSums<5>.self)
        case 9: search(TermSums<9>.self)
        case 17: search(TermSums<17>.self)
        default: search(TermSums<65>.self)
        }
        for feature in features { setRank(-1, of: feature) }
        guard best.feature >= 0 else { return (BestSplit(), 0) }
        return (best.split(of: count, rows.bins[Int(best.feature)]), best.last)
    }

    private func setRank(_ rank: Int32, of feature: Int32) {
        precondition(feature >= 0 && feature < rows.featureCount)
        unsafe ranks[unchecked: Int(feature)] = rank
    }

    private mutating func search<let vectors: Int>(_ type: TermSums<vectors>.Type) {
        if count <= Self.sortedCount { searchSmall(type) } else { searchLarge(type) }
    }
}

// MARK: - Large nodes

extension HistogramSearch {
    private mutating func searchLarge<let vectors: Int>(_ type: TermSums<vectors>.Type) {
        for feature in 0..<rows.featureCount where unsafe ranks[unchecked: feature] >= 0 {
            addUp(type, feature)
            searchBins(type, feature)
        }
    }

    /// Adds up the terms of each bin of a feature.
    @inline(never)
    private func addUp<let vectors: Int>(_: TermSums<vectors>.Type, _ feature: Int) {
        let codes = rows.columns.span
        let first = feature &* rows.rowCount
        for index in 0..<count {
            let code = unsafe Int(codes[unchecked: first &+ Int(nodeRows[unchecked: index])])
            let place = code &* 4 &* vectors
            var sum = unsafe sums.load(as: TermSums<vectors>.self, unchecked: place)
            unsafe sum.add(terms.numbers.load(as: TermSums<vectors>.Row.self, unchecked: index &* 4 &* vectors))
            unsafe sums.store(sum, unchecked: place)
        }
    }

    /// Looks at the splits between the bins of a feature that rows are in.
    @inline(never)
    private mutating func searchBins<let vectors: Int>(
        _: TermSums<vectors>.Type, _ feature: Int
    ) {
        var left = TermSums<vectors>()
        var last = -1
        let fewest = Float(limits.rowCount)
        let most = Float(count) - fewest
        let nodeWeight = nodeWeight
        var merit = best.merit
        let range = unsafe Int(firstBins[unchecked: feature])...Int(lastBins[unchecked: feature])
        for bin in range {
            let place = bin &* 4 &* vectors
            guard unsafe sums[unchecked: place &+ (4 &* vectors &- 2)] > 0 else { continue }
            let (squares, weight) = (left.squares, left.weight)
            if squares >= merit * (weight * (nodeWeight - weight)) && left.count >= fewest && left.count <= most {
                consider(squares: squares, weight: weight, Int(left.count), feature, last: last, next: bin)
                merit = best.merit
            }
            unsafe left.add(sums.load(as: TermSums<vectors>.Row.self, unchecked: place))
            unsafe sums.store(TermSums<vectors>(), unchecked: place)
            last = bin
        }
    }
}

// MARK: - Small nodes

/// Bins and rows of eight features.
typealias KeyVector = SIMD8<Int16>

extension HistogramSearch {
    private mutating func searchSmall<let vectors: Int>(_ type: TermSums<vectors>.Type) {
        var group = SIMD8<Int32>(repeating: 0)
        var groupCount = 0
        for feature in 0..<rows.featureCount where unsafe ranks[unchecked: feature] >= 0 {
            group[groupCount] = Int32(feature)
            groupCount += 1
            if groupCount == KeyVector.scalarCount {
                searchSorted(type, group, groupCount)
                groupCount = 0
            }
        }
        if groupCount > 0 { searchSorted(type, group, groupCount) }
    }

    /// Looks at the splits between the rows in the order of some features.
    @inline(__always)
    private mutating func searchSorted<let vectors: Int>(
        _ type: TermSums<vectors>.Type, _ group: SIMD8<Int32>, _ groupCount: Int
    ) {
        if groupCount == KeyVector.scalarCount && group[7] &- group[0] == 7 {
            gatherNeighbours(Int(group[0]))
        } else {
            gather(group, groupCount)
        }
        sortKeys()
        for lane in 0..<groupCount { searchRows(type, Int(group[lane]), lane) }
    }

    /// A key in whose order rows are in that of their bins: smaller bins are more negative, rows are the lowest bits.
    @inline(never)
    private func gatherNeighbours(_ first: Int) {
        let codes = unsafe rows.codes.span.bytes
        for index in 0..<count {
            let place = unsafe Int(nodeRows[unchecked: index]) &* rows.stride &+ first
            let eight = unsafe codes.unsafeLoadUnaligned(fromUncheckedByteOffset: place, as: SIMD8<UInt8>.self)
            let wide = KeyVector(truncatingIfNeeded: eight) &<< 8
            unsafe keys.store(
                (wide ^ KeyVector(repeating: .min)) | KeyVector(repeating: Int16(truncatingIfNeeded: index)),
                unchecked: index &* KeyVector.scalarCount)
        }
    }

    @inline(never)
    private func gather(_ group: SIMD8<Int32>, _ groupCount: Int) {
        let codes = rows.columns.span
        for lane in 0..<groupCount {
            let first = Int(group[lane]) &* rows.rowCount
            for index in 0..<count {
                let code = unsafe codes[unchecked: first &+ Int(nodeRows[unchecked: index])]
                let key = (Int16(code) &<< 8 ^ .min) | Int16(truncatingIfNeeded: index)
                unsafe keys[unchecked: index &* KeyVector.scalarCount &+ lane] = key
            }
        }
    }

    @inline(never)
    private func sortKeys() {
        let pairs = networks[count]
        for pair in pairs {
            let places = (Int(pair.x) &* KeyVector.scalarCount, Int(pair.y) &* KeyVector.scalarCount)
            let one = unsafe keys.load(as: KeyVector.self, unchecked: places.0)
            let other = unsafe keys.load(as: KeyVector.self, unchecked: places.1)
            unsafe keys.store(one.replacing(with: other, where: other .< one), unchecked: places.0)
            unsafe keys.store(other.replacing(with: one, where: other .< one), unchecked: places.1)
        }
    }

    @inline(never)
    private mutating func searchRows<let vectors: Int>(
        _: TermSums<vectors>.Type, _ feature: Int, _ lane: Int
    ) {
        var left = TermSums<vectors>()
        var place = lane
        let end = (count &- limits.rowCount) &* KeyVector.scalarCount
        let start = (limits.rowCount &- 1) &* KeyVector.scalarCount
        let nodeWeight = nodeWeight
        var merit = best.merit
        while place < end {
            let row = unsafe Int(keys[unchecked: place] & 0xff)
            unsafe left.add(terms.numbers.load(as: TermSums<vectors>.Row.self, unchecked: row &* 4 &* vectors))
            let (squares, weight) = (left.squares, left.weight)
            if squares >= merit * (weight * (nodeWeight - weight)) && place >= start {
                considerRow(squares: squares, weight: weight, place, feature)
                merit = best.merit
            }
            place &+= KeyVector.scalarCount
        }
    }

    /// Looks at the split after a row, if the next one is of another bin.
    @inline(never)
    private mutating func considerRow(squares: Float, weight: Float, _ place: Int, _ feature: Int) {
        let last = unsafe keys[unchecked: place] &>> 8
        let next = unsafe keys[unchecked: place &+ KeyVector.scalarCount] &>> 8
        guard last != next else { return }
        consider(
            squares: squares, weight: weight, place / KeyVector.scalarCount + 1, feature, last: Int(last) + 128,
            next: Int(next) + 128)
    }
}

// MARK: - Choice

/// The best split so far, by bins.
private struct BestBins: BitwiseCopyable {
    var feature: Int32 = -1
    /// When the feature was drawn.
    var rank: Int32 = -1
    var leftCount = 0
    /// The last bin on the left, and the first one on the right.
    var last: UInt8 = 0
    var next: UInt8 = 0
    /// The sum of squares over the product of both weights.
    var merit: Float = -1

    /// The split of a node of some rows.
    func split(of count: Int, _ bins: FeatureBins) -> BestSplit {
        var split = BestSplit()
        split.feature = feature
        split.leftCount = leftCount
        split.threshold = bins.threshold(Int(last), Int(next))
        split.missingGoesLeft = leftCount > count - leftCount
        split.merit = Double(merit)
        return split
    }
}

extension HistogramSearch {
    /// Keeps a split if it is better than the best one so far, or as good and drawn before it.
    @inline(never)
    private mutating func consider(
        squares: Float, weight: Float, _ leftCount: Int, _ feature: Int, last: Int, next: Int
    ) {
        let merit = squares / (weight * (nodeWeight - weight))
        let rank = unsafe ranks[unchecked: feature]
        // Rounded to single precision, the weight of a side may be nothing beside that of the other.
        guard weight < nodeWeight, merit > best.merit || merit == best.merit && rank < best.rank,
            Double(weight) >= limits.weight, Double(nodeWeight - weight) >= limits.weight
        else { return }
        best = BestBins(
            feature: Int32(feature), rank: rank, leftCount: leftCount, last: UInt8(last), next: UInt8(next),
            merit: merit)
    }
}
