import Estimators
import Tensors
import Testing

@testable import Training

@Suite("Isolation forest fits")
struct IsolationForestFitTests {
    private static let data = ForestData(seed: 4, rowCount: 400, columnCount: 5)

    private static func parameters(_ treeCount: Int, contamination: Double? = nil) -> IsolationForestParameters {
        var parameters = IsolationForestParameters(seed: 42)
        parameters.treeCount = treeCount
        parameters.contamination = contamination
        return parameters
    }

    @Test("Trees and threshold do not depend on the number of threads", arguments: [2, 5])
    func threads(count: Int) throws {
        let parameters = Self.parameters(20, contamination: 0.1)
        let alone = try IsolationForestFit(Self.data.rows, parameters: parameters)
        let together = try IsolationForestFit(
            Self.data.rows, parameters: parameters, execution: FitExecution(threads: count))
        #expect(alone.trees == together.trees && alone.offset == together.offset)
    }

    @Test(
        "A tree grows from 256 rows at most, to the depth that halves them", arguments: [(400, 256, 8), (100, 100, 7)])
    func sizes(rowCount: Int, sampleCount: Int, depth: Int) throws {
        let fit = try IsolationForestFit(Self.data.rows.rows(0..<rowCount), parameters: Self.parameters(5))
        #expect(fit.sampleCount == sampleCount)
        #expect(fit.trees.allSatisfy { Int($0.sampleCount[0]) == sampleCount && $0.maximumDepth <= depth })
        #expect(fit.offset == -0.5)
    }

    @Test("That share of the rows lies below the threshold", arguments: [0.01, 0.05, 0.5])
    func contamination(share: Double) throws {
        let fit = try IsolationForestFit(Self.data.rows, parameters: Self.parameters(50, contamination: share))
        let scoring = try IsolationScoring(
            trees: fit.trees, treeFeatures: fit.treeFeatures, featureCount: 5, sampleCount: fit.sampleCount)
        let scores = try scoring.scores(Self.data.rows, FitExecution())
        #expect(scores.count { $0 < fit.offset } == Int(share * 400))
    }

    @Test("A tree is given as many of the columns as are drawn")
    func features() throws {
        var parameters = Self.parameters(10)
        parameters.maximumFeatures = .count(2)
        let fit = try IsolationForestFit(Self.data.rows, parameters: parameters)
        #expect(fit.treeFeatures.allSatisfy { Set($0).count == 2 && $0.allSatisfy((0..<5).contains) })
        #expect(fit.trees.allSatisfy { tree in tree.feature.allSatisfy { $0 < 2 } })
        #expect(Set(fit.treeFeatures).count > 1)
    }

    @Test("Cancelled before the first tree is done")
    func cancellation() {
        let error = #expect(throws: TrainingError.self) {
            try IsolationForestFit(
                Self.data.rows, parameters: Self.parameters(5), execution: FitExecution(isCancelled: { true }))
        }
        #expect(error?.code == .cancelled)
    }
}
