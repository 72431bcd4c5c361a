/// Sums of targets, whose variance is the impurity: scikit-learn's `squared_error`.
///
/// Source: scikit-learn `tree/_criterion.pyx`, `RegressionCriterion` and `MSE`.
package struct SquaredErrorSums: SplitSums, ~Copyable {
    /// The number of targets.
    let targetCount: Int
    /// Per row, its weight.
    let weights: Scratch<Double>
    /// Per row and target, the target times the row's weight.
    let weighted: Scratch<Double>
    /// Per row and target, that times the target.
    private let squares: Scratch<Double>

    /// Per target, the sum over the node's rows.
    let total: Scratch<Double>
    private let left: Scratch<Double>
    private let right: Scratch<Double>
    private var squareTotal = 0.0
    package private(set) var position = 0
    private var range = 0..<0
    package private(set) var nodeWeight = 0.0
    package private(set) var leftWeight = 0.0
    package private(set) var rightWeight = 0.0

    /// Sums for the rows of a tree.
    ///
    /// - Parameters:
    ///   - targets: `weights.count * targetCount` numbers, row after row.
    ///   - weights: of each row.
    package init(targets: [Double], targetCount: Int, weights: [Double]) {
        precondition(targetCount > 0 && targets.count == weights.count * targetCount)
        self.targetCount = targetCount
        var weighted = targets
        for index in weighted.indices { weighted[index] *= weights[index / targetCount] }
        squares = Scratch(zip(weighted, targets).map { $0 * $1 })
        self.weighted = Scratch(weighted)
        self.weights = Scratch(weights)
        total = Scratch(repeating: 0, count: targetCount)
        left = Scratch(repeating: 0, count: targetCount)
        right = Scratch(repeating: 0, count: targetCount)
    }

    @inline(never)
    package mutating func start(_ samples: borrowing NodeSamples, _ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= samples.count)
        self.range = range
        nodeWeight = 0
        squareTotal = 0
        for target in 0..<targetCount { unsafe total[unchecked: target] = 0 }
        for place in range {
            let row = samples.row(place)
            let first = row &* targetCount
            for target in 0..<targetCount {
                unsafe total[unchecked: target] += weighted[unchecked: first &+ target]
                unsafe squareTotal += squares[unchecked: first &+ target]
            }
            unsafe nodeWeight += weights[unchecked: row]
        }
        reset()
    }

    @inline(__always)
    package mutating func reset() {
        position = 0
        leftWeight = 0
        rightWeight = nodeWeight
        for target in 0..<targetCount {
            unsafe left[unchecked: target] = 0
            unsafe right[unchecked: target] = total[unchecked: target]
        }
    }

    /// Adds the rows up to the position, or takes those after it from the total if they are fewer.
    @inline(__always)
    package mutating func move(to position: Int, _ samples: borrowing NodeSamples) {
        if position &- self.position <= range.count &- position {
            moveForward(to: position, samples)
            return
        }
        leftWeight = nodeWeight
        for target in 0..<targetCount { unsafe left[unchecked: target] = total[unchecked: target] }
        for place in (range.lowerBound &+ position..<range.upperBound).reversed() {
            let row = samples.row(place)
            let first = row &* targetCount
            for target in 0..<targetCount {
                unsafe left[unchecked: target] -= weighted[unchecked: first &+ target]
            }
            unsafe leftWeight -= weights[unchecked: row]
        }
        finishMove(to: position)
    }

    /// Adds the rows up to the position.
    @inline(__always)
    private mutating func moveForward(to position: Int, _ samples: borrowing NodeSamples) {
        for place in range.lowerBound &+ self.position..<range.lowerBound &+ position {
            let row = samples.row(place)
            let first = row &* targetCount
            for target in 0..<targetCount {
                unsafe left[unchecked: target] += weighted[unchecked: first &+ target]
            }
            unsafe leftWeight += weights[unchecked: row]
        }
        finishMove(to: position)
    }

    @inline(__always)
    private mutating func finishMove(to position: Int) {
        rightWeight = nodeWeight - leftWeight
        for target in 0..<targetCount {
            unsafe right[unchecked: target] = total[unchecked: target] - left[unchecked: target]
        }
        self.position = position
    }

    @inline(__always)
    package func merit() -> Double {
        var leftSquares = 0.0
        var rightSquares = 0.0
        for target in 0..<targetCount {
            unsafe leftSquares += left[unchecked: target] * left[unchecked: target]
            unsafe rightSquares += right[unchecked: target] * right[unchecked: target]
        }
        return leftSquares / leftWeight + rightSquares / rightWeight
    }

    package func nodeImpurity() -> Double {
        var impurity = squareTotal / nodeWeight
        for target in 0..<targetCount {
            let mean = unsafe total[unchecked: target] / nodeWeight
            impurity -= mean * mean
        }
        return impurity / Double(targetCount)
    }

    @inline(never)
    package func childImpurities(_ samples: borrowing NodeSamples) -> (left: Double, right: Double) {
        var leftSquares = 0.0
        for place in range.lowerBound..<range.lowerBound + position {
            let first = samples.row(place) &* targetCount
            for target in 0..<targetCount { unsafe leftSquares += squares[unchecked: first &+ target] }
        }
        var impurities = (
            left: leftSquares / leftWeight, right: (squareTotal - leftSquares) / rightWeight
        )
        for target in 0..<targetCount {
            let leftMean = unsafe left[unchecked: target] / leftWeight
            let rightMean = unsafe right[unchecked: target] / rightWeight
            impurities.left -= leftMean * leftMean
            impurities.right -= rightMean * rightMean
        }
        return (impurities.left / Double(targetCount), impurities.right / Double(targetCount))
    }

    package func appendValues(to values: inout [Double]) {
        for target in 0..<targetCount { unsafe values.append(total[unchecked: target] / nodeWeight) }
    }

    /// Improves on the best split with those at some positions, all values being apart.
    ///
    /// - Parameter positions: in ascending order, each leaving enough on both sides.
    @inline(never)
    package mutating func search(
        _ samples: borrowing NodeSamples,
        _ pass: SearchPass,
        at positions: [Int32],
        _ best: inout BestSplit
    ) {
        reset()
        for position in positions {
            precondition(position > 0 && position < range.count)
            moveForward(to: Int(position), samples)
            consider(samples, pass, &best)
        }
    }

    @inline(never)
    package mutating func search(
        _ samples: borrowing NodeSamples,
        _ pass: SearchPass,
        _ limits: LeafLimits,
        _ best: inout BestSplit
    ) {
        searchPositions(samples, pass, limits, &best)
    }
}
