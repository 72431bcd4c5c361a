extension Fault {
    /// Lets the fault show in the values of a metric.
    ///
    /// - Parameters:
    ///   - name: the metric.
    ///   - values: its values at all moments.
    ///   - typical: its median on the healthy cluster.
    ///   - step: the seconds from one moment to the next.
    func apply(to name: String, _ values: inout [Double], typical: Double, step: Int, _ random: inout SplitMix64) {
        switch kind {
        case .cpuSpike where name == "pod_cpu_usage": raise(&values, by: random.uniform(2...3) * typical)
        case .cpuSpike:
            for moment in moments { values[moment] = (0.9 + 0.05 * random.normal()).clamped(0.8, 1) }
        // Some traffic is a flood even where there is none usually.
        case .networkFlood: raise(&values, by: random.uniform(5...10) * max(typical, 1))
        case .memoryLeak, .diskFill: fill(&values, to: random.uniform(0.93...0.99))
        case .restartStorm where name == "pods_not_running":
            for moment in moments { values[moment] = random.uniform(0.1...0.4) }
        case .restartStorm:
            let unit = Signal.restart(name, step: step)
            for moment in moments { values[moment] += Double(1 + random.poisson(mean: 5)) * unit }
        case .flatLine:
            for moment in moments { values[moment] = 0.02 * typical }
        }
    }

    private func raise(_ values: inout [Double], by amount: Double) {
        for moment in moments { values[moment] += amount }
    }

    /// Lets values rise to a level in the first half of the fault, and stay there.
    private func fill(_ values: inout [Double], to level: Double) {
        let half = Double(max(1, moments.count / 2))
        for (index, moment) in moments.enumerated() {
            let share = min(1, Double(index + 1) / half)
            values[moment] += share * max(0, level - values[moment])
        }
    }
}
