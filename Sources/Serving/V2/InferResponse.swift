package import Inference

/// An answer of the Open Inference Protocol, whatever it goes by.
package struct InferResponse: Sendable {
    /// A tensor of an answer.
    package struct Output: Sendable {
        /// Its name.
        package let name: String
        /// The extent of each dimension.
        package let shape: [Int]
        /// Its elements, row-major.
        package let values: OutputValues
        /// `parameters.content_type`: `np` for outputs that are named as MLServer names them.
        package let contentType: String?
        /// Whether it is wanted as raw bytes.
        package let isBinary: Bool
    }

    /// The model that answered.
    package let modelName: String
    /// Its version, if one is known.
    package let modelVersion: String?
    /// What the client called the request.
    package let id: String?
    /// The tensors, in the order in which they were asked for.
    package let outputs: [Output]
}

extension InferResponse.Output {
    /// The tensors that a method's answer makes; several where it answers for each target.
    ///
    /// `output-0` has scikit-learn's own shape, as KServe's server answers. Under a method's name values of one
    /// dimension are a column `[rows, 1]`, as MLServer answers.
    static func outputs(_ name: String, _ answer: Answer, isBinary: Bool) -> [Self] {
        let isMethod = name != InferName.output
        func make(_ name: String, _ output: Output) -> Self {
            Self(
                name: name, shape: output.shape + (isMethod && output.shape.count == 1 ? [1] : []),
                values: output.values, contentType: isMethod ? "np" : nil, isBinary: isBinary)
        }
        switch answer {
        case .array(let output): return [make(name, output)]
        case .perTarget(let outputs): return outputs.enumerated().map { make("\(name)[\($0.offset)]", $0.element) }
        }
    }
}

extension OutputValues {
    /// The elements' type.
    package var inferDatatype: InferDatatype {
        switch self {
        case .float64: .fp64
        case .int64: .int64
        case .bool: .bool
        case .string: .bytes
        }
    }
}
