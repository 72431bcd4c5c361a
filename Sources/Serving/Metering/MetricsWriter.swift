/// Writes metrics in Prometheus' text format, version 0.0.4.
struct MetricsWriter {
    /// A label's name and value.
    typealias Label = (name: StaticString, value: String)

    enum Kind: String { case counter, gauge, histogram }

    /// What has been written.
    private(set) var text = ""
    private var family: StaticString = ""

    /// Begins a metric; its samples follow.
    mutating func begin(_ name: StaticString, _ kind: Kind, _ help: StaticString) {
        family = name
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    /// One value of the metric.
    mutating func sample(_ labels: [Label] = [], value: Double) {
        sample("", labels, Self.spelling(value))
    }

    /// One count of the metric.
    mutating func sample(_ labels: [Label] = [], count: UInt64) {
        sample("", labels, String(count))
    }

    /// The buckets, the sum and the count of a histogram of durations.
    mutating func sample(_ labels: [Label], _ histogram: Histogram) {
        sample(
            labels, counts: histogram.counts, bounds: Histogram.bounds.map(Self.spelling),
            sum: Self.spelling(Double(histogram.sumNanoseconds) * 1e-9))
    }

    /// The buckets, the sum and the count of a histogram of rows.
    mutating func sample(_ labels: [Label], _ histogram: RowHistogram) {
        sample(
            labels, counts: histogram.counts, bounds: RowHistogram.bounds.map { String($0) },
            sum: String(histogram.sum))
    }

    private mutating func sample(_ labels: [Label], counts: [UInt64], bounds: [String], sum: String) {
        var total: UInt64 = 0
        for (bound, count) in zip(bounds + ["+Inf"], counts) {
            total += count
            sample("_bucket", labels + [("le", bound)], String(total))
        }
        sample("_sum", labels, sum)
        sample("_count", labels, String(total))
    }

    private mutating func sample(_ suffix: StaticString, _ labels: [Label], _ value: String) {
        text += "\(family)\(suffix)"
        if !labels.isEmpty {
            text += "{" + labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",") + "}"
        }
        text += " \(value)\n"
    }

    private static func spelling(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return value.description
    }

    private static func escaped(_ value: String) -> String {
        var escaped = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
