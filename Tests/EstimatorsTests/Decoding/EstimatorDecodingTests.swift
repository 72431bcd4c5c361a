import PickleCodec
import Tensors
import Testing

@testable import Estimators

@Suite("Decoding estimators")
struct EstimatorDecodingTests {
    @Test("Fitted state that is not used is not read")
    func scalers() throws {
        let standard = try decode(
            StandardScaler.self,
            ["with_mean": .bool(false), "with_std": .bool(true), "mean_": .none, "scale_": .numbers([2, 3])]
        )
        #expect(standard.mean == nil)
        #expect(standard.scale == [2, 3])
        let robust = try decode(
            RobustScaler.self,
            ["with_centering": .int(1), "with_scaling": .int(0), "center_": .numbers([4]), "scale_": .none]
        )
        #expect(robust.center == [4])
        #expect(robust.scale == nil)
    }

    @Test("A clipping scaler has bounds, one of before `clip` has none")
    func clipping() throws {
        var attributes: [String: Python] = [
            "scale_": .numbers([1]), "min_": .numbers([0]), "feature_range": .tuple([.int(-1), .float(0.5)]),
        ]
        #expect(try decode(MinMaxScaler.self, attributes).bounds == nil)
        attributes["clip"] = .bool(true)
        #expect(try decode(MinMaxScaler.self, attributes).bounds == ClippingBounds(lower: -1, upper: 0.5))
        #expect(try decode(MaxAbsScaler.self, attributes).bounds == ClippingBounds(lower: -1, upper: 1))
        attributes["feature_range"] = .tuple([.int(1)])
        #expect(decodingError(MinMaxScaler.self, attributes)?.path == "MinMaxScaler.feature_range")
    }

    /// Why an object of a class is not decoded.
    private func refusal(_ className: String, _ attributes: [String: Python]) -> EstimatorError? {
        do throws(EstimatorError) {
            _ = try EstimatorRegistry.decode(Python.object(className, attributes).graph)
            return nil
        } catch {
            return error
        }
    }

    @Test("Numbers of targets and classes that no model has are refused before anything is made of them")
    func targetsAndClasses() {
        for count in [0, -1, 1 << 62] {
            let error = refusal("sklearn.tree._classes.DecisionTreeRegressor", ["n_outputs_": .int(count)])
            #expect(error?.path == "DecisionTreeRegressor.n_outputs_")
        }
        for classes in [Python.list([]), .numbers([]), .list([.numbers([1]), .numbers([])])] {
            let error = refusal("sklearn.tree._classes.DecisionTreeClassifier", ["classes_": classes])
            #expect(error?.path == "DecisionTreeClassifier.classes_")
        }
        let boosting: [String: Python] = ["classes_": .numbers([1]), "loss": .string("log_loss")]
        let error = refusal("sklearn.ensemble._gb.GradientBoostingClassifier", boosting)
        #expect(error?.path == "GradientBoostingClassifier.classes_")
    }

    @Test("An estimator that is not fitted says so")
    func notFitted() {
        let error = decodingError(MaxAbsScaler.self, ["copy": .bool(true)])
        #expect(error?.code == .notFitted)
        #expect(error?.message == "this MaxAbsScaler is not fitted: it has no scale_")
    }

    @Test("Steps named None or passthrough have no estimator; the first real one gives the fit")
    func pipeline() throws {
        let scaler = Python.object(
            "sklearn.preprocessing._data.MaxAbsScaler",
            ["scale_": .numbers([1, 2]), "n_features_in_": .int(2), "_sklearn_version": .string("1.3.2")]
        )
        let pipeline = try decode(
            Pipeline.self,
            [
                "steps": .list([
                    .tuple([.string("a"), .string("passthrough")]), .tuple([.string("b"), scaler]),
                    .tuple([.string("c"), .none]),
                ])
            ]
        )
        #expect(pipeline.steps.map(\.name) == ["a", "b", "c"])
        #expect(pipeline.steps.map { $0.estimator == nil } == [true, false, true])
        #expect(pipeline.fit.className == "MaxAbsScaler")
        #expect(pipeline.fit.featureCount == 2)
        let empty = decodingError(Pipeline.self, ["steps": .list([.tuple([.string("a"), .none])])])
        #expect(empty?.code == .unsupportedSetting)
    }

    @Test("The weights' dimensions and an intercept of any form are kept")
    func linear() throws {
        let single = try decode(LinearRegressor.self, ["coef_": .numbers([1, 2]), "intercept_": .float(0)])
        #expect(single.coefficients == Matrix(rowCount: 1, columnCount: 2, elements: [1, 2]))
        #expect(!single.isMultiOutput)
        #expect(single.intercept == [0])
        let multi = try decode(LinearRegressor.self, ["coef_": .matrix([[1, 2]]), "intercept_": .numbers([3])])
        #expect(multi.isMultiOutput)
        #expect(multi.intercept == [3])
    }

    @Test(
        "The link of a logistic regression is the one of its version",
        arguments: [
            ("1.1.3", "auto", "lbfgs", 3, LogisticRegression.Link.softmax), ("1.1.3", "auto", "lbfgs", 2, .logistic),
            ("1.1.3", "auto", "liblinear", 3, .logistic), ("1.1.3", "ovr", "lbfgs", 3, .logistic),
            ("1.1.3", "multinomial", "lbfgs", 2, .softmax), ("1.3.2", "auto", "newton-cholesky", 3, .logistic),
            ("1.5.2", "deprecated", "lbfgs", 3, .softmax), ("1.5.2", "deprecated", "liblinear", 3, .logistic),
            ("1.7.0", "multinomial", "lbfgs", 2, .softmax), ("1.8.0", nil, "lbfgs", 3, .softmax),
            ("1.9.1", nil, "newton-cholesky", 3, .softmax), ("1.9.1", nil, "liblinear", 2, .logistic),
        ] as [(String, String?, String, Int, LogisticRegression.Link)]
    )
    func link(version: String, multiClass: String?, solver: String, classCount: Int, link: LogisticRegression.Link)
        throws
    {
        var attributes: [String: Python] = [
            "classes_": .integers((0..<Int32(classCount)).map(\.self)), "coef_": .matrix([[1]]),
            "intercept_": .numbers([0]), "solver": .string(solver), "_sklearn_version": .string(version),
        ]
        if let multiClass { attributes["multi_class"] = .string(multiClass) }
        let classifier = try decode(LogisticRegression.self, attributes)
        #expect(classifier.link == link)
        #expect(classifier.classes.count == classCount)
    }

