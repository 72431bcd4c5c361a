import Estimators
import Inference
public import ModelStore
import PickleCodec
import Tensors

/// Looks into pickles of scikit-learn estimators for a ``ModelStore/ModelStore``.
public struct ScikitLearnExaminer: ModelExamining {
    /// Packages that every server of scikit-learn models has.
    private static let stockPackages: Set<Substring> = [
        "sklearn", "numpy", "scipy", "pandas", "joblib", "builtins", "collections", "copyreg", "datetime", "decimal",
        "functools", "operator", "_codecs",
    ]

    /// Functions that run what they are given; a pickle that names one is not of a model, whoever can load it.
    private static let runners: Set<String> = ["__import__", "breakpoint", "compile", "eval", "exec", "input", "open"]

    /// An examiner.
    public init() {}

    /// What a pickle holds; nothing in it is run.
    ///
    /// The outputs are those of an answer for a row of zeros, so a model without a refusal has answered once.
    ///
    /// - Throws: `PickleError` if the file is none.
    public func examine(path: String) throws -> ModelFacts {
        let graph = try PickleReader.read(path: path)
        var facts = ModelFacts(details: ModelDetails(), foreignClasses: Self.foreignClasses(of: graph))
        if case .object(let root) = graph[graph.root] {
            facts.details.estimator = graph.name(of: root.callable)?.description
        }
        do {
            let estimator = try EstimatorRegistry.decode(graph)
            facts.details.framework = ModelDetails.Framework(
                name: "scikit-learn", version: estimator.fit.version?.description)
            let plan = try Plan(estimator)
            facts.details.inputs = [
                ModelDetails.Tensor(name: "input", datatype: "FP64", shape: [-1, plan.featureCount])
            ]
            facts.details.outputs = try Self.outputs(of: plan)
            if let names = plan.featureNames {
                facts.details.features = ["names": .array(names.map(JSONValue.string))]
            }
        } catch {
            facts.refusal = "\(error)"
        }
        return facts
    }

    /// The classes and functions of packages that a stock installation does not have, each once, sorted.
    private static func foreignClasses(of graph: PickleGraph) -> [String] {
        let names = graph.values.compactMap { value -> PythonName? in
            if case .global(let name) = value { name } else { nil }
        }
        let foreign = Set(names).filter { name in
            !stockPackages.contains(name.module.prefix { $0 != "." })
                || (name.module == "builtins" && runners.contains(name.name))
        }
        return foreign.map(\.description).sorted()
    }

    /// What a plan answers first: its labels, values or transformed rows.
    private static func outputs(of plan: Plan) throws(InferenceError) -> [ModelDetails.Tensor] {
        guard let method = plan.methods.first else { return [] }
        let zeros = Matrix(
            rowCount: 1, columnCount: plan.featureCount, elements: [Double](repeating: 0, count: plan.featureCount))
        let answers =
            switch try plan.evaluate(method, on: zeros) {
            case .array(let output): [output]
            case .perTarget(let outputs): outputs
            }
        return answers.enumerated().map { index, output in
            ModelDetails.Tensor(
                name: answers.count == 1 ? method.rawValue : "\(method.rawValue)[\(index)]",
                datatype: output.values.datatype, shape: [-1] + output.shape.dropFirst())
        }
    }
}

extension OutputValues {
    /// The elements' type, as the Open Inference Protocol names it.
    fileprivate var datatype: String {
        switch self {
        case .float64: "FP64"
        case .int64: "INT64"
        case .bool: "BOOL"
        case .string: "BYTES"
        }
    }
}
