import FoundationEssentials
import Inference
import Serving
import SwiftProtobuf

extension Inference_ModelInferResponse {
    /// An answer as a message: with raw tensors if they are wanted so, else with typed ones.
    init(_ response: InferResponse) {
        modelName = response.modelName
        modelVersion = response.modelVersion ?? ""
        id = response.id ?? ""
        outputs = response.outputs.map { output in
            .with {
                $0.name = output.name
                $0.datatype = output.values.inferDatatype.rawValue
                $0.shape = output.shape.map { Int64($0) }
                if let type = output.contentType {
                    $0.parameters["content_type"] = .with { $0.stringParam = type }
                }
                if !output.isBinary { $0.contents = Inference_InferTensorContents(output.values) }
            }
        }
        rawOutputContents = response.outputs.filter(\.isBinary).map { Data($0.values.raw) }
    }
}

extension Inference_InferTensorContents {
    /// Elements in the field that goes with their type.
    fileprivate init(_ values: OutputValues) {
        switch values {
        case .float64(let values): fp64Contents = values
        case .int64(let values): int64Contents = values
        case .bool(let values): boolContents = values
        case .string(let values): bytesContents = values.map { Data($0.utf8) }
        }
    }
}

extension Inference_ModelMetadataResponse {
    /// Metadata as a message.
    init(_ metadata: InferMetadata) {
        name = metadata.name
        versions = metadata.versions
        platform = InferMetadata.platform
        inputs = metadata.inputs.map { TensorMetadata($0) }
        outputs = metadata.outputs.map { TensorMetadata($0) }
    }
}

extension Inference_ModelMetadataResponse.TensorMetadata {
    fileprivate init(_ tensor: InferMetadata.Tensor) {
        name = tensor.name
        datatype = tensor.datatype.rawValue
        shape = tensor.shape.map { Int64($0) }
    }
}
