/// numpy's `RandomState`: from the same seed, the same draws in the same order.
///
/// Draws are those of `randint` with its default type (`int64`), `random_sample`, `permutation`, `shuffle` and
/// `choice`. One state belongs to one thread; copies go on independently from where they were made.
///
/// Source: numpy `random/mtrand.pyx`, `random/src/distributions/distributions.c` (the legacy stream, which numpy
/// promises not to change: NEP 19).
package struct RandomState: Sendable {
    private var generator: MersenneTwister

    /// `numpy.random.RandomState(seed)`.
    package init(seed: UInt32) {
        generator = MersenneTwister(seed: seed)
    }

    // MARK: - Numbers

    /// `randint(range.lowerBound, range.upperBound)`: an integer of a range, which must not be empty.
    package mutating func integer(in range: Range<Int>) -> Int {
        precondition(!range.isEmpty, "an integer of an empty range")
        let last = UInt64(bitPattern: Int64(range.upperBound &- 1 &- range.lowerBound))
        return range.lowerBound &+ Int(truncatingIfNeeded: bounded(through: last))
    }

    /// `randint(range.lowerBound, range.upperBound, size=count)`.
    package mutating func integers(in range: Range<Int>, count: Int) -> [Int] {
        var integers: [Int] = []
        integers.reserveCapacity(count)
        for _ in 0..<count { integers.append(integer(in: range)) }
        return integers
    }

    /// `random_sample()`: a number of at least 0 and below 1, a multiple of 2^-53.
    package mutating func double() -> Double {
        let high = generator.next() >> 5
        let low = generator.next() >> 6
        return (Double(high) * 0x1p26 + Double(low)) * 0x1p-53
    }

    /// `random_sample(count)`, which is also what `uniform(size=count)` draws.
    package mutating func doubles(count: Int) -> [Double] {
        var doubles: [Double] = []
        doubles.reserveCapacity(count)
        for _ in 0..<count { doubles.append(double()) }
        return doubles
    }

    // MARK: - Orders

    /// `shuffle(elements)`: puts the elements in a random order.
    package mutating func shuffle<Element>(_ elements: inout [Element]) {
        for last in stride(from: elements.count - 1, to: 0, by: -1) {
            elements.swapAt(last, Int(bounded(through: UInt64(last))))
        }
    }

    /// `permutation(count)`: the numbers from 0 to `count - 1` in a random order.
    package mutating func permutation(_ count: Int) -> [Int] {
        var numbers = Array(0..<count)
        shuffle(&numbers)
        return numbers
    }

    // MARK: - Choices

    /// `choice(population, count, replace=False)`; there must be as many to choose from.
    package mutating func choice(of population: Int, count: Int) -> [Int] {
        precondition(count <= population, "a larger choice than there is")
        return Array(permutation(population).prefix(count))
    }

    /// `choice(probabilities.count, count, replace=True, p=probabilities)`.
    ///
    /// - Parameter probabilities: at least one, none negative, their sum 1 but for rounding.
    package mutating func choice(probabilities: [Double], count: Int) -> [Int] {
        var sum = 0.0
        var bounds = probabilities.map { probability in
            sum += probability
            return sum
        }
        for index in bounds.indices { bounds[index] /= sum }
        return doubles(count: count).map { number in
            bounds.partitioningIndex { $0 > number }
        }
    }

    /// A number from 0 through `last`: bits as many as `last` has, drawn anew until they do not exceed it.
    @inline(__always)
    private mutating func bounded(through last: UInt64) -> UInt64 {
        guard last > 0 else { return 0 }
        let mask = UInt64.max >> UInt64(last.leadingZeroBitCount)
        while true {
            let bits = last <= UInt64(UInt32.max) ? UInt64(generator.next()) : next64()
            if bits & mask <= last { return bits & mask }
        }
    }

    private mutating func next64() -> UInt64 {
        let high = UInt64(generator.next())
        return high << 32 | UInt64(generator.next())
    }
}

extension [Double] {
    /// The first index from which on elements satisfy a condition that, once satisfied, stays so; else the count.
    fileprivate func partitioningIndex(where isSatisfied: (Double) -> Bool) -> Int {
        var range = 0..<count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if isSatisfied(self[middle]) {
                range = range.lowerBound..<middle
            } else {
                range = middle + 1..<range.upperBound
            }
        }
        return range.lowerBound
    }
}
