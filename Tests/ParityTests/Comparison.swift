import Inference

/// What came of comparing one array with scikit-learn's.
struct Comparison {
    /// Numbers and labels compared.
    var elements = 0
    /// Of those, the ones with the same bits.
    var identical = 0
    /// Labels that differ where the score lies on the threshold within the rule's bound.
    var labelsAtThreshold = 0
    /// The largest difference, as a fraction of the magnitude of the number's terms.
    var largestDifference = 0.0
    /// What is wrong, first finding first.
    var findings: [String] = []

    /// Compares two arrays.
    ///
    /// - Parameters:
    ///   - magnitudes: the magnitude of each expected number's terms; nil for that of the number itself.
    ///   - margins: for each row, how far its label is from being another one, as a fraction of the score's magnitude.
    init(_ found: Output, _ expected: Output, rule: ComparisonRule, magnitudes: [Double]?, margins: [Double]?) {
        elements = expected.values.count
        guard found.shape == expected.shape else {
            findings.append("shape \(found.shape), scikit-learn has \(expected.shape)")
            return
        }
        switch (found.values, expected.values) {
        case (.float64(let found), .float64(let expected)) where margins == nil || magnitudes != nil:
            compare(found, expected, rule: rule, magnitudes: magnitudes)
        case (.float64(let found), .float64(let expected)):
            compareLabels(found, expected, rule: rule, margins: margins)
        case (.int64(let found), .int64(let expected)):
            compareLabels(found, expected, rule: rule, margins: margins)
        case (.bool(let found), .bool(let expected)):
            compareLabels(found, expected, rule: rule, margins: margins)
        case (.string(let found), .string(let expected)):
            compareLabels(found, expected, rule: rule, margins: margins)
        default:
            findings.append("elements are \(kind(found)), scikit-learn's are \(kind(expected))")
        }
    }

    private mutating func compare(
        _ found: [Double], _ expected: [Double], rule: ComparisonRule, magnitudes: [Double]?
    ) {
        for index in expected.indices {
            let (one, other) = (found[index], expected[index])
            if one.bitPattern == other.bitPattern || (one.isNaN && other.isNaN) {
                identical += 1
                continue
            }
            let magnitude = max(magnitudes?[index] ?? abs(other), .leastNormalMagnitude)
            let difference = magnitude == .infinity ? 0 : abs(one - other) / magnitude
            if difference <= rule.bound && rule != .identical {
                largestDifference = max(largestDifference, difference)
            } else {
                findings.append("element \(index) is \(one), scikit-learn's \(other): \(difference) of its terms")
            }
        }
    }

    private mutating func compareLabels<Label: Equatable>(
        _ found: [Label], _ expected: [Label], rule: ComparisonRule, margins: [Double]?
    ) {
        let perRow = max(expected.count / max(margins?.count ?? 1, 1), 1)
        for index in expected.indices {
            if found[index] == expected[index] {
                identical += 1
            } else if let margin = margins?[index / perRow], margin <= rule.bound {
                labelsAtThreshold += 1
            } else {
                let margin = margins.map { ", \($0[index / perRow]) from the threshold" } ?? ""
                findings.append("label \(index) is \(found[index]), scikit-learn's \(expected[index])\(margin)")
            }
        }
    }

    private func kind(_ output: Output) -> String {
        switch output.values {
        case .float64: "float64"
        case .int64: "int64"
        case .bool: "bool"
        case .string: "string"
        }
    }
}
