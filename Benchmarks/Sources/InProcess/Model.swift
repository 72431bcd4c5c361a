import Estimators
import Inference
import PickleCodec

/// A model file, and the way from it to a plan through the public interface.
struct Model {
    let path: String

    /// Reads, decodes and validates: what a server does before it can answer.
    func load() throws -> Plan {
        try Plan(EstimatorRegistry.decode(PickleReader.read(path: path)))
    }
}
