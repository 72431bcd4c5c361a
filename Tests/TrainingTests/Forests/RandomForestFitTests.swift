import Estimators
import Synchronization
import Tensors
import Testing

@testable import Training

@Suite("Random forest fits")
struct RandomForestFitTests {
    private static let data = ForestData(seed: 1, rowCount: 200, columnCount: 6, targetCount: 3)

    @Test("The trees do not depend on the number of threads", arguments: [1, 2, 3, 16, 1000])
    func threads(count: Int) throws {
        let alone = try RandomForestRegressorFit(
            Self.data.rows, targets: Self.data.targets, parameters: .trees(7))
        let together = try RandomForestRegressorFit(
            Self.data.rows, targets: Self.data.targets, parameters: .trees(7),
            execution: FitExecution(threads: count))
        #expect(alone.trees == together.trees)
    }

    @Test("Another seed grows other trees")
    func seeds() throws {
        let fits = try [1, 2].map { seed in
            try RandomForestRegressorFit(
                Self.data.rows, targets: Self.data.targets, parameters: .trees(3, seed: seed))
        }
        #expect(fits[0].trees != fits[1].trees)
    }

    @Test("Nodes keep to the parameters, and children add up to their parents")
    func invariants() throws {
        var parameters = RandomForestParameters.trees(5)
        parameters.maximumDepth = 4
        parameters.minimumSamplesLeaf = .count(6)
        parameters.minimumSamplesSplit = .count(15)
        let fit = try RandomForestRegressorFit(Self.data.rows, targets: Self.data.targets, parameters: parameters)
        for tree in fit.trees {
            #expect(tree.maximumDepth <= 4 && tree.nodeDepths.max() == Double(tree.maximumDepth + 1))
            #expect(tree.values.count == tree.nodeCount * 3)
            #expect(tree.weightedSampleCount[0] == 200)
            for node in 0..<tree.nodeCount {
                let children = [Int(tree.leftChild[node]), Int(tree.rightChild[node])]
                if children[0] < 0 {
                    #expect(children[1] == -1 && tree.feature[node] == -2 && tree.threshold[node] == -2)
                    #expect(tree.sampleCount[node] >= 6)
                } else {
                    #expect(children[0] == node + 1 && children[1] > node + 1)
                    #expect(tree.sampleCount[node] >= 15)
                    let counts = children.map { tree.sampleCount[$0] }
                    let weights = children.map { tree.weightedSampleCount[$0] }
                    #expect(counts[0] + counts[1] == tree.sampleCount[node])
                    #expect(weights[0] + weights[1] == tree.weightedSampleCount[node])
                }
            }
        }
    }

    @Test("Constant columns are never split by; with nothing else the tree is a leaf")
    func constants() throws {
        let data = Self.data
        var rows = data.rows
        for row in 0..<rows.rowCount { for column in [0, 3] { rows.elements[row * 6 + column] = 7 } }
        let fit = try RandomForestRegressorFit(rows, targets: data.targets, parameters: .trees(4))
        #expect(fit.trees.allSatisfy { tree in !tree.feature.contains(0) && !tree.feature.contains(3) })
        let flat = Matrix(rowCount: 200, columnCount: 6, elements: [Double](repeating: 1, count: 1200))
        let leaves = try RandomForestRegressorFit(flat, targets: data.targets, parameters: .trees(4))
        #expect(leaves.trees.allSatisfy { $0.nodeCount == 1 && $0.maximumDepth == 0 })
    }

    @Test("Progress counts every tree once, up to all of them")
    func progress() throws {
        let steps = Mutex<[[Int]]>([])
        let execution = FitExecution(
            threads: 3, onProgress: { done, total in steps.withLock { $0.append([done, total]) } })
        _ = try RandomForestRegressorFit(
            Self.data.rows, targets: Self.data.targets, parameters: .trees(9), execution: execution)
        #expect(steps.withLock(\.self) == (1...9).map { [$0, 9] })
    }

    @Test("A fit that is cancelled ends without a forest", arguments: [1, 2])
    func cancellation(threads: Int) throws {
        let done = Mutex(0)
        let execution = FitExecution(
            threads: threads, onProgress: { count, _ in done.withLock { $0 = count } },
            isCancelled: { done.withLock { $0 >= 2 } })
        let error = #expect(throws: TrainingError.self) {
            try RandomForestRegressorFit(
                Self.data.rows, targets: Self.data.targets, parameters: .trees(500), execution: execution)
        }
        #expect(error?.code == .cancelled)
        #expect(done.withLock(\.self) < 10)
    }

    @Test("A large tree is cancelled while it grows")
    func cancellationWithinTree() throws {
        let data = ForestData(seed: 2, rowCount: 20_000, columnCount: 40)
        let questions = Mutex(0)
        let execution = FitExecution(isCancelled: {
            questions.withLock {
                $0 += 1; return $0 > 45
            }
        })
        let error = #expect(throws: TrainingError.self) {
            try RandomForestRegressorFit(
                data.rows, targets: data.targets, parameters: .trees(1), execution: execution)
        }
        #expect(error?.code == .cancelled)
    }

    @Test("Labels of every kind come back in their order")
    func labels() throws {
        let codes = (0..<200).map { $0 % 3 }
        let kinds: [(labels: ClassLabels, classes: ClassLabels)] = [
            (.int64(codes.map { [7, -1, 3][$0] }), .int64([-1, 3, 7])),
            (.float64(codes.map { [2, 0, 1][$0] }), .float64([0, 1, 2])),
            (.bool(codes.map { $0 == 1 }), .bool([false, true])),
            (.string(codes.map { ["z", "\u{e9}", "Z"][$0] }), .string(["Z", "z", "\u{e9}"])),
        ]
        for (labels, classes) in kinds {
            let fit = try RandomForestClassifierFit(Self.data.rows, labels: [labels], parameters: .trees(2))
            #expect(fit.classes == [classes])
            #expect(fit.trees.allSatisfy { $0.classCounts == [classes.count] })
        }
    }
}
