/// Estimates how good the splits of a node are, so surely that only a few have to be worked out.
///
/// scikit-learn's merit of a split is, but for a term that all splits of the node have in common,
/// `D = sum(S * S) * W / (L * R)`: `S` is the sum over the rows on the left of weight times the distance of the target
/// from its mean, `W`, `L` and `R` are the weights of the node and of both sides. The estimate rounds these terms to
/// whole numbers, whose sums are exact in any order, and ends with a few operations in single precision.
///
/// ``cut`` is a bound: no split whose estimate is below it can have the greatest merit, as scikit-learn rounds it. With
/// `u = 2^-53`, `n` rows, `K` targets, `M` the largest target in absolute value, and weights that are whole numbers:
/// - scikit-learn's sums are off by at most `(3n + 4) u W M` a target, its merits by `(13n + 2K + 24) u W sum(M * M)`;
///   the mean that targets are taken from is off by `(n + 2) u M`, which adds `5 (n + 2) u W sum(M * M)`;
/// - a term is off by half a unit, a sum over the `m` rows on the left by `m / 2`, which is at most `L / 2`. With at
///   least
///   `l` rows on either side, `D` in squared units is off by `sqrt(K D / l) W + 3/4 K W W / l`;
/// - the operations in single precision are off by a share of `(K + 8) 2^-24`.
package struct MeritEstimator: ~Copyable {
    private let targetCount: Int
    /// How many numbers a row has: one, or enough of four for all targets.
    private let width: Int
    /// Per row, the whole numbers of its targets, and zeros up to the width of the lanes.
    private let terms: Scratch<Int32>
    /// Per row, its weight.
    private let weights: Scratch<Int32>
    /// Per weight on the left, `W / (L * R)`; NaN where a side would weigh too little.
    private let factors: Scratch<Float>
    /// Per target, its mean in the node.
    private let means: Scratch<Double>
    /// Per target, the sum of the distances from it.
    private let distances: Scratch<Double>
    /// The largest of each target in absolute value, squared and added up.
    private let largestSquares: Double
    private var range = 0..<0
    private var leafCount = 1
    private var nodeWeight = 0.0
    /// How many units a target's distance of 1 is.
    private var scale = 0.0

    /// An estimator for the rows of a tree; nil if there are too many targets or too much weight for any.
    ///
    /// - Parameters:
    ///   - targets: `weights.count * targetCount` numbers, row after row.
    ///   - weights: of each row; whole numbers of at least 1.
    package init?(targets: [Double], targetCount: Int, weights: [Double]) {
        precondition(targetCount > 0 && targets.count == weights.count * targetCount)
        let weight = weights.reduce(0, +)
        guard let width = Self.widths.first(where: { $0 >= targetCount }),
            weights.allSatisfy({ $0 >= 1 && $0 == $0.rounded() }), weight <= 0x1p30,
            weight * Double(weights.count) <= 0x1p49
        else { return nil }
        self.targetCount = targetCount
        self.width = width
        terms = Scratch(repeating: 0, count: weights.count * width)
        means = Scratch(repeating: 0, count: targetCount)
        distances = Scratch(repeating: 0, count: targetCount)
        factors = Scratch(repeating: 0, count: Int(weight) + 1)
        self.weights = Scratch(weights.map { Int32($0) })
        var largest = [Double](repeating: 0, count: targetCount)
        for index in targets.indices {
            largest[index % targetCount] = max(largest[index % targetCount], abs(targets[index]))
        }
        largestSquares = largest.reduce(0) { $0 + $1 * $1 }
    }

    /// The numbers of rows that there are lanes for.
    private static let widths = [1, 4, 8, 12, 16, 32, 64]

    /// Turns to a node, whose sums are given.
    ///
    /// - Returns: whether its splits can be estimated; else each has to be worked out.
    package mutating func start(
        _ samples: borrowing NodeSamples,
        _ range: Range<Int>,
        _ sums: borrowing SquaredErrorSums,
        _ limits: LeafLimits
    ) -> Bool {
        self.range = range
        leafCount = limits.rowCount
        nodeWeight = sums.nodeWeight
        scale = 0x1p30 / largestDistance(samples, sums)
        guard scale.isFinite, scale * scale > 0, (scale * scale * largestSquares).isFinite else { return false }
        roundTerms(samples, sums)
        fillFactors(limits)
        return true
    }

    /// Finds the means, and the largest sum of a target's distances from it.
    private func largestDistance(_ samples: borrowing NodeSamples, _ sums: borrowing SquaredErrorSums) -> Double {
        for target in 0..<targetCount {
            unsafe means[unchecked: target] = sums.total[unchecked: target] / nodeWeight
            unsafe distances[unchecked: target] = 0
        }
        for place in range {
            let row = samples.row(place)
            let weight = unsafe sums.weights[unchecked: row]
            for target in 0..<targetCount {
                let number = unsafe sums.weighted[unchecked: row &* targetCount &+ target]
                unsafe distances[unchecked: target] += abs(number - weight * means[unchecked: target])
            }
        }
        var largest = 0.0
        for target in 0..<targetCount { unsafe largest = max(largest, distances[unchecked: target]) }
        return largest
    }

    /// Rounds the weighted distances to whole units.
    private func roundTerms(_ samples: borrowing NodeSamples, _ sums: borrowing SquaredErrorSums) {
        // Added to a number below 2^31, this leaves the nearest whole number in the lowest bits.
        let magic = 0x1.8p52
        for place in range {
            let row = samples.row(place)
            let weight = unsafe sums.weights[unchecked: row]
            for target in 0..<targetCount {
                let number = unsafe sums.weighted[unchecked: row &* targetCount &+ target]
                let term = unsafe (number - weight * means[unchecked: target]) * scale
                unsafe terms[unchecked: row &* width &+ target] = Int32(
                    truncatingIfNeeded: (term + magic).bitPattern)
            }
        }
    }

    private func fillFactors(_ limits: LeafLimits) {
        for left in 1..<max(Int(nodeWeight), 1) {
            let (leftWeight, rightWeight) = (Double(left), nodeWeight - Double(left))
            let isAllowed = leftWeight >= limits.weight && rightWeight >= limits.weight
            unsafe factors[unchecked: left] = isAllowed ? Float(nodeWeight / (leftWeight * rightWeight)) : .nan
        }
    }

    /// What a split of the greatest merit is at least estimated as, given the greatest estimate.
    package func cut(below greatest: Float) -> Float {
        let (targets, greatest) = (Double(targetCount), Double(greatest))
        let single = 3 * (targets + 8) * 0x1p-24
        let leaf = Double(leafCount)
        let units =
            (targets * greatest / leaf).squareRoot() * nodeWeight + 0.75 * targets * nodeWeight * nodeWeight / leaf
        let sums = 24 * (Double(range.count) + targets + 4) * 0x1p-53 * nodeWeight * largestSquares * scale * scale
        return Float(greatest - single * greatest - 2.01 * (units + sums)).nextDown
    }
}

