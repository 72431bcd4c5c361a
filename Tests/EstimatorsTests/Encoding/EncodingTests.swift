import PickleCodec
import Testing

@testable import Estimators

@Suite("Encoding estimators")
struct EncodingTests {
    @Test(
        "Decoding what was encoded answers an equal estimator",
        arguments: ["1.3.2", "1.4.0", "1.5.2", "1.9.1"], PickleFormat.allCases
    )
    func roundTrip(version: String, format: PickleFormat) throws {
        let seed = UInt64.random(in: 0..<1 << 32)
        var drawing = EstimatorDrawing(version: version, seed: seed)
        for _ in 0..<4 {
            for estimator in try drawing.all() {
                let graph = try EstimatorRegistry.encode(estimator, for: ScikitLearnVersion(version))
                let read = try PickleReader.read(PickleWriter.write(graph, as: format))
                let again = try EstimatorRegistry.decode(read)
                #expect(again.isEqual(to: estimator), "seed \(seed): \(estimator.fit.className)")
            }
        }
    }

    @Test("A model is written for the release of its fit, or for the one that Apus writes for")
    func version() throws {
        func written(_ fitted: String?, for version: String? = nil) throws -> ScikitLearnVersion? {
            let fit = FitRecord(className: "MaxAbsScaler", version: fitted.flatMap { ScikitLearnVersion($0) })
            let scaler = MaxAbsScaler(fit: fit, scale: [1])
            let graph = try EstimatorRegistry.encode(scaler, for: version.flatMap { ScikitLearnVersion($0) })
            return try EstimatorRegistry.decode(graph).fit.version
        }
        #expect(try written("1.5.2") == ScikitLearnVersion("1.5.2"))
        #expect(try written(nil) == .written)
        #expect(try written("1.3.2") == .written)
        #expect(try written("1.5.2", for: "1.3.2") == ScikitLearnVersion("1.3.2"))
        let error = #expect(throws: EstimatorError.self) { try written("1.5.2", for: "1.2.2") }
        #expect(error?.code == .unsupportedSetting)
    }

    @Test(
        "The counts of an old classifier become shares where scikit-learn expects them", arguments: ["1.3.2", "1.9.1"])
    func counts(version: String) throws {
        let tree = Tree(
            featureCount: 1, classCounts: [2], leftChild: [1, -1, -1], rightChild: [2, -1, -1], feature: [0, -2, -2],
            threshold: [0.5, -2, -2], sampleCount: [4, 1, 3], values: [1, 3, 1, 0, 0, 3],
            statistics: NodeStatistics(impurity: [0.375, 0, 0], weightedSampleCount: [4, 1, 3]))
        let fit = FitRecord(className: "DecisionTreeClassifier", version: ScikitLearnVersion("1.1.3"), featureCount: 1)
        let model = DecisionTree(fit: fit, task: .classification([.int64([0, 1])]), tree: tree)
        let graph = try EstimatorRegistry.encode(model, for: ScikitLearnVersion(version))
        let again = try #require(try EstimatorRegistry.decode(graph) as? DecisionTree)
        #expect(again.tree.values == (version == "1.3.2" ? [1, 3, 1, 0, 0, 3] : [0.25, 0.75, 1, 0, 0, 1]))
        #expect(again.tree.missingGoesLeft == [false, false, false])
    }

    @Test("Path lengths that were not stored are computed")
    func pathLengths() throws {
        let tree = Tree(
            featureCount: 2, classCounts: [1], leftChild: [1, -1, -1], rightChild: [2, -1, -1], feature: [0, -2, -2],
            threshold: [0.5, -2, -2], sampleCount: [4, 1, 2], values: [0, 0, 0],
            statistics: NodeStatistics(impurity: [0, 0, 0], weightedSampleCount: [4, 1, 2]))
        let member = DecisionTree(
            fit: FitRecord(className: "ExtraTreeRegressor"), task: .regression(targetCount: 1), tree: tree)
        let forest = IsolationForest(
            fit: FitRecord(className: "IsolationForest", featureCount: 2), trees: [member], sampleCount: 4, offset: -0.5
        )
        let again = try #require(try EstimatorRegistry.decode(EstimatorRegistry.encode(forest)) as? IsolationForest)
        #expect(again.pathLengths?.map(\.depth) == [[1, 2, 2]])
        #expect(again.pathLengths?.first?.average.suffix(2) == [0, 1])
        #expect(again.treeFeatures == nil)
    }

    @Test("What cannot be written is named with its place")
    func refusals() throws {
        let scaler = MaxAbsScaler(fit: FitRecord(className: "MaxAbsScaler"), scale: [1])
        let dummy = DummyRegressor(fit: FitRecord(className: "DummyRegressor"), constant: [1])
        let pipeline = try #require(
            Pipeline(steps: [.init(name: "a", estimator: scaler), .init(name: "b", estimator: dummy)]))
        let unknown = #expect(throws: EstimatorError.self) { try EstimatorRegistry.encode(pipeline) }
        #expect(unknown?.description == "Pipeline.steps[1]: DummyRegressor is not written")

        let bare = Tree(
            featureCount: 1, classCounts: [1], leftChild: [-1], rightChild: [-1], feature: [-2], threshold: [-2],
            sampleCount: [1], values: [0])
        let member = DecisionTree(
            fit: FitRecord(className: "DecisionTreeRegressor"), task: .regression(targetCount: 1), tree: bare)
        let forest = Forest(
            fit: FitRecord(className: "RandomForestRegressor"), task: .regression(targetCount: 1), trees: [member])
        let unweighted = #expect(throws: EstimatorError.self) { try EstimatorRegistry.encode(forest) }
        #expect(unweighted?.path == "Forest.estimators_[0]")
        let mixed = Forest(
            fit: FitRecord(className: "ExtraTreesRegressor"), task: .regression(targetCount: 1), trees: [member])
        #expect(throws: EstimatorError.self) { try EstimatorRegistry.encode(mixed) }
    }
}
