/// Something that goes wrong on a synthetic cluster for a while.
package struct Fault: Hashable, Sendable {
    /// What goes wrong.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Processors are used at around 0.9.
        case cpuSpike = "cpu_spike"
        /// Memory fills up to nearly all of it.
        case memoryLeak = "memory_leak"
        /// Containers restart again and again, and pods wait.
        case restartStorm = "restart_storm"
        /// Traffic is several times what it should be.
        case networkFlood = "network_flood"
        /// A disk fills up to nearly all of it.
        case diskFill = "disk_fill"
        /// Nothing works any more: processors and network idle, and no value moves.
        case flatLine = "flat_line"
    }

    /// What goes wrong.
    package let kind: Kind
    /// At which moments of the grid.
    package let moments: Range<Int>
}

extension Fault.Kind {
    /// The metrics in which the fault shows.
    var metrics: Set<String> {
        switch self {
        case .cpuSpike: Self.processors
        case .memoryLeak: Self.memories
        case .restartStorm: Self.restarts.union(["pods_not_running"])
        case .networkFlood: Self.networks
        case .diskFill: ["disk_usage"]
        case .flatLine: Self.processors.union(Self.networks)
        }
    }

    static let processors: Set = ["cpu_usage", "node_cpu_utilization", "pod_cpu_usage"]
    static let memories: Set = ["memory_usage", "node_memory_utilization", "pod_memory_usage"]
    static let restarts: Set = ["pod_restarts", "container_restart_count"]
    static let networks: Set = ["network_in", "network_out"]

    /// How many seconds it lasts.
    var duration: ClosedRange<Double> {
        switch self {
        case .cpuSpike, .networkFlood: 600...3_600
        case .restartStorm: 900...3_600
        case .memoryLeak, .flatLine: 1_800...5_400
        case .diskFill: 1_800...7_200
        }
    }
}

/// Which faults happen when.
struct FaultPlan {
    /// The faults, in the order of time; no moment has two.
    let faults: [Fault]

    /// Draws faults until a share of the moments is anomalous, to the moment.
    ///
    /// - Parameter kinds: what may go wrong; each happens about as often as the others.
    init(kinds: [Fault.Kind], rate: Double, count: Int, step: Int, _ random: inout SplitMix64) {
        let total = kinds.isEmpty ? 0 : Int((rate * Double(count)).rounded())
        var drawn: [(kind: Fault.Kind, length: Int)] = []
        var round: [Fault.Kind] = []
        var rest = total
        while rest > 0 {
            if round.isEmpty { round = Self.shuffled(kinds, &random) }
            let kind = round.removeLast()
            let length = min(rest, max(1, Int(random.uniform(kind.duration)) / step))
            drawn.append((kind, length))
            rest -= length
        }
        drawn = Self.shuffled(drawn, &random)
        // Healthy moments are cut at random places, and a fault is put into each cut.
        let cuts = drawn.map { _ in random.integer(in: 0...count - total) }.sorted()
        var before = 0
        var faults: [Fault] = []
        for (cut, fault) in zip(cuts, drawn) {
            let start = cut + before
            faults.append(Fault(kind: fault.kind, moments: start..<start + fault.length))
            before += fault.length
        }
        self.faults = faults
    }

    /// Fisher and Yates' shuffle.
    private static func shuffled<Element>(_ elements: [Element], _ random: inout SplitMix64) -> [Element] {
        var elements = elements
        for index in elements.indices.dropFirst().reversed() {
            elements.swapAt(index, random.integer(in: 0...index))
        }
        return elements
    }
}
