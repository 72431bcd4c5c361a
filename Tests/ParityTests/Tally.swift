import Inference

/// The counts of a run, and what was found.
struct Tally {
    private(set) var models = 0
    private(set) var answers = 0
    private(set) var refusals = 0
    private(set) var rows = 0
    private(set) var elements = 0
    private(set) var identical = 0
    /// Labels that differ on a threshold, by what answered.
    private(set) var labelsAtThreshold: [String: Int] = [:]
    /// The largest difference by what answered, `Class.method`, as a fraction of the magnitude of its terms.
    private(set) var largest: [String: Double] = [:]
    /// The same for answers that scikit-learn computes in `float32`.
    private(set) var largestSingle: [String: Double] = [:]
    private var findings: [Finding: (count: Int, example: String)] = [:]

    /// What a finding is about; findings about the same are counted and shown once.
    private struct Finding: Hashable {
        let subject: String
        let about: String
    }

    mutating func countModel() { models += 1 }

    mutating func countRefusal() { refusals += 1 }

    mutating func count(_ comparison: Comparison, by subject: String, isSinglePrecision: Bool) {
        elements += comparison.elements
        identical += comparison.identical
        if comparison.labelsAtThreshold > 0 { labelsAtThreshold[subject, default: 0] += comparison.labelsAtThreshold }
        let difference = [subject: comparison.largestDifference]
        if isSinglePrecision {
            largestSingle.merge(difference, uniquingKeysWith: max)
        } else {
            largest.merge(difference, uniquingKeysWith: max)
        }
    }

    mutating func countAnswer(rows: Int) {
        answers += 1
        self.rows += rows
    }

    /// Notes that something is wrong.
    mutating func find(_ example: @autoclosure () -> String, subject: String, about: String) {
        let finding = Finding(subject: subject, about: about)
        if let known = findings[finding] {
            findings[finding] = (known.count + 1, known.example)
        } else {
            findings[finding] = (1, example())
        }
    }

    /// Everything found, a line for each subject.
    var complaints: [String] {
        findings.map { "\($0.key.subject), \($0.key.about): \($0.value.count) times, e.g. \($0.value.example)" }
            .sorted()
    }

    /// The counts in one line, and the largest differences in another.
    var summary: String {
        let share = elements == 0 ? 0 : Double(identical * 10_000 / elements) / 100
        let thresholds = labelsAtThreshold.map { "\($0.key) \($0.value)" }.sorted()
        return """
            \(models) models, \(answers) answers to \(rows) rows, \(refusals) refusals; \(identical) of \(elements) \
            numbers and labels identical (\(share) %); labels that differ on a threshold: \(list(thresholds))
              largest differences, of the terms: \(list(ranking(largest)))
              largest differences in float32: \(list(ranking(largestSingle)))
            """
    }

    private func ranking(_ differences: [String: Double]) -> [String] {
        differences.filter { $0.value > 0 }.sorted { $0.value > $1.value }.prefix(6)
            .map { "\($0.key) \(Float($0.value))" }
    }

    private func list(_ parts: [String]) -> String { parts.isEmpty ? "none" : parts.joined(separator: ", ") }

    /// Adds another tally's counts.
    mutating func add(_ other: Tally) {
        models += other.models
        answers += other.answers
        refusals += other.refusals
        rows += other.rows
        elements += other.elements
        identical += other.identical
        labelsAtThreshold.merge(other.labelsAtThreshold, uniquingKeysWith: +)
        largest.merge(other.largest, uniquingKeysWith: max)
        largestSingle.merge(other.largestSingle, uniquingKeysWith: max)
    }
}
