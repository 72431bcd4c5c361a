import Inference
import Tensors

/// What a model takes and gives, as the Open Inference Protocol's metadata tell it.
package struct InferMetadata: Sendable {
    /// A tensor.
    package struct Tensor: Hashable, Sendable {
        /// Its name.
        package let name: String
        /// The type of its elements.
        package let datatype: InferDatatype
        /// The extent of each dimension; -1 is any.
        package let shape: [Int]
    }

    /// What the files of all models are; the protocol's form is `<framework>_<format>`.
    package static let platform = "sklearn_pickle"

    /// The model's name.
    package let name: String
    /// The versions that answer.
    package let versions: [String]
    /// What it takes.
    package let inputs: [Tensor]
    /// What it can be asked for, `output-0` first.
    package let outputs: [Tensor]

    /// Metadata of a model.
    ///
    /// The types and shapes of the outputs are those of an answer for a row of zeros; a method that refuses it is left
    /// out.
    ///
    /// - Parameters:
    ///   - versions: the versions that answer.
    ///   - primary: what `output-0` stands for.
    init(_ model: LoadedModel, versions: [String], primary: PredictionMethod) {
        let plan = model.plan
        name = model.name
        self.versions = versions
        inputs = [Tensor(name: InferName.input, datatype: .fp64, shape: [-1, plan.featureCount])]
        let zeros = Matrix(
            rowCount: 1, columnCount: plan.featureCount, elements: [Double](repeating: 0, count: plan.featureCount))
        let named = [(InferName.output, primary)] + plan.methods.map { ($0.rawValue, $0) }
        outputs = named.flatMap { name, method -> [Tensor] in
            guard let answer = try? plan.evaluate(method, on: zeros) else { return [] }
            return InferResponse.Output.outputs(name, answer, isBinary: false).map {
                Tensor(name: $0.name, datatype: $0.values.inferDatatype, shape: [-1] + $0.shape.dropFirst())
            }
        }
    }

    /// The metadata as JSON.
    package func encoded() -> [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.raw("{\"name\":")
        writer.string(name)
        writer.raw(",\"versions\":[")
        for (index, version) in versions.enumerated() {
            if index > 0 { writer.raw(",") }
            writer.string(version)
        }
        writer.raw("],\"platform\":")
        writer.string(Self.platform)
        writer.raw(",\"inputs\":")
        writer.tensors(inputs)
        writer.raw(",\"outputs\":")
        writer.tensors(outputs)
        writer.raw("}")
        return writer.bytes
    }
}

extension JSONWriter {
    fileprivate mutating func tensors(_ tensors: [InferMetadata.Tensor]) {
        raw("[")
        for (index, tensor) in tensors.enumerated() {
            if index > 0 { raw(",") }
            raw("{\"name\":")
            string(tensor.name)
            raw(",\"datatype\":")
            string(tensor.datatype.rawValue)
            raw(",\"shape\":")
            integers(tensor.shape)
            raw("}")
        }
        raw("]")
    }
}

/// What the server is, as the Open Inference Protocol's metadata tell it.
package enum ServerMetadata {
    /// The server's name.
    package static let name = "apus"
    /// The extensions of the protocol that it has; the first by KServe's name, too.
    package static let extensions = ["model_repository_extension", "model_repository", "binary_tensor_data"]

    /// The metadata as JSON.
    package static func encoded() -> [UInt8] {
        var writer = JSONWriter(capacity: 128)
        writer.raw("{\"name\":")
        writer.string(name)
        writer.raw(",\"version\":")
        writer.string(ApusVersion.current)
        writer.raw(",\"extensions\":[")
        for (index, name) in extensions.enumerated() {
            if index > 0 { writer.raw(",") }
            writer.string(name)
        }
        writer.raw("]}")
        return writer.bytes
    }
}
