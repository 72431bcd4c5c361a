import FoundationEssentials
import Serving

extension InferRequest {
    /// Reads a request: its tensors are raw if one is, and so are those of the answer then.
    ///
    /// - Throws: ``ServingError`` for what is no request.
    init(_ message: Inference_ModelInferRequest) throws(ServingError) {
        self.init()
        if !message.id.isEmpty { try setID(message.id) }
        if let type = message.parameters["content_type"]?.text { try setContentType(type) }
        let raw = message.rawInputContents
        guard raw.isEmpty || raw.count == message.inputs.count else {
            throw ServingError(
                .malformedRequest,
                "the number of inputs (\(message.inputs.count)) does not match the expected number of raw input "
                    + "contents (\(raw.count)) for model '\(message.modelName.prefix(80))'.")
        }
        wantsBinaryOutputs = !raw.isEmpty
        for (index, input) in message.inputs.enumerated() {
            if let type = input.parameters["content_type"]?.text { try Self.checkContentType(ofInput: type) }
            let head = try InferTensorHead(input)
            guard !raw.isEmpty else {
                try add(head.tensor(input.contents))
                continue
            }
            guard !input.hasContents else {
                throw ServingError(
                    .malformedRequest,
                    "contents field must not be specified when using raw_input_contents for input "
                        + "'\(input.name.prefix(80))' for model '\(message.modelName.prefix(80))'")
            }
            var reader = RawTensorReader(raw[index].span, from: 0)
            try add(reader.read(head, byteCount: raw[index].count))
        }
        for output in message.outputs { try add(Output(name: output.name)) }
    }
}

extension InferTensorHead {
    fileprivate init(_ input: Inference_ModelInferRequest.InferInputTensor) throws(ServingError) {
        guard !input.name.isEmpty else { throw ServingError(.malformedRequest, "an input has no name") }
        try self.init(name: input.name, datatype: input.datatype, shape: input.shape.map { Int($0) })
    }

    /// The tensor, whose elements are in the field that goes with its datatype.
    fileprivate func tensor(_ contents: Inference_InferTensorContents) throws(ServingError) -> InferTensor {
        switch datatype {
        case .bool: try tensor(truths: contents.boolContents)
        case .int8, .int16, .int32: try tensor(integers: contents.intContents)
        case .int64: try tensor(integers: contents.int64Contents)
        case .uint8, .uint16, .uint32: try tensor(integers: contents.uintContents)
        case .uint64: try tensor(integers: contents.uint64Contents)
        case .fp32: try tensor(fractions: contents.fp32Contents)
        case .fp64: try tensor(fractions: contents.fp64Contents)
        case .bytes: try tensor(stringCount: contents.bytesContents.count)
        case .fp16, .bf16:
            throw ServingError(
                .malformedRequest,
                "\(datatype.rawValue) has no typed contents; send input '\(name.prefix(80))' in raw_input_contents")
        }
    }
}

extension Inference_InferParameter {
    /// The value, if it is a string.
    fileprivate var text: String? {
        if case .stringParam(let text) = parameterChoice { text } else { nil }
    }
}
