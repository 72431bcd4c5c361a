import Glibc

/// A cluster of two nodes and two pods, of which everything is known: what its monitoring scraped, and what the metrics
/// truly were.
package struct ClusterUnderTest: Sendable {
    /// When its monitoring began and ended, in seconds since 1970.
    package let range: ClosedRange<Int>
    /// When the second node was started anew, and its counters began at zero.
    package let reset: Int

    /// A cluster that has been watched for so many days.
    package init(days: Double, endingAt end: Int) {
        let start = end - Int(days * 86_400)
        range = start...end
        reset = start + (end - start) * 2 / 3
    }

    /// A wave of a day around 0, from -1 to 1.
    private static func wave(_ time: Int) -> Double { sin(2 * Double.pi * Double(time % 86_400) / 86_400) }

    /// The share of processors' time in user mode, averaged over both nodes.
    package func cpuUser(_ time: Int) -> Double { 0.3 + 0.15 * Self.wave(time) }
    /// The share of memory that is not available.
    package func memoryUsage(_ time: Int) -> Double { 0.6 + 0.1 * Self.wave(time + 7_200) }
    /// The share of the file systems that is used.
    package func diskUsage(_ time: Int) -> Double {
        0.4 + 0.2 * Double(time - range.lowerBound) / Double(max(1, range.upperBound - range.lowerBound))
    }
    /// What all pods receive, in bytes a second.
    package func bytesIn(_ time: Int) -> Double { 1e8 + 5e7 * Self.wave(time) }
    /// What all pods send, in bytes a second.
    package func bytesOut(_ time: Int) -> Double { 0.8 * bytesIn(time) }
    /// How often containers restart, per second.
    package func restarts(_ time: Int) -> Double { 0.002 + 0.001 * Self.wave(time) }
    /// The share of pods that are neither Running nor Succeeded.
    package let notRunning = 0.05

    /// What its monitoring scraped.
    package var history: MetricHistory {
        let nodes = ["a", "b"].flatMap(node)
        let pods = ["web", "batch"].flatMap(pod)
        let phases = [("Running", 16.0), ("Succeeded", 3), ("Pending", 1), ("Failed", 0), ("Unknown", 0)]
        let states = phases.map { phase, count in
            MetricHistory.Series.gauge("kube_pod_status_phase", #"phase="\#(phase)",pod="all""#) { _ in count }
        }
        // A node without memory: 0 / 0 must not spoil the average of the others.
        let broken = ["MemAvailable", "MemTotal"].map { name in
            MetricHistory.Series.gauge("node_memory_\(name)_bytes", #"instance="broken""#) { _ in 0 }
        }
        return MetricHistory(nodes + pods + states + broken, over: range)
    }

    private func node(_ name: String) -> [MetricHistory.Series] {
        let instance = #"instance="\#(name)""#
        let sign = name == "a" ? 1.0 : -1
        let reset = name == "b" ? reset : nil
        // The nodes differ, so that only the average of both is right.
        let user: @Sendable (Int) -> Double = { cpuUser($0) + 0.1 * sign }
        let modes: [(String, @Sendable (Int) -> Double)] = [
            ("user", user), ("system", { _ in 0.05 }), ("idle", { 0.95 - user($0) }),
        ]
        let processors = ["0", "1"].flatMap { cpu in
            modes.map { mode, share in
                MetricHistory.Series.counter(
                    "node_cpu_seconds_total", #"\#(instance),cpu="\#(cpu)",mode="\#(mode)""#, reset: reset, rate: share)
            }
        }
        let memory = 16e9
        let disk = name == "a" ? 1e11 : 3e11
        return processors + [
            .gauge("node_memory_MemTotal_bytes", instance) { _ in memory },
            .gauge("node_memory_MemAvailable_bytes", instance) { memory * (1 - memoryUsage($0) - 0.1 * sign) },
            .gauge("node_filesystem_size_bytes", #"\#(instance),mountpoint="/""#) { _ in disk },
            .gauge("node_filesystem_avail_bytes", #"\#(instance),mountpoint="/""#) { disk * (1 - diskUsage($0)) },
        ]
    }

    private func pod(_ name: String) -> [MetricHistory.Series] {
        let labels = #"namespace="default",pod="\#(name)""#
        let share = name == "web" ? 0.75 : 0.25
        return [
            .counter("container_network_receive_bytes_total", labels, reset: reset) { share * bytesIn($0) },
            .counter("container_network_transmit_bytes_total", labels) { share * bytesOut($0) },
            .counter("kube_pod_container_status_restarts_total", labels) { share * restarts($0) },
        ]
    }
}
