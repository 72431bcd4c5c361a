import PickleCodec
import Tensors
import TestSupport

@testable import Estimators

/// Draws estimators that scikit-learn could have fitted.
struct EstimatorDrawing {
    private let version: ScikitLearnVersion?
    private var generator: SeededGenerator

    init(version: String, seed: UInt64) {
        self.version = ScikitLearnVersion(version)
        generator = SeededGenerator(seed: seed)
    }

    /// One of each class that is written.
    mutating func all() throws -> [any EncodableEstimator] {
        let columnCount = integer(1...9)
        var drawn: [any EncodableEstimator] = [
            standardScaler(columnCount), robustScaler(columnCount), minMaxScaler(columnCount),
            maxAbsScaler(columnCount), isolationForest(columnCount), isolationForest(columnCount),
        ]
        for kind in ["DecisionTree", "ExtraTree"] {
            drawn.append(decisionTree("\(kind)Regressor", columnCount, .regression(targetCount: integer(1...3))))
            drawn.append(decisionTree("\(kind)Classifier", columnCount, classification()))
        }
        for kind in ["RandomForest", "ExtraTrees"] {
            drawn.append(forest("\(kind)Regressor", columnCount, .regression(targetCount: integer(1...3))))
            drawn.append(forest("\(kind)Classifier", columnCount, classification()))
        }
        let steps = (0..<integer(1...4)).map { Pipeline.Step(name: "step \($0)", estimator: choose(drawn + [nil])) }
        let last = Pipeline.Step(name: "last", estimator: choose(drawn))
        let pipeline = Pipeline(steps: steps + [last], parameters: ["verbose": .bool(chance)])
        guard let pipeline else { return drawn }
        return drawn + [pipeline]
    }

    // MARK: - Chance

