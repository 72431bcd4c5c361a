import Estimators
package import Inference
import PickleCodec

/// A fitted model as the bytes of a file, read back.
package struct Artefact: Sendable {
    /// The pickle.
    package let bytes: [UInt8]
    /// What answers, made of the bytes as a server makes it.
    package let plan: Plan
    /// Per feature, its share in what the splits of a forest achieve; nil of a model that does not tell.
    package let featureImportances: [Double]?

    /// Writes a model, reads it again, and compares.
    ///
    /// - Throws: ``RunError`` with ``RunError/Code/unusableModel`` if it is not the same model.
    init(_ pipeline: Pipeline) throws(RunError) {
        let decoded: any Estimator
        do {
            bytes = try PickleWriter.write(EstimatorRegistry.encode(pipeline))
            decoded = try EstimatorRegistry.decode(PickleReader.read(bytes))
            plan = try Plan(decoded)
        } catch {
            throw RunError(.unusableModel, "the model cannot be written and read back: \(error)")
        }
        featureImportances = (pipeline.steps.last?.estimator as? Forest)?.featureImportances
        guard decoded.isEqual(to: pipeline) else {
            throw RunError(.unusableModel, "what was read back of the model's file is another model")
        }
    }
}
