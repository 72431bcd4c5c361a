/// The counts of a run of fits, and what was found.
struct FitTally {
    private(set) var fits: [String: Int] = [:]
    private(set) var refusals = 0
    private(set) var trees = 0
    private(set) var nodes = 0
    /// The largest difference of a number that numpy's vectorised functions decide, in units of 2^-52 of it.
    private(set) var largestRoundings = 0.0
    private var findings: [String: (count: Int, example: String)] = [:]

    var fitCount: Int { fits.values.reduce(0, +) }

    mutating func countFit(kind: String) { fits[kind, default: 0] += 1 }

    mutating func countRefusal() { refusals += 1 }

    mutating func countTree(nodes: Int) {
        trees += 1
        self.nodes += nodes
    }

    mutating func countRounded(_ found: Double, _ expected: Double) {
        let difference = abs(found - expected) / max(abs(expected), .leastNormalMagnitude) / .ulpOfOne
        largestRoundings = max(largestRoundings, difference.isNaN ? .infinity : difference)
    }

    /// Notes that something differs; findings about the same are counted and shown once.
    mutating func find(_ example: String, about: String) {
        findings[about, default: (0, example)].count += 1
    }

    /// Everything found, a line for each subject.
    var complaints: [String] {
        findings.map { "\($0.key): \($0.value.count) times, e.g. \($0.value.example)" }.sorted()
    }

    /// The counts in one line.
    var summary: String {
        let kinds = fits.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        return """
            \(fitCount) fits (\(kinds)) and \(refusals) refusals; \(trees) trees with \(nodes) nodes, each column \
            bit for bit; path lengths and thresholds within \(Float(largestRoundings)) roundings
            """
    }
}
