import Estimators
import Testing
import Training

@Suite("Splits into training and test rows")
struct TrainTestSplitTests {
    private struct Case: Decodable {
        let rowCount: Int
        let classes: ReferenceArray?
        let testSize: Double?
        let trainSize: Double?
        let isTestShare: Bool
        let isTrainShare: Bool
        let seed: UInt32
        let isInOrder: Bool
        let train: ReferenceArray?
        let test: ReferenceArray?
        let error: String?

        func split() throws -> TrainTestSplit {
            let test = testSize.map { isTestShare ? TrainTestSplit.Size.share($0) : .count(Int($0)) }
            let train = trainSize.map { isTrainShare ? TrainTestSplit.Size.share($0) : .count(Int($0)) }
            if isInOrder { return try .inOrder(rowCount: rowCount, test: test, train: train) }
            if let classes {
                return try .stratified(
                    by: .int64(classes.integers.map { Int64($0) }), test: test, train: train, seed: seed)
            }
            return try .shuffled(rowCount: rowCount, test: test, train: train, seed: seed)
        }
    }

    @Test("Indices and refusals are those of train_test_split")
    func parity() throws {
        let seed = PythonReference.drawSeed()
        let cases: [Case] = try PythonReference.cases("splits", seed: seed, count: 1_000)
        for (index, drawn) in cases.enumerated() {
            let name: Comment = "seed \(seed), case \(index)"
            let result = Result { try drawn.split() }
            switch result {
            case .success(let split):
                #expect(drawn.error == nil, name)
                #expect(split.train == drawn.train?.integers, name)
                #expect(split.test == drawn.test?.integers, name)
            case .failure(let error):
                let expected = try #require(drawn.error, name)
                // scikit-learn checks the type and range of its parameters first, with a sentence of its own.
                #expect("\(error)" == expected || expected.contains("must be a float in the range"), name)
            }
        }
        #expect(cases.count { $0.error == nil } > 100)
    }

    @Test("The parts of a split have no row in common")
    func disjoint() throws {
        let classes = (0..<100).map { $0 % 3 == 0 ? "rare" : "common" }
        let split = try TrainTestSplit.stratified(by: .string(classes), test: .share(0.3), seed: 42)
        #expect(Set(split.train).isDisjoint(with: split.test))
        #expect(Set(split.train).union(split.test) == Set(0..<100))
        #expect(split.test.count { classes[$0] == "rare" } == 10)
        #expect(try TrainTestSplit.inOrder(rowCount: 10, test: .share(0.2)).test == [8, 9])
    }
}
