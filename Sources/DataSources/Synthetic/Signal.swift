import Features
import Tensors

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// The course of a metric on a healthy cluster: levels, a daily and a weekly course, growth, and noise.
///
/// The levels are those of the platform's own generators. Noise fades over about an hour rather than from one sample to
/// the next, and part of it is the load that all metrics share, as in a real cluster: what is, says something of what
/// will be.
struct Signal {
    private enum Course {
        case cpu(scale: Double), memory, disk
        case traffic(base: Double, business: Double, bursts: Double)
        case restarts(unit: Double), pending, other
    }

    private let course: Course
    /// The greatest value that makes sense; the least is 0.
    let maximum: Double

    /// The signal that stands for a metric; any metric that is not known by its name gets a plain course around 0.5.
    init(of metric: Metric, step: Int) {
        let maximum = metric.unit == "ratio" ? 1 : Double.greatestFiniteMagnitude
        self.maximum = maximum
        course =
            switch metric.name {
            case "cpu_usage", "node_cpu_utilization": .cpu(scale: 1)
            case "pod_cpu_usage": .cpu(scale: 0.4)
            case "memory_usage", "node_memory_utilization", "pod_memory_usage": .memory
            case "disk_usage": .disk
            case "network_in": .traffic(base: 50, business: 100, bursts: 20)
            case "network_out": .traffic(base: 40, business: 80, bursts: 15)
            case "pod_restarts", "container_restart_count": .restarts(unit: Self.restart(metric.name, step: step))
            case "pods_not_running": .pending
            default: .other
            }
    }

    /// The values at the moments of a grid.
    ///
    /// - Parameter load: the noise that all metrics share, as ``noise(on:_:)`` draws it.
    func values(on grid: TimeGrid, load: [Double], _ random: inout SplitMix64) -> [Double] {
        let own = Self.noise(on: grid, &random)
        let phase = random.unit()
        return (0..<grid.count).map { index in
            let time = grid.time(index)
            let place = CalendarPlace(time)
            let noise = 0.7 * load[index] + 0.7 * own[index]
            let value: Double
            switch course {
            case .cpu(let scale):
                value = scale * (0.3 + 0.2 * place.dailyWave + 0.1 * place.weeklyWave + 0.05 * noise)
            case .memory:
                value = 0.45 + 0.1 * place.dailyWave + 0.15 * Self.sawtooth(time, days: 3, phase) + 0.02 * noise
            case .disk: value = 0.4 + 0.3 * Self.sawtooth(time, days: 7, phase) + 0.005 * own[index]
            case .traffic(let base, let business, let bursts):
                value = (base + business * place.business) * exp(0.1 * noise) + bursts * random.exponential()
            case .restarts(let unit): value = Double(random.poisson(mean: 0.05)) * unit
            case .pending: value = Double(random.poisson(mean: 1.5)) / 150
            case .other: value = 0.5 + 0.1 * place.dailyWave + 0.05 * noise
            }
            return value.clamped(0, maximum)
        }
    }

    /// What one restart within a step is in a metric that counts them.
    static func restart(_ name: String, step: Int) -> Double { name == "pod_restarts" ? 1 / Double(step) : 1 }

    /// Growth from 0 to 1 in so many days, and the fall back: memory from one release to the next, a disk from one
    /// clearing to the next.
    private static func sawtooth(_ time: Int, days: Int, _ phase: Double) -> Double {
        let period = days * 86_400
        let place = ((time % period) + period) % period
        let share = Double(place) / Double(period) + phase
        return share < 1 ? share : share - 1
    }

    /// Noise of mean 0 and standard deviation 1 whose correlation with itself fades by e in an hour.
    static func noise(on grid: TimeGrid, _ random: inout SplitMix64) -> [Double] {
        let kept = exp(-Double(grid.step) / 3600)
        let added = (1 - kept * kept).squareRoot()
        var value = random.normal()
        return (0..<grid.count).map { _ in
            defer { value = kept * value + added * random.normal() }
            return value
        }
    }
}
