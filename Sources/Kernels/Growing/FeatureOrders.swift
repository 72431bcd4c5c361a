/// The rows of each node of a growing tree in the order of each feature.
///
/// Sorted once, rows stay in order: a split takes those of either side out of the order of each feature. Source:
/// Mehta, Agrawal and Rissanen, "SLIQ: a fast scalable classifier for data mining", EDBT 1996.
///
/// A node's rows take the same range of places in every feature's order as in ``NodeSamples``. No value may be missing.
package struct FeatureOrders: ~Copyable {
    private let rowCount: Int
    private let featureCount: Int
    /// Per feature, the rows of the tree in the order of nodes, those of a node in ascending order.
    let rows: Scratch<Int32>
    /// Rows that go right, until those that go left are in place.
    private let waiting: Scratch<Int32>
    /// Per row, 1 if it goes right.
    private let goesRight: Scratch<UInt8>
    /// Per feature, where the node lies whose values are known to be all apart.
    private let distinctStart: Scratch<Int32>
    private let distinctEnd: Scratch<Int32>

    /// The orders of the root.
    ///
    /// - Parameters:
    ///   - orders: per feature, the rows of the fit in ascending order.
    ///   - places: per row of the fit, its row in the tree; negative if the tree does not grow from it.
    ///   - rowCount: the number of rows of the tree.
    package init(_ orders: [[Int32]], places: [Int32], rowCount: Int) {
        precondition(places.count { $0 >= 0 } == rowCount && places.allSatisfy { $0 < rowCount })
        self.rowCount = rowCount
        featureCount = orders.count
        // A row that is not of the tree is written after the last one, and overwritten by the next.
        rows = Scratch(repeating: 0, count: orders.count * rowCount + 1)
        waiting = Scratch(repeating: 0, count: rowCount + 1)
        goesRight = Scratch(repeating: 0, count: rowCount)
        distinctStart = Scratch(repeating: 0, count: orders.count)
        distinctEnd = Scratch(repeating: 0, count: orders.count)
        for feature in orders.indices {
            precondition(orders[feature].count == places.count)
            var end = feature * rowCount
            for row in orders[feature] {
                let place = places[Int(row)]
                unsafe rows[unchecked: end] = place
                end += place < 0 ? 0 : 1
            }
            precondition(end == (feature + 1) * rowCount)
        }
    }

    /// Where the order of a feature begins among ``rows``.
    @inline(__always)
    func start(of feature: Int32, _ range: Range<Int>) -> Int {
        precondition(feature >= 0 && feature < featureCount && range.lowerBound >= 0 && range.upperBound <= rowCount)
        return Int(feature) &* rowCount &+ range.lowerBound
    }

    /// The smallest and the largest value of a node.
    package func ends(of feature: Int32, _ range: Range<Int>, in column: Span<Float>) -> (first: Float, last: Float) {
        let start = start(of: feature, range)
        return unsafe (
            column[Int(rows[unchecked: start])], column[Int(rows[unchecked: start + range.count - 1])]
        )
    }

    /// Whether each value of a node differs from the next one by more than ``featureThreshold``; so do those of the
    /// nodes below it then.
    package func isDistinct(_ feature: Int32, _ range: Range<Int>, in column: Span<Float>) -> Bool {
        let start = start(of: feature, range)
        let index = Int(feature)
        if unsafe Int(distinctStart[unchecked: index]) <= range.lowerBound
            && range.upperBound <= Int(distinctEnd[unchecked: index])
        {
            return true
        }
        precondition(column.count == rowCount)
        for place in start..<start + range.count - 1 {
            let value = unsafe column[unchecked: Int(rows[unchecked: place])]
            if unsafe column[unchecked: Int(rows[unchecked: place + 1])] <= value + featureThreshold { return false }
        }
        unsafe distinctStart[unchecked: index] = Int32(range.lowerBound)
        unsafe distinctEnd[unchecked: index] = Int32(range.upperBound)
        return true
    }
}

// MARK: - Splitting

extension FeatureOrders {
    /// Takes the rows of a node's children out of its orders.
    ///
    /// - Parameters:
    ///   - leftCount: how many of the node's rows go left: those that come first in `samples`.
    ///   - features: whose orders are needed below the node.
    ///   - leaves: children whose rows need not be in any order.
    package func split(
        _ range: Range<Int>,
        leftCount: Int,
        _ samples: borrowing NodeSamples,
        features: Span<Int32>,
        leaves: (left: Bool, right: Bool)
    ) {
        if leaves.left && leaves.right { return }
        let middle = range.lowerBound + leftCount
        precondition(range.contains(middle) && samples.count == rowCount)
        for place in range { unsafe goesRight[unchecked: samples.row(place)] = place < middle ? 0 : 1 }
        for index in features.indices {
            let start = start(of: features[index], range)
            if leaves.right {
                keepLeft(start, range.count)
            } else if leaves.left {
                keepRight(start, range.count)
            } else {
                separate(start, range.count, leftCount)
            }
        }
    }

    @inline(never)
    private func separate(_ start: Int, _ count: Int, _ leftCount: Int) {
        var left = start
        var right = 0
        for place in start..<start &+ count {
            let row = unsafe rows[unchecked: place]
            let isRight = unsafe Int(goesRight[unchecked: Int(row)])
            unsafe rows[unchecked: left] = row
            unsafe waiting[unchecked: right] = row
            left &+= 1 &- isRight
            right &+= isRight
        }
        precondition(right == count - leftCount)
        for index in 0..<right { unsafe rows[unchecked: left &+ index] = waiting[unchecked: index] }
    }

    @inline(never)
    private func keepLeft(_ start: Int, _ count: Int) {
        var left = start
        for place in start..<start &+ count {
            let row = unsafe rows[unchecked: place]
            unsafe rows[unchecked: left] = row
            unsafe left &+= 1 &- Int(goesRight[unchecked: Int(row)])
        }
    }

    @inline(never)
    private func keepRight(_ start: Int, _ count: Int) {
        var right = start &+ count &- 1
        for place in (start..<start &+ count).reversed() {
            let row = unsafe rows[unchecked: place]
            unsafe rows[unchecked: right] = row
            unsafe right &-= Int(goesRight[unchecked: Int(row)])
        }
    }
}

extension NodeSamples {
    /// Puts the rows of a node in the order of a feature, and looks up their values.
    package func arrange(
        _ range: Range<Int>,
        by feature: Int32,
        _ orders: borrowing FeatureOrders,
        in column: Span<Float>
    ) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count && column.count == count)
        let start = orders.start(of: feature, range)
        for index in 0..<range.count {
            let row = unsafe orders.rows[unchecked: start + index]
            let sample = unsafe NodeSample(value: column[unchecked: Int(row)], row: row)
            unsafe samples[unchecked: range.lowerBound + index] = sample
        }
    }
}
