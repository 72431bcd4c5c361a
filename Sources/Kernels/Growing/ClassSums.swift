/// What is called the impurity of a node whose targets are classes.
package enum ClassImpurity: Sendable {
    /// The chance that two rows drawn from the node are of different classes.
    case gini
    /// Shannon's entropy of the classes' shares, in bits.
    case entropy
}

/// The weights of the classes of each target.
///
/// Source: scikit-learn `tree/_criterion.pyx`, `ClassificationCriterion`, `Gini` and `Entropy`.
package struct ClassSums: SplitSums, ~Copyable {
    private let impurity: ClassImpurity
    /// Per target, the number of classes.
    let classCounts: [Int]
    /// The largest number of classes of any target.
    private let classWidth: Int
    let weights: Scratch<Double>
    /// Per row and target, where its class's sum is.
    let places: Scratch<Int32>

    /// Per target and class, the weight of the node's rows.
    let total: Scratch<Double>
    private let left: Scratch<Double>
    private let right: Scratch<Double>
    package private(set) var position = 0
    private var range = 0..<0
    package private(set) var nodeWeight = 0.0
    package private(set) var leftWeight = 0.0
    package private(set) var rightWeight = 0.0

    /// Sums for the rows of a tree.
    ///
    /// - Parameters:
    ///   - classes: the class of each row and target, row after row, each below its target's count.
    ///   - classCounts: of each target.
    ///   - weights: of each row.
    package init(classes: [Int32], classCounts: [Int], weights: [Double], impurity: ClassImpurity) {
        let targetCount = classCounts.count
        precondition(targetCount > 0 && classes.count == weights.count * targetCount)
        self.impurity = impurity
        self.classCounts = classCounts
        self.weights = Scratch(weights)
        let classWidth = classCounts.max() ?? 1
        self.classWidth = classWidth
        places = Scratch(
            classes.indices.map { index in
                let target = index % targetCount
                precondition((0..<classCounts[target]).contains(Int(classes[index])))
                return Int32(target * classWidth) + classes[index]
            })
        total = Scratch(repeating: 0, count: targetCount * classWidth)
        left = Scratch(repeating: 0, count: targetCount * classWidth)
        right = Scratch(repeating: 0, count: targetCount * classWidth)
    }

    @inline(never)
    package mutating func start(_ samples: borrowing NodeSamples, _ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= samples.count)
        self.range = range
        nodeWeight = 0
        for place in 0..<total.count { unsafe total[unchecked: place] = 0 }
        let targetCount = classCounts.count
        for place in range {
            let row = samples.row(place)
            let weight = unsafe weights[unchecked: row]
            for target in 0..<targetCount {
                unsafe total[unchecked: Int(places[unchecked: row &* targetCount &+ target])] += weight
            }
            nodeWeight += weight
        }
        reset()
    }

    @inline(__always)
    package mutating func reset() {
        position = 0
        leftWeight = 0
        rightWeight = nodeWeight
        for place in 0..<total.count {
            unsafe left[unchecked: place] = 0
            unsafe right[unchecked: place] = total[unchecked: place]
        }
    }

    /// Adds the rows up to the position, or takes those after it from the total if they are fewer.
    @inline(__always)
    package mutating func move(to position: Int, _ samples: borrowing NodeSamples) {
        let targetCount = classCounts.count
        if position &- self.position <= range.count &- position {
            for place in range.lowerBound &+ self.position..<range.lowerBound &+ position {
                let row = samples.row(place)
                let weight = unsafe weights[unchecked: row]
                for target in 0..<targetCount {
                    unsafe left[unchecked: Int(places[unchecked: row &* targetCount &+ target])] += weight
                }
                leftWeight += weight
            }
        } else {
            leftWeight = nodeWeight
            for place in 0..<total.count { unsafe left[unchecked: place] = total[unchecked: place] }
            for place in (range.lowerBound &+ position..<range.upperBound).reversed() {
                let row = samples.row(place)
                let weight = unsafe weights[unchecked: row]
                for target in 0..<targetCount {
                    unsafe left[unchecked: Int(places[unchecked: row &* targetCount &+ target])] -= weight
                }
                leftWeight -= weight
            }
        }
        rightWeight = nodeWeight - leftWeight
        for place in 0..<total.count {
            unsafe right[unchecked: place] = total[unchecked: place] - left[unchecked: place]
        }
        self.position = position
    }

    @inline(__always)
    package func merit() -> Double {
        let impurities = impurities()
        return -rightWeight * impurities.right - leftWeight * impurities.left
    }

    package func childImpurities(_ samples: borrowing NodeSamples) -> (left: Double, right: Double) {
        impurities()
    }

    package func nodeImpurity() -> Double { impurity(total, nodeWeight) }

    @inline(__always)
    private func impurities() -> (left: Double, right: Double) {
        (impurity(left, leftWeight), impurity(right, rightWeight))
    }

    /// The impurity of a group of rows, averaged over the targets.
    @inline(__always)
    private func impurity(_ sums: borrowing Scratch<Double>, _ weight: Double) -> Double {
        var impurity = 0.0
        for target in classCounts.indices {
            let places = target &* classWidth..<target &* classWidth &+ classCounts[target]
            switch self.impurity {
            case .gini: impurity += gini(sums, places, weight)
            case .entropy: subtractEntropy(sums, places, weight, from: &impurity)
            }
        }
        return impurity / Double(classCounts.count)
    }

    package func appendValues(to values: inout [Double]) {
        for place in 0..<total.count {
            let isClass = place % classWidth < classCounts[place / classWidth]
            unsafe values.append(isClass ? total[unchecked: place] / nodeWeight : 0)
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

@inline(__always)
private func gini(_ sums: borrowing Scratch<Double>, _ places: Range<Int>, _ weight: Double)
    -> Double
{
    var squares = 0.0
    for place in places { unsafe squares += sums[unchecked: place] * sums[unchecked: place] }
    return 1 - squares / (weight * weight)
}

/// One running sum over the targets, as scikit-learn keeps it.
@inline(__always)
private func subtractEntropy(
    _ sums: borrowing Scratch<Double>,
    _ places: Range<Int>,
    _ weight: Double,
    from entropy: inout Double
) {
    for place in places {
        let sum = unsafe sums[unchecked: place]
        guard sum > 0 else { continue }
        let share = sum / weight
        entropy -= share * (logarithm(share) / logarithm(2))
    }
}
