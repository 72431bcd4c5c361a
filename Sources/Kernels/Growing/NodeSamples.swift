/// A training row of a growing tree, with the value by which the rows of its node are being put in order.
struct NodeSample: BitwiseCopyable {
    /// The row's value of the feature that is looked at.
    var value: Float
    /// The row, counted among those the tree grows from.
    var row: Int32
}

/// The rows that a tree grows from, those of each node being neighbours.
///
/// A range is that of a node's places among them, and must not go beyond their count; a column holds the value of each
/// row. Unchecked accesses are sound because of that: every `row` is below the count, which is the length of columns.
package struct NodeSamples: ~Copyable {
    /// The number of rows.
    package let count: Int
    let samples: Scratch<NodeSample>
    /// Where rows wait that are being moved.
    private let moved: Scratch<NodeSample>

    /// The rows of a tree in their order.
    package init(count: Int) {
        self.count = count
        samples = Scratch((0..<Int32(count)).map { NodeSample(value: 0, row: $0) })
        moved = Scratch(repeating: NodeSample(value: 0, row: 0), count: count)
    }

    /// The values that were looked up for the first and the last place of a range.
    package func ends(of range: Range<Int>) -> (first: Float, last: Float) {
        precondition(!range.isEmpty && range.lowerBound >= 0 && range.upperBound <= count)
        return unsafe (
            samples[unchecked: range.lowerBound].value, samples[unchecked: range.upperBound - 1].value
        )
    }

    /// The row at a place.
    @inline(__always)
    func row(_ place: Int) -> Int { unsafe Int(samples[unchecked: place].row) }

    /// The value that was looked up for a place.
    @inline(__always)
    func value(_ place: Int) -> Float { unsafe samples[unchecked: place].value }

    private func check(_ range: Range<Int>, _ column: Span<Float>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count && column.count == count)
    }

    private func lookUp(_ range: Range<Int>, _ column: Span<Float>) {
        for place in range { unsafe samples[unchecked: place].value = column[unchecked: row(place)] }
    }
}

// MARK: - Order

extension NodeSamples {
    /// Looks up the rows' values and puts the rows in their order, missing ones last.
    ///
    /// Rows of equal values come to lie as scikit-learn's sort leaves them, which decides in what order targets are
    /// added up and thus how the sums are rounded. Source: scikit-learn `tree/_partitioner.pyx`,
    /// `sort_samples_and_feature_values`.
    ///
    /// - Parameter mayMiss: whether NaN may be among the values.
    /// - Returns: how many values are missing.
    @inline(never)
    package func sort(_ range: Range<Int>, by column: Span<Float>, mayMiss: Bool) -> Int {
        check(range, column)
        let missing = mayMiss ? moveMissingLast(range, column) : 0
        if !mayMiss { lookUp(range, column) }
        introsort(samples, range.lowerBound..<range.upperBound - missing)
        return missing
    }

    private func moveMissingLast(_ range: Range<Int>, _ column: Span<Float>) -> Int {
        var place = range.lowerBound
        var last = range.upperBound - 1
        while place <= last {
            if unsafe column[unchecked: row(last)].isNaN {
                last -= 1
                continue
            }
            if unsafe column[unchecked: row(place)].isNaN {
                unsafe samples.swapAt(unchecked: place, last)
                last -= 1
            }
            unsafe samples[unchecked: place].value = column[unchecked: row(place)]
            place += 1
        }
        return range.upperBound - place
    }

    /// Moves the missing rows, which come last, before the others; each group keeps its order.
    package func moveMissingFirst(_ range: Range<Int>, missing: Int) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count && missing <= range.count)
        let firstMissing = range.upperBound - missing
        for place in firstMissing..<range.upperBound {
            unsafe moved[unchecked: place - firstMissing] = samples[unchecked: place]
        }
        for place in (range.lowerBound..<firstMissing).reversed() {
            unsafe samples[unchecked: place + missing] = samples[unchecked: place]
        }
        for index in 0..<missing { unsafe samples[unchecked: range.lowerBound + index] = moved[unchecked: index] }
    }
}

// MARK: - Partition

/// The smallest and the largest of some values, and how many are missing.
package struct ValueRange: BitwiseCopyable, Sendable {
    /// The smallest value; infinity if all are missing.
    package let lowest: Float
    /// The largest value; minus infinity if all are missing.
    package let highest: Float
    /// How many are NaN.
    package let missing: Int
}

extension NodeSamples {
    /// Looks up the rows' values and finds their range.
    ///
    /// Source: scikit-learn `tree/_partitioner.pyx`, `find_min_max`.
    @inline(never)
    package func findRange(_ range: Range<Int>, of column: Span<Float>) -> ValueRange {
        check(range, column)
        var lowest = Float.infinity
        var highest = -Float.infinity
        var missing = 0
        for place in range {
            let value = unsafe column[unchecked: row(place)]
            unsafe samples[unchecked: place].value = value
            if value < lowest { lowest = value }
            if value > highest { highest = value }
            missing += value.isNaN ? 1 : 0
        }
        return ValueRange(lowest: lowest, highest: highest, missing: missing)
    }

    /// Moves the rows whose looked-up values are at most a threshold before the others.
    ///
    /// Source: scikit-learn `tree/_partitioner.pyx`, `partition_samples`: a row that goes right is exchanged with the
    /// last one that is not placed yet.
    ///
    /// - Returns: how many rows go left.
    @inline(never)
    package func partition(_ range: Range<Int>, threshold: Double, missingGoesLeft: Bool) -> Int {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        var start = range.lowerBound
        var end = range.upperBound
        while start < end {
            let value = value(start)
            if value.isNaN ? missingGoesLeft : Double(value) <= threshold {
                start += 1
            } else {
                end -= 1
                unsafe samples.swapAt(unchecked: start, end)
            }
        }
        return end - range.lowerBound
    }

    /// Looks up the rows' values and moves those at most a threshold before the others.
    ///
    /// - Returns: how many rows go left.
    package func partition(
        _ range: Range<Int>,
        by column: Span<Float>,
        threshold: Double,
        missingGoesLeft: Bool
    ) -> Int {
        check(range, column)
        lookUp(range, column)
        return partition(range, threshold: threshold, missingGoesLeft: missingGoesLeft)
    }
}
