import Estimators
package import Inference
import PickleCodec

/// Reads model files.
package protocol ModelLoading: Sendable {
    /// A model ready to answer.
    ///
    /// - Throws: any error; its description is told to clients of the model.
    func load(path: String) throws -> (plan: Plan, scikitLearnVersion: String?)
}

/// Reads pickles of scikit-learn estimators.
package struct PickleModelLoader: ModelLoading {
    package init() {}

    package func load(path: String) throws -> (plan: Plan, scikitLearnVersion: String?) {
        let graph = try PickleReader.read(path: path)
        let estimator = try EstimatorRegistry.decode(graph)
        return (try Plan(estimator), estimator.fit.version?.description)
    }
}