// MARK: - Scanning

extension MeritEstimator {
    /// The greatest estimate of a feature's splits; minus infinity if none is possible.
    package func greatest(of feature: Int32, _ orders: borrowing FeatureOrders, in column: Span<Float>) -> Float {
        switch width {
        case 1: greatest(OneLane.self, feature, orders, column)
        case 4: greatest(LaneBlocks<1>.self, feature, orders, column)
        case 8: greatest(LaneBlocks<2>.self, feature, orders, column)
        case 12: greatest(LaneBlocks<3>.self, feature, orders, column)
        case 16: greatest(LaneBlocks<4>.self, feature, orders, column)
        case 32: greatest(LaneBlocks<8>.self, feature, orders, column)
        default: greatest(LaneBlocks<16>.self, feature, orders, column)
        }
    }

    /// The positions of a feature whose estimates are not below the cut, in ascending order.
    package func positions(
        of feature: Int32,
        _ orders: borrowing FeatureOrders,
        in column: Span<Float>,
        notBelow cut: Float,
        into positions: inout [Int32]
    ) {
        switch width {
        case 1: collect(OneLane.self, feature, orders, column, cut, &positions)
        case 4: collect(LaneBlocks<1>.self, feature, orders, column, cut, &positions)
        case 8: collect(LaneBlocks<2>.self, feature, orders, column, cut, &positions)
        case 12: collect(LaneBlocks<3>.self, feature, orders, column, cut, &positions)
        case 16: collect(LaneBlocks<4>.self, feature, orders, column, cut, &positions)
        case 32: collect(LaneBlocks<8>.self, feature, orders, column, cut, &positions)
        default: collect(LaneBlocks<16>.self, feature, orders, column, cut, &positions)
        }
    }

