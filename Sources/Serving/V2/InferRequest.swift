/// An inference request of the Open Inference Protocol, whatever it came by: tensors, and what is asked of them.
package struct InferRequest: Sendable {
    /// How the inputs make up rows (`parameters.content_type`, as MLServer has it).
    package enum ContentType: String, Sendable {
        /// `np`: one input holds all rows.
        case array = "np"
        /// `pd`: each input is a column.
        case columns = "pd"
    }

    /// An output that is asked for.
    package struct Output: Sendable {
        /// Its name: `output-0`, or a method such as `predict_proba`.
        package var name: String
        /// Whether it is wanted as raw bytes; nil if the request's own wish decides.
        package var isBinary: Bool?

        /// An output by its name.
        package init(name: String, isBinary: Bool? = nil) {
            self.name = name
            self.isBinary = isBinary
        }
    }

    /// What the client calls the request; comes back in the answer.
    package var id: String?
    /// How the inputs make up rows, if the client says.
    package var contentType: ContentType?
    /// The tensors.
    package private(set) var inputs: [InferTensor] = []
    /// The outputs that are asked for; none stands for `output-0`.
    package private(set) var outputs: [Output] = []
    /// Whether outputs are wanted as raw bytes where they do not say (`parameters.binary_data_output`).
    package var wantsBinaryOutputs = false

    /// The names of the inputs, once there are two.
    private var inputNames: Set<String> = []

    /// A request without inputs.
    package init() {}

    /// Sets what the client calls the request.
    ///
    /// - Throws: ``ServingError`` if it is too long to be sent back.
    package mutating func setID(_ id: String) throws(ServingError) {
        guard id.utf8.count <= InferLimits.maximumIDBytes else {
            throw .badInference("the id is longer than \(InferLimits.maximumIDBytes) bytes")
        }
        self.id = id
    }

    /// Sets how inputs make up rows, as `parameters.content_type` names it.
    package mutating func setContentType(_ name: String) throws(ServingError) {
        guard let type = ContentType(rawValue: name) else {
            throw .badInference("content_type '\(name.quoted)' is not supported; known are np and pd")
        }
        contentType = type
    }

    /// Checks the `parameters.content_type` of an input, which changes nothing: the request's own decides.
    package static func checkContentType(ofInput name: String) throws(ServingError) {
        guard ContentType(rawValue: name) != nil else {
            throw .badInference("content_type '\(name.quoted)' of an input is not supported; known are np and pd")
        }
    }

    /// Adds a tensor.
    ///
    /// - Throws: ``ServingError`` if there is one of its name, or too many.
    package mutating func add(_ input: InferTensor) throws(ServingError) {
        // Most requests have one input, and need no set.
        if let first = inputs.first, inputNames.isEmpty { inputNames.insert(first.name) }
        guard inputs.isEmpty || inputNames.insert(input.name).inserted else {
            throw .badInference("input '\(input.name.quoted)' is given more than once")
        }
        guard inputs.count < InferLimits.maximumInputs else {
            throw .badInference("more than \(InferLimits.maximumInputs) inputs")
        }
        inputs.append(input)
    }

    /// Asks for an output.
    ///
    /// - Throws: ``ServingError`` if it has been asked for, or too many have.
    package mutating func add(_ output: Output) throws(ServingError) {
        guard !outputs.contains(where: { $0.name == output.name }) else {
            throw .badInference("output '\(output.name.quoted)' is asked for more than once")
        }
        guard outputs.count < InferLimits.maximumOutputs else {
            throw .badInference("more than \(InferLimits.maximumOutputs) outputs")
        }
        outputs.append(output)
    }
}