    private mutating func integer(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

    private mutating func choose<Item>(_ items: [Item]) -> Item { items[integer(0...items.count - 1)] }

    private var chance: Bool { mutating get { Bool.random(using: &generator) } }

    private mutating func number() -> Double {
        choose([0, -0.0, .infinity, Double.random(in: -9...9, using: &generator)])
    }

    private mutating func numbers(_ count: Int) -> [Double] { (0..<count).map { _ in number() } }

    private mutating func record(
        _ className: String, _ columnCount: Int, _ parameters: [String: ParameterValue] = [:]
    ) -> FitRecord {
        FitRecord(
            className: className, version: version, featureCount: columnCount,
            featureNames: chance ? (0..<columnCount).map { "größe \($0)" } : nil, parameters: parameters)
    }

    // MARK: - Scalers

    private mutating func standardScaler(_ columnCount: Int) -> StandardScaler {
        let (isCentering, isScaling) = (chance, chance)
        let counts = choose([[], [30], [2.5], (0..<columnCount).map { Double($0 + 3) }])
        return StandardScaler(
            fit: record(
                "StandardScaler", columnCount, ["with_mean": .bool(isCentering), "with_std": .bool(isScaling)]),
            mean: isCentering || isScaling ? numbers(columnCount) : nil,
            variance: isScaling ? numbers(columnCount) : nil,
            scale: isScaling ? numbers(columnCount) : nil, sampleCounts: counts)
    }

    private mutating func robustScaler(_ columnCount: Int) -> RobustScaler {
        let (isCentering, isScaling) = (chance, chance)
        let parameters: [String: ParameterValue] = [
            "with_centering": .bool(isCentering), "with_scaling": .bool(isScaling), "quantile_range": [5.0, 95],
        ]
        return RobustScaler(
            fit: record("RobustScaler", columnCount, parameters), center: isCentering ? numbers(columnCount) : nil,
            scale: isScaling ? numbers(columnCount) : nil)
    }

    private mutating func minMaxScaler(_ columnCount: Int) -> MinMaxScaler {
        MinMaxScaler(
            fit: record("MinMaxScaler", columnCount, ["clip": .bool(chance), "feature_range": [-1, 0.5]]),
            scale: numbers(columnCount), minimum: numbers(columnCount), dataMinimum: numbers(columnCount),
            dataMaximum: numbers(columnCount), sampleCount: integer(1...99))
    }

    private mutating func maxAbsScaler(_ columnCount: Int) -> MaxAbsScaler {
        MaxAbsScaler(
            fit: record("MaxAbsScaler", columnCount, ["clip": .bool(chance)]), scale: numbers(columnCount),
            maximumAbsolute: numbers(columnCount), sampleCount: integer(1...99))
    }

    // MARK: - Trees

    private mutating func classification() -> TreeTask {
        let labels: [ClassLabels] = [
            .int64([-3, 7]), .bool([false, true]), .float64([0.5, 2, 9]), .string(["", "größer", "ok"]),
            ClassLabels(.int64([-1, 4, 5]), elementType: DType(code: "i2")),
            ClassLabels(.string(["a", "b"]), elementType: .object),
            ClassLabels(.string(["a", "b"]), elementType: DType(code: ">U9")),
            ClassLabels(.float64([0.5, 1]), elementType: .float32),
        ]
        return .classification((0..<integer(1...3)).map { _ in choose(labels) })
    }

    private mutating func tree(_ columnCount: Int, _ task: TreeTask) -> Tree {
        var (left, right, feature): ([Int32], [Int32], [Int32]) = ([], [], [])
        /// A node and all below it, children after their parents.
        func grow(_ depth: Int) -> Int32 {
            let node = left.count
            left.append(-1)
            right.append(-1)
            feature.append(-2)
            if depth > 0, integer(0...9) < 7 {
                left[node] = grow(depth - 1)
                right[node] = grow(depth - 1)
                feature[node] = Int32(integer(0...columnCount - 1))
            }
            return Int32(node)
        }
        _ = grow(integer(0...5))
        let count = left.count
        let counts = task.classCounts
        return Tree(
            featureCount: columnCount, classCounts: counts, leftChild: left, rightChild: right, feature: feature,
            threshold: numbers(count), missingGoesLeft: (0..<count).map { _ in chance },
            sampleCount: (0..<count).map { _ in Int32(integer(1...999)) },
            values: numbers(count * counts.count * (counts.max() ?? 1)),
            statistics: NodeStatistics(impurity: numbers(count), weightedSampleCount: numbers(count)))
    }

    private mutating func decisionTree(
        _ className: String, _ columnCount: Int, _ task: TreeTask, _ parameters: [String: ParameterValue] = [:]
    ) -> DecisionTree {
        let drawn: [String: ParameterValue] = [
            "max_features": choose([.null, "sqrt", "log2", 1, 0.6]), "random_state": choose([.null, 42]),
        ]
        return DecisionTree(
            fit: record(className, columnCount, drawn.merging(parameters) { $1 }), task: task,
            tree: tree(columnCount, task))
    }

    private mutating func forest(_ className: String, _ columnCount: Int, _ task: TreeTask) -> Forest {
        let kind = className.hasPrefix("Extra") ? "ExtraTree" : "DecisionTree"
        let treeClass = kind + (className.hasSuffix("Classifier") ? "Classifier" : "Regressor")
        let sampling = RowSampling(
            rowCount: 30, drawnCount: choose([nil, 15]), weights: choose([nil, numbers(30)]))
        return Forest(
            fit: record(className, columnCount, ["n_estimators": 3, "max_samples": choose([.null, 0.5])]), task: task,
            trees: (0..<3).map { _ in decisionTree(treeClass, columnCount, task) },
            sampling: choose([nil, sampling]))
    }

    private mutating func isolationForest(_ columnCount: Int) -> IsolationForest {
        let seesAll = chance
        let features = (0..<3).map { _ in Array(0..<columnCount).shuffled(using: &generator) }
        let width = max(1, columnCount / 2)
        let isPart = !seesAll && width < columnCount
        let trees = (0..<3).map { _ in
            decisionTree("ExtraTreeRegressor", isPart ? width : columnCount, .regression(targetCount: 1))
        }
        let lengths = trees.map { member in
            IsolationForest.PathLengths(
                depth: member.tree.depths().map(Double.init), average: numbers(member.tree.nodeCount))
        }
        return IsolationForest(
            fit: record("IsolationForest", columnCount, ["n_estimators": 3, "contamination": 0.05]), trees: trees,
            treeFeatures: isPart ? features.map { Array($0.prefix(width)) } : nil, pathLengths: lengths,
            sampleCount: 16, offset: -0.5, sampling: choose([nil, RowSampling(rowCount: 30, seeds: [1, 2, 3])]))
    }
}
