extension RandomState {
    /// scikit-learn's `sample_without_replacement`: distinct numbers below `population`, in the order it draws them.
    ///
    /// - Parameter count: how many; at most `population`.
    ///
    /// Source: scikit-learn `utils/_random.pyx`, method `auto`: by the share of the population that is drawn, numbers
    /// are drawn until they are new, taken from a permutation, or put in a reservoir.
    package mutating func sampleWithoutReplacement(of population: Int, count: Int) -> [Int] {
        precondition(count <= population, "a larger sample than there is")
        let share = population == 0 ? 1 : Double(count) / Double(population)
        if share > 0.01 && share < 0.99 { return Array(permutation(population).prefix(count)) }
        return share < 0.2
            ? trackedSample(of: population, count) : reservoirSample(of: population, count)
    }

    private mutating func trackedSample(of population: Int, _ count: Int) -> [Int] {
        var chosen: Set<Int> = []
        var sample: [Int] = []
        while sample.count < count {
            let number = integer(in: 0..<population)
            if chosen.insert(number).inserted { sample.append(number) }
        }
        return sample
    }

    private mutating func reservoirSample(of population: Int, _ count: Int) -> [Int] {
        var sample = Array(0..<count)
        for number in count..<population {
            let place = integer(in: 0..<number + 1)
            if place < count { sample[place] = number }
        }
        return sample
    }
}
