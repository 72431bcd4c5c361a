/// What the rows of a node add to the sums of a side: of each target or class the distance from the node's mean times
/// the row's weight, and the weight.
///
/// With the sums `S` over the left side and the weights `L` and `R` of both sides, `sum(S * S) / (L * R)` is greatest
/// where the decrease of squared error is, or of Gini impurity if a class is a target that is 1 or 0. Distances from
/// the mean keep the digits that single precision has to those that tell splits apart.
package struct NodeTerms: ~Copyable {
    /// How a row's numbers are laid out.
    let layout: TermLayout
    /// What distances are multiplied by, so that their squares are neither infinite nor zero.
    let scale: Double
    /// The numbers of the node's rows, in their order.
    let numbers: Scratch<Float>
    /// The most rows of a node.
    let rowCount: Int

    /// The most targets, or classes of all targets.
    package static var maximumTermCount: Int { TermLayout.maximumTermCount }

    /// Memory for the terms of a tree's nodes.
    ///
    /// - Parameters:
    ///   - termCount: from 1 to ``maximumTermCount``.
    ///   - largest: what no term is greater than, in absolute value.
    package init(rowCount: Int, termCount: Int, largest: Double) {
        layout = TermLayout(termCount: termCount)
        let scale = 1 / largest
        self.scale = scale.isFinite ? scale : 1
        self.rowCount = rowCount
        numbers = Scratch(repeating: 0, count: rowCount * layout.width)
    }

    /// Notes what a row weighs.
    @inline(__always)
    func setWeight(_ weight: Double, ofRow index: Int) {
        let place = index &* layout.width &+ layout.weightPlace
        unsafe numbers[unchecked: place] = Float(weight)
        unsafe numbers[unchecked: place &+ 1] = 1
    }
}

extension SquaredErrorSums {
    package func fill(_ terms: borrowing NodeTerms, _ samples: borrowing NodeSamples, _ range: Range<Int>) {
        precondition(terms.layout.holds(targetCount) && range.count <= terms.rowCount)
        for index in 0..<range.count {
            let row = samples.row(range.lowerBound &+ index)
            let weight = unsafe weights[unchecked: row]
            let share = weight / nodeWeight
            for target in 0..<targetCount {
                let number = unsafe weighted[unchecked: row &* targetCount &+ target]
                let distance = unsafe (number - share * total[unchecked: target]) * terms.scale
                unsafe terms.numbers[unchecked: index &* terms.layout.width &+ target] = Float(distance)
            }
            terms.setWeight(weight, ofRow: index)
        }
    }
}

extension ClassSums {
    package func fill(_ terms: borrowing NodeTerms, _ samples: borrowing NodeSamples, _ range: Range<Int>) {
        precondition(terms.layout.holds(total.count) && range.count <= terms.rowCount)
        let targetCount = classCounts.count
        for index in 0..<range.count {
            let row = samples.row(range.lowerBound &+ index)
            let weight = unsafe weights[unchecked: row]
            let share = weight / nodeWeight
            let first = index &* terms.layout.width
            for place in 0..<total.count {
                unsafe terms.numbers[unchecked: first &+ place] = Float(-share * total[unchecked: place])
            }
            for target in 0..<targetCount {
                let place = unsafe Int(places[unchecked: row &* targetCount &+ target])
                unsafe terms.numbers[unchecked: first &+ place] = Float(weight - share * total[unchecked: place])
            }
            terms.setWeight(weight, ofRow: index)
        }
    }
}
