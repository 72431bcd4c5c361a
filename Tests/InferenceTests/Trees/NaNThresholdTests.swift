import Estimators
import Testing

@testable import Inference

/// scikit-learn 1.3 splits now and then by a threshold that is NaN, beside missing values: no number is at most that.
@Suite("Trees that compare with NaN")
struct NaNThresholdTests {
    private func predictions(missingGoesLeft: Bool) throws -> [Double] {
        let tree = Tree(
            featureCount: 1, classCounts: [1], leftChild: [1, -1, -1], rightChild: [2, -1, -1], feature: [0, -2, -2],
            threshold: [.nan, -2, -2], missingGoesLeft: [missingGoesLeft, false, false], sampleCount: [4, 2, 2],
            values: [1.5, 1, 2])
        let fit = FitRecord(
            className: "DecisionTreeRegressor", version: ScikitLearnVersion("1.9.1"), featureCount: 1,
            parameters: ["splitter": "best", "criterion": "squared_error"])
        let plan = try Plan(DecisionTree(fit: fit, task: .regression(targetCount: 1), tree: tree))
        guard case .array(let output) = try plan.evaluate(.predict, on: matrix([[-1e30], [0], [1e30], [.nan]])),
            case .float64(let values) = output.values
        else { return [] }
        return values
    }

    @Test("Every number goes right, a missing value where the node says", arguments: [false, true])
    func answers(missingGoesLeft: Bool) throws {
        #expect(try predictions(missingGoesLeft: missingGoesLeft) == [2, 2, 2, missingGoesLeft ? 1 : 2])
    }
}