    @inline(never)
    private func greatest<Lanes: EstimateLanes>(
        _ lanes: Lanes.Type,
        _ feature: Int32,
        _ orders: borrowing FeatureOrders,
        _ column: Span<Float>
    ) -> Float {
        var greatest = -Float.infinity
        if orders.isDistinct(feature, range, in: column) {
            scan(lanes, orders, orders.start(of: feature, range)) { _, estimate in
                if estimate > greatest { greatest = estimate }
            }
        } else {
            scanApart(lanes, orders, orders.start(of: feature, range), column) { _, estimate in
                if estimate > greatest { greatest = estimate }
            }
        }
        return greatest
    }

    @inline(never)
    private func collect<Lanes: EstimateLanes>(
        _ lanes: Lanes.Type,
        _ feature: Int32,
        _ orders: borrowing FeatureOrders,
        _ column: Span<Float>,
        _ cut: Float,
        _ positions: inout [Int32]
    ) {
        scanApart(lanes, orders, orders.start(of: feature, range), column) { position, estimate in
            if estimate >= cut { positions.append(Int32(position)) }
        }
    }

    /// Estimates the split at each position, all values being apart.
    @inline(__always)
    private func scan<Lanes: EstimateLanes>(
        _: Lanes.Type,
        _ orders: borrowing FeatureOrders,
        _ start: Int,
        _ visit: (_ position: Int, Float) -> Void
    ) {
        var lanes = Lanes()
        var weight = 0
        var position = 0
        while position < leafCount &- 1 {
            add(orders, start &+ position, &lanes, &weight)
            position &+= 1
        }
        let end = range.count &- leafCount
        while position < end {
            add(orders, start &+ position, &lanes, &weight)
            position &+= 1
            unsafe visit(position, lanes.squares * factors[unchecked: weight])
        }
    }

    /// Estimates the split at each position between values that are apart.
    @inline(__always)
    private func scanApart<Lanes: EstimateLanes>(
        _: Lanes.Type,
        _ orders: borrowing FeatureOrders,
        _ start: Int,
        _ column: Span<Float>,
        _ visit: (_ position: Int, Float) -> Void
    ) {
        precondition(column.count == weights.count)
        var lanes = Lanes()
        var weight = 0
        var position = 0
        let end = range.count &- leafCount
        var value = unsafe column[unchecked: Int(orders.rows[unchecked: start])]
        while position < end {
            add(orders, start &+ position, &lanes, &weight)
            position &+= 1
            let next = unsafe column[unchecked: Int(orders.rows[unchecked: start &+ position])]
            let isApart = next > value + featureThreshold
            value = next
            if isApart && position >= leafCount {
                unsafe visit(position, lanes.squares * factors[unchecked: weight])
            }
        }
    }

    @inline(__always)
    private func add<Lanes: EstimateLanes>(
        _ orders: borrowing FeatureOrders,
        _ place: Int,
        _ lanes: inout Lanes,
        _ weight: inout Int
    ) {
        let row = unsafe Int(orders.rows[unchecked: place])
        unsafe lanes.add(terms.load(as: Lanes.Row.self, unchecked: row &* Lanes.width))
        unsafe weight &+= Int(weights[unchecked: row])
    }
}
