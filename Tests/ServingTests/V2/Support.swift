import Inference
import TestSupport

@testable import Serving

/// A model of two columns, and requests to it.
enum V2 {
    static let model = (name: "m", input: ModelInput(featureCount: 2, featureNames: nil))

    static func decode(
        _ json: String, raw: [UInt8]? = nil, headerLength: String? = nil,
        for input: ModelInput = model.input
    ) throws(ServingError) -> InferRequest {
        let body = Array(json.utf8) + (raw ?? [])
        let announced = headerLength ?? raw.map { _ in String(json.utf8.count) }
        return try InferRequest.decode(body.span, headerLength: announced, for: ("m", input))
    }

    /// A request of one input.
    static func input(_ datatype: String, _ shape: String, _ data: String) -> String {
        #"{"inputs":[{"name":"x","shape":\#(shape),"datatype":"\#(datatype)","data":\#(data)}]}"#
    }

    /// A request of one raw input.
    static func rawInput(_ datatype: String, _ shape: String, _ byteCount: Int) -> String {
        #"{"inputs":[{"name":"x","shape":\#(shape),"datatype":"\#(datatype)","#
            + #""parameters":{"binary_data_size":\#(byteCount)}}]}"#
    }

    /// The message of the refusal, or nil.
    static func refusal(_ read: () throws -> some Any) -> String? {
        do {
            _ = try read()
            return nil
        } catch {
            return "\(error)"
        }
    }
}

extension InferTensor {
    /// The elements, if they are numbers.
    var numbers: [Double]? { if case .numbers(let values) = elements { values } else { nil } }
}
