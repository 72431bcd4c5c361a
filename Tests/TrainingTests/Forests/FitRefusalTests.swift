import Estimators
import Tensors
import Testing

@testable import Training

/// What is refused; that the sentences are scikit-learn's own is tested against it (`ParityTests/Fits`).
@Suite("Fits that are refused")
struct FitRefusalTests {
    private static let data = ForestData(seed: 3, rowCount: 30, columnCount: 3)

    private func refusal(_ fit: () throws -> Void) -> TrainingError? {
        #expect(throws: TrainingError.self, performing: fit)
    }

    @Test("Targets that are not finite", arguments: [Double.nan, .infinity, -.infinity])
    func targets(value: Double) {
        let error = refusal {
            _ = try RandomForestRegressorFit(
                Self.data.rows, targets: Self.data.targets(with: value, atRow: 29), parameters: .trees(1))
        }
        #expect(error?.code == .invalidInput && error?.message.hasPrefix("Input y contains") == true)
    }

    @Test("Infinite rows, by random forests", arguments: [Double.infinity, -.infinity, 1e39])
    func infinity(value: Double) {
        let rows = Self.data.rows(with: value, atRow: 29, column: 2)
        let regressor = refusal {
            _ = try RandomForestRegressorFit(rows, targets: Self.data.targets, parameters: .trees(1))
        }
        let classifier = refusal {
            _ = try RandomForestClassifierFit(
                rows, labels: [.int64((0..<30).map { $0 % 2 })], parameters: .trees(1))
        }
        for error in [regressor, classifier] {
            #expect(error?.message == "Input X contains infinity or a value too large for dtype('float32').")
        }
    }

    @Test("Missing values are none of these")
    func missing() throws {
        let rows = Self.data.rows(with: .nan, atRow: 4, column: 1)
        _ = try RandomForestRegressorFit(rows, targets: Self.data.targets, parameters: .trees(1))
        _ = try IsolationForestFit(rows, parameters: IsolationForestParameters(seed: 1))
    }

    @Test("No rows, no columns, no targets, and lengths that differ")
    func shapes() {
        let none = Matrix<Double>(rowCount: 0, columnCount: 3, elements: [])
        let narrow = Matrix<Double>(rowCount: 30, columnCount: 0, elements: [])
        let targets = Self.data.targets
        for rows in [none, narrow, Self.data.rows.rows(0..<29)] {
            let error = refusal { _ = try RandomForestRegressorFit(rows, targets: targets, parameters: .trees(1)) }
            #expect(error?.code == .invalidInput)
        }
        for rows in [none, narrow] {
            let error = refusal { _ = try IsolationForestFit(rows, parameters: IsolationForestParameters(seed: 1)) }
            #expect(error?.code == .invalidInput)
        }
        let error = refusal { _ = try RandomForestRegressorFit(Self.data.rows, targets: narrow, parameters: .trees(1)) }
        #expect(error?.code == .invalidInput)
        let labels = refusal { _ = try RandomForestClassifierFit(Self.data.rows, labels: [], parameters: .trees(1)) }
        #expect(labels?.code == .invalidInput)
    }

    private static let settings: [(name: String, change: @Sendable (inout RandomForestParameters) -> Void)] = [
        ("n_estimators", { $0.treeCount = 0 }),
        ("max_depth", { $0.maximumDepth = 0 }),
        ("min_samples_split", { $0.minimumSamplesSplit = .count(1) }),
        ("min_samples_split", { $0.minimumSamplesSplit = .share(.nan) }),
        ("min_samples_leaf", { $0.minimumSamplesLeaf = .count(0) }),
        ("min_samples_leaf", { $0.minimumSamplesLeaf = .share(1) }),
        ("min_weight_fraction_leaf", { $0.minimumWeightFractionLeaf = 0.6 }),
        ("max_features", { $0.maximumFeatures = .count(0) }),
        ("max_features", { $0.maximumFeatures = .share(1.5) }),
        ("min_impurity_decrease", { $0.minimumImpurityDecrease = -1 }),
        ("min_impurity_decrease", { $0.minimumImpurityDecrease = .infinity }),
        ("max_samples", { $0.maximumSamples = .count(0) }),
        ("max_samples", { $0.maximumSamples = .share(1e300) }),
        (
            "max_sample",
            {
                $0.maximumSamples = .share(0.5); $0.isBootstrapping = false
            }
        ),
    ]

    @Test("Parameters out of their ranges are named", arguments: settings)
    func parameters(name: String, change: @Sendable (inout RandomForestParameters) -> Void) {
        var parameters = RandomForestParameters.trees(1)
        change(&parameters)
        let error = refusal {
            _ = try RandomForestRegressorFit(Self.data.rows, targets: Self.data.targets, parameters: parameters)
        }
        #expect(error?.code == .invalidSetting && error?.message.contains(name) == true)
    }

    @Test("Parameters beyond all rows are as good as leaves")
    func largeParameters() throws {
        var parameters = RandomForestParameters.trees(2)
        parameters.minimumSamplesLeaf = .count(.max)
        parameters.maximumDepth = .max
        parameters.maximumFeatures = .count(.max)
        let fit = try RandomForestRegressorFit(Self.data.rows, targets: Self.data.targets, parameters: parameters)
        #expect(fit.trees.allSatisfy { $0.nodeCount == 1 })
        parameters.minimumSamplesLeaf = .count(1)
        parameters.minimumSamplesSplit = .count(.max)
        let unsplit = try RandomForestRegressorFit(Self.data.rows, targets: Self.data.targets, parameters: parameters)
        #expect(unsplit.trees.allSatisfy { $0.nodeCount == 1 })
    }

    @Test("Numbers that are no classes")
    func continuousLabels() {
        let error = refusal {
            _ = try RandomForestClassifierFit(
                Self.data.rows, labels: [.float64((0..<30).map { Double($0) / 4 })], parameters: .trees(1))
        }
        #expect(error?.message.hasPrefix("Unknown label type: continuous.") == true)
    }
}