    @Test(
        "Kernels are read with the parameters they use, others are refused by name",
        arguments: [
            (Python.string("linear"), SupportVectorKernel.linear),
            (.string("rbf"), .radial(gamma: 0.5)),
            (.string("poly"), .polynomial(gamma: 0.5, constant: 2, degree: 3)),
            (.string("sigmoid"), .sigmoid(gamma: 0.5, constant: 2)),
            (.string("precomputed"), nil),
            (.object("builtins.function", [:]), nil),
        ] as [(Python, SupportVectorKernel?)]
    )
    func kernels(kernel: Python, expected: SupportVectorKernel?) throws {
        let attributes: [String: Python] = [
            "kernel": kernel, "_gamma": .float(0.5), "coef0": .int(2), "degree": .int(3),
            "support_vectors_": .matrix([[1]]), "_dual_coef_": .matrix([[1]]), "_intercept_": .numbers([0]),
        ]
        if let expected {
            #expect(try decode(SVR.self, attributes).support.kernel == expected)
        } else {
            let error = decodingError(SVR.self, attributes)
            #expect(error?.code == .unsupportedSetting)
            #expect(error?.path == "SVR.kernel")
        }
    }

    @Test(
        "Sigmoids are read if the classifier was fitted with probabilities",
        arguments: [(Python.bool(true), true), (.bool(false), false), (.string("deprecated"), false)]
    )
    func sigmoids(probability: Python, expected: Bool) throws {
        let classifier = try decode(
            SVC.self,
            [
                "kernel": .string("linear"), "support_vectors_": .matrix([[1], [2]]),
                "_dual_coef_": .matrix([[1, -1]]), "_intercept_": .numbers([0]), "classes_": .integers([0, 1]),
                "_n_support": .integers([1, 1]), "probability": probability, "_probA": .numbers([1]),
                "_probB": .numbers([2]), "decision_function_shape": .string("ovr"), "break_ties": .bool(false),
            ]
        )
        #expect(classifier.sigmoids == (expected ? SVC.Sigmoids(slopes: [1], offsets: [2]) : nil))
    }

    @Test(
        "A constant for a column without values stays until 1.7, as if empty columns were kept",
        arguments: [
            ("1.1.3", "constant", nil, true), ("1.7.2", "constant", false, true), ("1.8.0", "constant", false, false),
            ("1.8.0", "constant", true, true), ("1.1.3", "mean", nil, false), ("1.3.2", "mean", true, true),
        ] as [(String, String, Bool?, Bool)]
    )
    func emptyColumns(version: String, strategy: String, keeps: Bool?, expected: Bool) throws {
        var attributes: [String: Python] = [
            "missing_values": .float(.nan), "statistics_": .numbers([1]), "strategy": .string(strategy),
            "_sklearn_version": .string(version), "add_indicator": .bool(true),
            "indicator_": .object("sklearn.impute._base.MissingIndicator", ["features_": .integers([0])]),
        ]
        if let keeps { attributes["keep_empty_features"] = .bool(keeps) }
        let imputer = try decode(SimpleImputer.self, attributes)
        #expect(imputer.keepsEmptyColumns == expected)
        #expect(imputer.indicatorColumns == [0])
    }

    @Test("Statistics that are strings are refused at their place")
    func stringStatistics() {
        let error = decodingError(
            SimpleImputer.self,
            ["missing_values": .float(.nan), "statistics_": .list([.float(1), .string("a")])]
        )
        #expect(error?.path == "SimpleImputer.statistics_[1]")
    }

    @Test("Multi-output wrappers carry the fit of their first estimator")
    func multiOutput() throws {
        let scaler = Python.object(
            "sklearn.preprocessing._data.MaxAbsScaler",
            ["scale_": .numbers([1]), "n_features_in_": .int(1)]
        )
        let model = try decode(MultiOutputRegressor.self, ["estimators_": .list([scaler, scaler])])
        #expect(model.estimators.count == 2)
        #expect(model.fit.className == "MaxAbsScaler")
        #expect(decodingError(MultiOutputClassifier.self, ["estimators_": .list([])])?.code == .malformed)
    }

    @Test(
        "Dummy classifiers answer frequencies, or certainty of the first most frequent class",
        arguments: [("prior", [0.2, 0.4, 0.4]), ("most_frequent", [0, 1, 0])]
    )
    func dummies(strategy: String, probabilities: [Double]) throws {
        let attributes: [String: Python] = [
            "classes_": .integers([1, 2, 3]), "class_prior_": .numbers([0.2, 0.4, 0.4]), "strategy": .string(strategy),
        ]
        #expect(try decode(DummyClassifier.self, attributes).probabilities == probabilities)
        let random = attributes.merging(["strategy": .string("uniform")]) { $1 }
        #expect(decodingError(DummyClassifier.self, random)?.path == "DummyClassifier.strategy")
        #expect(try decode(DummyRegressor.self, ["constant_": .matrix([[1, 2]])]).constant == [1, 2])
    }
}
