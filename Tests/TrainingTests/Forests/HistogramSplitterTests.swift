import Estimators
import Tensors
import Testing

@testable import Kernels
@testable import Training

@Suite("Forests by histograms")
struct HistogramSplitterTests {
    typealias Splitter = RandomForestParameters.Splitter

    @Test(
        "Nodes are what the rows that reach them by their values make of them",
        arguments: [
            HistogramData(seed: 11, rowCount: 3000, columnCount: 9, targetCount: 3),
            HistogramData(seed: 12, rowCount: 700, columnCount: 17, valueCount: 40),
            HistogramData(seed: 13, rowCount: 257, columnCount: 3, targetCount: 6),
            HistogramData(seed: 14, rowCount: 40, columnCount: 21, targetCount: 12),
        ])
    func nodes(data: HistogramData) throws {
        var parameters = RandomForestParameters.splitting(.histogram, trees: 2)
        parameters.isBootstrapping = false
        parameters.maximumFeatures = .share(0.6)
        let fit = try RandomForestRegressorFit(data.rows, targets: data.targets, parameters: parameters)
        let targetCount = data.targets.columnCount
        for tree in fit.trees {
            #expect(tree.nodeCount > 20)
            for (node, rows) in tree.rowsByNode(data.rows).enumerated() {
                #expect(
                    rows.count == Int(tree.sampleCount[node]) && Double(rows.count) == tree.weightedSampleCount[node])
                var impurity = 0.0
                for target in 0..<targetCount {
                    let numbers = rows.map { data.targets[$0, target] }
                    let mean = numbers.reduce(0, +) / Double(rows.count)
                    #expect(abs(mean - tree.values[node * targetCount + target]) < 1e-9)
                    impurity += numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows.count)
                }
                #expect(abs(impurity / Double(targetCount) - tree.impurity[node]) < 1e-9)
            }
        }
    }

    @Test(
        "With few values a feature the first split is as good as the exact one, and leaves the same rows",
        arguments: [21, 22, 23, 24, 25, 26] as [UInt64], [2, 30, 255])
    func improvements(seed: UInt64, valueCount: Int) throws {
        let data = HistogramData(
            seed: seed, rowCount: [60, 200, 256, 257, 900, 4000][Int(seed) - 21], columnCount: 8,
            targetCount: [1, 2, 5][Int(seed) % 3], valueCount: valueCount)
        let forests = try [Splitter.exact, .histogram].map { splitter in
            var parameters = RandomForestParameters.splitting(splitter, trees: 8)
            parameters.maximumDepth = 1
            parameters.minimumSamplesLeaf = .count(5)
            return try RandomForestRegressorFit(data.rows, targets: data.targets, parameters: parameters)
        }
        for (exact, histogram) in zip(forests[0].trees, forests[1].trees) {
            let (best, found) = (exact.childImpurity, histogram.childImpurity)
            #expect(abs(best - found) <= 1e-5 * abs(best), "\(data.description)")
            if exact.feature[0] == histogram.feature[0] && exact.sampleCount == histogram.sampleCount {
                #expect(exact.threshold == histogram.threshold && exact.missingGoesLeft == histogram.missingGoesLeft)
                #expect(zip(exact.values, histogram.values).allSatisfy { abs($0 - $1) <= 1e-9 })
            }
        }
    }

    @Test("Classes are split as by the exact splitter", arguments: [31, 32, 33] as [UInt64], [true, false])
    func classImprovements(seed: UInt64, isBalanced: Bool) throws {
        let data = HistogramData(
            seed: seed, rowCount: [100, 256, 3000][Int(seed) - 31], columnCount: 8, valueCount: 100)
        let forests = try [Splitter.exact, .histogram].map { splitter in
            var parameters = RandomForestParameters.splitting(splitter, trees: 8)
            parameters.maximumDepth = 1
            return try RandomForestClassifierFit(
                data.rows, labels: [data.labels], parameters: parameters,
                classWeights: isBalanced ? .balancedSubsample : .uniform)
        }
        for (exact, histogram) in zip(forests[0].trees, forests[1].trees) {
            #expect(abs(exact.childImpurity - histogram.childImpurity) <= 1e-5, "\(data.description)")
        }
    }

    @Test("The trees depend on the seed, and not on the number of threads")
    func determinism() throws {
        let data = HistogramData(seed: 41, rowCount: 900, columnCount: 10, targetCount: 4)
        func trees(threads: Int, seed: UInt32 = 1) throws -> [GrownTree] {
            try RandomForestRegressorFit(
                data.rows, targets: data.targets, parameters: .splitting(.histogram, trees: 6, seed: seed),
                execution: FitExecution(threads: threads)
            ).trees
        }
        let alone = try trees(threads: 1)
        for threads in [2, 5] { #expect(try trees(threads: threads) == alone) }
        #expect(try trees(threads: 1, seed: 2) != alone)
    }

    @Test("Nodes keep to the rules of growth", arguments: [51, 52] as [UInt64])
    func rules(seed: UInt64) throws {
        let data = HistogramData(seed: seed, rowCount: 1000, columnCount: 6, targetCount: 2)
        var parameters = RandomForestParameters.splitting(.histogram, trees: 5)
        parameters.maximumDepth = 7
        parameters.minimumSamplesSplit = .count(30)
        parameters.minimumSamplesLeaf = .count(9)
        parameters.minimumWeightFractionLeaf = 0.02
        parameters.minimumImpurityDecrease = 0.01
        let fit = try RandomForestRegressorFit(data.rows, targets: data.targets, parameters: parameters)
        for tree in fit.trees {
            #expect(tree.maximumDepth <= 7 && tree.nodeCount > 5)
            for node in 0..<tree.nodeCount {
                #expect(tree.sampleCount[node] >= 9 && tree.weightedSampleCount[node] >= 20, "seed \(seed)")
                guard tree.leftChild[node] >= 0 else { continue }
                #expect(tree.sampleCount[node] >= 30)
                #expect(tree.improvement(of: node) >= 0.01 - 1e-12)
            }
        }
    }

    @Test("Constant columns are never split by; one row, and rows that are all alike, make a leaf")
    func constants() throws {
        let data = HistogramData(seed: 61, rowCount: 400, columnCount: 20)
        var rows = data.rows
        for row in 0..<400 { for column in [0, 7, 19] { rows.elements[row * 20 + column] = 7 } }
        let parameters = RandomForestParameters.splitting(.histogram, trees: 3)
        let fit = try RandomForestRegressorFit(rows, targets: data.targets, parameters: parameters)
        #expect(
            fit.trees.allSatisfy { tree in tree.nodeCount > 1 && ![0, 7, 19].contains { tree.feature.contains($0) } })
        let row = Matrix<Double>(rowCount: 1, columnCount: 2, elements: [1, 2])
        let target = Matrix<Double>(rowCount: 1, columnCount: 1, elements: [5])
        let leaf = try RandomForestRegressorFit(row, targets: target, parameters: parameters)
        #expect(leaf.trees.allSatisfy { $0.nodeCount == 1 && $0.values == [5] })
        let flat = Matrix<Double>(rowCount: 400, columnCount: 2, elements: [Double](repeating: 1, count: 800))
        let leaves = try RandomForestRegressorFit(flat, targets: data.targets, parameters: parameters)
        #expect(leaves.trees.allSatisfy { $0.nodeCount == 1 && $0.maximumDepth == 0 })
    }

    @Test("Targets of any size are split alike", arguments: [1e-200, 1e-20, 1e18, 1e120])
    func scales(factor: Double) throws {
        let data = HistogramData(seed: 71, rowCount: 500, columnCount: 5, targetCount: 2)
        var parameters = RandomForestParameters.splitting(.histogram, trees: 3)
        // scikit-learn leaves nodes alone whose impurity is below a fixed number.
        parameters.maximumDepth = factor < 1 ? 1 : 6
        var targets = data.targets
        for index in targets.elements.indices { targets.elements[index] *= factor }
        let usual = try RandomForestRegressorFit(data.rows, targets: data.targets, parameters: parameters)
        let scaled = try RandomForestRegressorFit(data.rows, targets: targets, parameters: parameters)
        for (tree, other) in zip(usual.trees, scaled.trees) {
            if factor > 1 { #expect(tree.threshold[0] == other.threshold[0] && tree.feature[0] == other.feature[0]) }
            #expect(other.nodeCount == (factor > 1 ? tree.nodeCount : 1))
        }
    }

    @Test("Rows not seen are answered as well as by the exact splitter", arguments: [81, 82] as [UInt64])
    func quality(seed: UInt64) throws {
        let data = HistogramData(seed: seed, rowCount: 3000, columnCount: 6, targetCount: 3)
        let (seen, unseen) = (0..<2000, 2000..<3000)
        let actual = data.targets.rows(unseen)
        let codes = data.classes
        let scores = try [Splitter.exact, .histogram].map { splitter in
            let parameters = RandomForestParameters.splitting(splitter, trees: 20)
            let numbers = try RandomForestRegressorFit(
                data.rows(seen), targets: data.targets.rows(seen), parameters: parameters)
            let classes = try RandomForestClassifierFit(
                data.rows(seen), labels: [.int64(Array(codes[seen]))], parameters: parameters)
            let forecast = mean(numbers.trees.map { $0.answers(data.rows(unseen)) })
            let shares = mean(classes.trees.map { $0.answers(data.rows(unseen)) })
            let predicted = Matrix(rowCount: 1000, columnCount: 3, elements: forecast)
            let known = Set(codes[seen]).sorted()
            let hits = unseen.count { row in
                let own = shares[(row - 2000) * known.count..<(row - 1999) * known.count]
                return own.max() == known.firstIndex(of: codes[row]).map { own[own.startIndex + $0] }
            }
            return (
                r2: try #require(RegressionScores(actual: actual, predicted: predicted).r2), hits: Double(hits) / 1000
            )
        }
        #expect(scores[0].r2 > 0.7 && scores[0].hits > 0.6)
        #expect(abs(scores[0].r2 - scores[1].r2) < 0.01, "seed \(seed): \(scores)")
        #expect(abs(scores[0].hits - scores[1].hits) < 0.025, "seed \(seed): \(scores)")
    }

    private func mean(_ answers: [[Double]]) -> [Double] {
        answers[0].indices.map { index in answers.reduce(0) { $0 + $1[index] } / Double(answers.count) }
    }

    @Test("Missing values, entropy and too many classes are refused")
    func refusals() throws {
        let data = HistogramData(seed: 91, rowCount: 600, columnCount: 3)
        let parameters = RandomForestParameters.splitting(.histogram, trees: 1)
        var rows = data.rows
        rows.elements[4] = .nan
        let missing = #expect(throws: TrainingError.self) {
            try RandomForestRegressorFit(rows, targets: data.targets, parameters: parameters)
        }
        #expect(missing?.code == .invalidInput && missing?.message.contains("NaN in column 1") == true)
        let entropy = #expect(throws: TrainingError.self) {
            try RandomForestClassifierFit(
                data.rows, labels: [data.labels], parameters: parameters, criterion: .entropy)
        }
        #expect(entropy?.code == .invalidSetting)
        let many = #expect(throws: TrainingError.self) {
            try RandomForestClassifierFit(
                data.rows, labels: [.int64((0..<600).map { $0 % 300 })], parameters: parameters)
        }
        #expect(many?.code == .invalidInput)
        let most = try RandomForestClassifierFit(
            data.rows, labels: [.int64((0..<600).map { $0 % 256 })], parameters: parameters)
        #expect(most.trees[0].classCounts == [256])
    }
}

extension GrownTree {
    /// The impurity that the root's split leaves.
    fileprivate var childImpurity: Double {
        (1..<nodeCount).reduce(0) { $0 + impurity[$1] * weightedSampleCount[$1] } / weightedSampleCount[0]
    }

    /// By how much a split decreases the impurity, weighted by the node's share.
    fileprivate func improvement(of node: Int) -> Double {
        let children = [Int(leftChild[node]), Int(rightChild[node])]
        let left = children.reduce(0) { $0 + impurity[$1] * weightedSampleCount[$1] }
        return (impurity[node] * weightedSampleCount[node] - left) / weightedSampleCount[0]
    }
}
