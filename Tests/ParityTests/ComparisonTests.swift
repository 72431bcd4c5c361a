import Inference
import Testing

/// The comparison itself: it must be able to find a difference.
@Suite("Comparison with scikit-learn: the rules themselves")
struct ComparisonTests {
    private static let numberCases: [(rule: ComparisonRule, found: Double, expected: Double, findings: Int)] = [
        (.identical, 1, 1, 0),
        (.identical, 1, 1 + .ulpOfOne, 1),
        (.identical, 0, -0.0, 1),
        (.identical, .nan, .nan, 0),
        (.roundings(4), 1, 1 + 4 * .ulpOfOne, 0),
        (.roundings(4), 1, 1 + 8 * .ulpOfOne, 1),
        (.relative(1e-12), 1, 1.0000000000009, 0),
        (.relative(1e-12), 1, 1.0000000000011, 1),
        (.relative(1e-12), 1, .nan, 1),
        (.relative(1e-12), -.infinity, 1, 1),
    ]

    @Test("A number must be within the rule's bound of its terms", arguments: numberCases)
    func numbers(rule: ComparisonRule, found: Double, expected: Double, findings: Int) {
        let comparison = Comparison(Output([found]), Output([expected]), rule: rule, magnitudes: nil, margins: nil)
        #expect(comparison.findings.count == findings)
    }

    @Test("Terms that cancel widen the bound", arguments: [(1e-3, 0), (1e-5, 1)])
    func magnitudes(magnitude: Double, findings: Int) {
        let comparison = Comparison(
            Output([0]), Output([1e-16]), rule: .relative(1e-12), magnitudes: [magnitude], margins: nil)
        #expect(comparison.findings.count == findings)
    }

    @Test("A label may differ on a threshold only", arguments: [(0, 0, 1), (1e-13, 0, 1), (1e-11, 1, 0)])
    func labels(margin: Double, findings: Int, atThreshold: Int) {
        let labels = { (label: String) in Output(shape: [1], values: .string([label])) }
        let rule = ComparisonRule.relative(1e-12)
        let comparison = Comparison(labels("a"), labels("b"), rule: rule, magnitudes: nil, margins: [margin])
        #expect(comparison.findings.count == findings)
        #expect(comparison.labelsAtThreshold == atThreshold)
        #expect(Comparison(labels("a"), labels("b"), rule: rule, magnitudes: nil, margins: nil).findings.count == 1)
    }

    @Test("Shapes and types must be the same")
    func shapes() {
        let numbers = Output([1, 2])
        for other in [
            Output([1]), Output(shape: [2, 1], values: .float64([1, 2])), Output(shape: [2], values: .int64([1, 2])),
        ] {
            #expect(Comparison(other, numbers, rule: .relative(1), magnitudes: nil, margins: nil).findings.count == 1)
        }
    }

    @Test("Trees are exact, sums of products within 1e-12, and float32 starts within their own precision")
    func rules() {
        #expect(ComparisonRule.of("RandomForestClassifier", .predictProba, products: nil) == .identical)
        #expect(ComparisonRule.of("StandardScaler", .transform, products: nil) == .identical)
        #expect(ComparisonRule.of("MultiOutputRegressor(SVR)", .predict, products: nil) == .relative(1e-12))
        #expect(ComparisonRule.of("IsolationForest", .scoreSamples, products: "float64") == .relative(1e-12))
        #expect(ComparisonRule.of("GradientBoostingRegressor", .predict, products: "float32") == .relative(4e-6))
    }
}
