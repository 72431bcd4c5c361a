import Estimators
import Foundation
import Tensors
import Training

/// Fits what scikit-learn fitted, and compares every node.
struct FitRunner {
    let folder: URL
    let fitCase: FitManifest.Case
    let threads: Int

    func run(into tally: inout FitTally) throws {
        do {
            let grown = try fit()
            guard let forest = fitCase.forest else {
                tally.find(explain("scikit-learn refuses: \(fitCase.refusal ?? "")"), about: "fitted")
                return
            }
            try compare(grown, forest, &tally)
        } catch let error as TrainingError {
            if error.message == fitCase.refusal {
                tally.countRefusal()
            } else {
                tally.find(explain("'\(error)', scikit-learn: '\(fitCase.refusal ?? "fits")'"), about: "refused")
            }
        }
    }

    /// What a fit grew, whatever its kind.
    private struct Grown {
        var trees: [GrownTree]
        var classes: [ClassLabels]?
        var forest: Forest?
        var isolation: IsolationForestFit?
    }

    private func fit() throws -> Grown {
        let rows = try NumpyFile(folder.appending(path: fitCase.rows)).matrix()
        let execution = FitExecution(threads: threads)
        switch (fitCase.kind, try fitCase.targets.map { try NumpyFile(folder.appending(path: $0)) }) {
        case ("RandomForestRegressor", .some(let file)):
            let fit = try RandomForestRegressorFit(
                rows, targets: file.matrix(), parameters: forestParameters(), execution: execution)
            return Grown(trees: fit.trees, forest: fit.estimator)
        case ("RandomForestClassifier", .some(let file)):
            let (codes, count) = (file.integers(), file.shape[1])
            let labels = (0..<count).map { target in
                ClassLabels.int64(stride(from: target, to: codes.count, by: count).map { codes[$0] })
            }
            let fit = try RandomForestClassifierFit(
                rows, labels: labels, parameters: forestParameters(), criterion: criterion(),
                classWeights: classWeights(), execution: execution)
            return Grown(trees: fit.trees, classes: fit.classes, forest: fit.estimator)
        case ("IsolationForest", _):
            let fit = try IsolationForestFit(rows, parameters: isolationParameters(), execution: execution)
            return Grown(trees: fit.trees, isolation: fit)
        default: throw ParityFailure("a fit of kind \(fitCase.kind)")
        }
    }

    private func forestParameters() throws -> RandomForestParameters {
        var parameters = RandomForestParameters(seed: 0)
        for (name, value) in fitCase.parameters {
            switch name {
            case "random_state": parameters.seed = UInt32(try value.integer())
            case "n_estimators": parameters.treeCount = try value.integer()
            case "max_depth": parameters.maximumDepth = try value.integer()
            case "min_samples_split": parameters.minimumSamplesSplit = try value.amount()
            case "min_samples_leaf": parameters.minimumSamplesLeaf = try value.amount()
            case "min_weight_fraction_leaf": parameters.minimumWeightFractionLeaf = try value.float()
            case "max_features": parameters.maximumFeatures = try value.features()
            case "min_impurity_decrease": parameters.minimumImpurityDecrease = try value.float()
            case "max_samples": parameters.maximumSamples = try value.amount()
            case "bootstrap": parameters.isBootstrapping = false
            case "criterion", "class_weight": continue
            default: throw ParityFailure("the parameter \(name)")
            }
        }
        return parameters
    }

    private func criterion() -> RandomForestClassifierFit.Criterion {
        guard case .string(let name) = fitCase.parameters["criterion"] else { return .gini }
        return name == "gini" ? .gini : .entropy
    }

    private func classWeights() -> RandomForestClassifierFit.ClassWeights {
        guard case .string(let name) = fitCase.parameters["class_weight"] else { return .uniform }
        return name == "balanced" ? .balanced : .balancedSubsample
    }

    private func isolationParameters() throws -> IsolationForestParameters {
        var parameters = IsolationForestParameters(seed: 0)
        for (name, value) in fitCase.parameters {
            switch (name, value) {
            case ("random_state", _): parameters.seed = UInt32(try value.integer())
            case ("n_estimators", _): parameters.treeCount = try value.integer()
            case ("max_samples", .string), ("contamination", .string): continue
            case ("max_samples", _): parameters.maximumSamples = try value.amount()
            case ("contamination", _): parameters.contamination = try value.float()
            case ("max_features", _): parameters.maximumFeatures = try value.amount()
            case ("bootstrap", _): parameters.isBootstrapping = true
            default: throw ParityFailure("the parameter \(name)")
            }
        }
        return parameters
    }

    // MARK: - Comparing

    private func compare(_ grown: Grown, _ forest: FitManifest.Forest, _ tally: inout FitTally) throws {
        tally.countFit(kind: fitCase.kind)
        let expected = try ExpectedTrees(forest, in: folder)
        if grown.trees.map(\.seed) != forest.seeds { tally.find(explain("\(forest.seeds)"), about: "seeds") }
        if grown.classes != forest.classes?.map(ClassLabels.int64) {
            tally.find(explain("\(grown.classes ?? [])"), about: "classes")
        }
        for (index, tree) in grown.trees.enumerated() where index < expected.trees.count {
            let nodes = expected.trees[index]
            tally.countTree(nodes: nodes.count)
            for difference in nodes.differences(from: tree, width: expected.valueWidth) {
                tally.find(explain("tree \(index), \(difference.example)"), about: difference.column)
            }
            if tree.maximumDepth != forest.depths[index] { tally.find(explain("tree \(index)"), about: "max_depth") }
        }
        if grown.trees.count != expected.trees.count {
            tally.find(explain("\(grown.trees.count)"), about: "tree count")
        }
        try compareImportances(grown, forest, &tally)
        if let isolation = forest.isolation, let fit = grown.isolation {
            try compare(fit, isolation, &tally)
        }
    }

    /// Shares that sums in another order may change in their last bits.
    private func compareImportances(_ grown: Grown, _ forest: FitManifest.Forest, _ tally: inout FitTally) throws {
        guard let file = forest.importances else { return }
        let expected = try NumpyFile(folder.appending(path: file)).doubles()
        let found = grown.forest?.featureImportances ?? []
        let isEqual = found.count == expected.count && zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-9 }
        if !isEqual { tally.find(explain("\(found), not \(expected)"), about: "feature_importances_") }
    }

    private func compare(_ fit: IsolationForestFit, _ expected: FitManifest.Isolation, _ tally: inout FitTally) throws {
        let features = try NumpyFile(folder.appending(path: expected.features)).integers()
        if fit.treeFeatures.flatMap(\.self).map(Int64.init) != features {
            tally.find(explain("\(fit.treeFeatures)"), about: "estimators_features_")
        }
        if fit.sampleCount != expected.maximumSamples {
            tally.find(explain("\(fit.sampleCount)"), about: "max_samples_")
        }
        let depths = try NumpyFile(folder.appending(path: expected.depths)).doubles()
        if fit.trees.flatMap(\.nodeDepths) != depths { tally.find(explain(""), about: "_decision_path_lengths") }
        let averages = try NumpyFile(folder.appending(path: expected.averages)).doubles()
        for (found, expected) in zip(fit.trees.flatMap(\.averagePathLengths), averages) {
            tally.countRounded(found, expected)
        }
        tally.countRounded(fit.offset, try NumpyFile(folder.appending(path: expected.offset)).doubles()[0])
    }

    /// What is needed to repeat it.
    private func explain(_ text: String) -> String { "\(text) [--only \(fitCase.name); \(fitCase.description)]" }
}
