import JSON

extension InferRequest {
    /// Reads the body of a REST request: JSON, and behind it the raw tensors, if the client says how long the JSON is.
    ///
    /// Members that nobody asked for are passed over; `null` stands for a member that is not there.
    ///
    /// - Parameters:
    ///   - headerLength: the value of `Inference-Header-Content-Length` (binary tensor data extension), if there is
    ///     one; 0 makes the whole body the raw rows of FP64 of the one input.
    ///   - model: the name and the input of the model that is to answer.
    /// - Throws: ``ServingError`` for what is no request.
    package static func decode(
        _ body: Span<UInt8>, headerLength: String? = nil, for model: (name: String, input: ModelInput)
    ) throws(ServingError) -> InferRequest {
        guard let headerLength else {
            return try InferRequestReader.read(
                body, raw: RawTensorReader(body, from: body.count), hasRaw: false, model.name)
        }
        guard let length = Int(headerLength), (0...body.count).contains(length) else {
            throw .badInference(
                "Inference-Header-Content-Length is \(headerLength.quoted), and the body has \(body.count) bytes")
        }
        guard length > 0 else { return try rawRows(body, for: model.input) }
        return try InferRequestReader.read(
            body.extracting(0..<length), raw: RawTensorReader(body, from: length), hasRaw: true, model.name)
    }

    /// Triton's raw binary request: nothing but the elements of the one input; as many rows as there are.
    private static func rawRows(_ body: Span<UInt8>, for input: ModelInput) throws(ServingError) -> InferRequest {
        let rowBytes = input.featureCount * 8
        guard rowBytes > 0, body.count > 0, body.count % rowBytes == 0 else {
            throw .badInference(
                "a raw body must be rows of \(input.featureCount) FP64 values, \(rowBytes) bytes each, and has "
                    + "\(body.count) bytes")
        }
        let head = try InferTensorHead(
            name: InferName.input, datatype: "FP64", shape: [body.count / rowBytes, input.featureCount])
        var request = InferRequest()
        var reader = RawTensorReader(body, from: 0)
        try request.add(reader.read(head, byteCount: body.count))
        request.wantsBinaryOutputs = true
        return request
    }
}

/// Reads the JSON of an inference request, and its raw tensors in the order of the inputs they belong to.
private struct InferRequestReader: ~Escapable {
    private var json: RequestReader
    private var raw: RawTensorReader
    private let hasRaw: Bool
    private let model: String
    private var request = InferRequest()

    @_lifetime(copy json, copy raw)
    private init(json: consuming RequestReader, raw: consuming RawTensorReader, hasRaw: Bool, model: String) {
        self.json = json
        self.raw = raw
        self.hasRaw = hasRaw
        self.model = model
    }

    /// Reads a whole request.
    ///
    /// - Parameter hasRaw: whether the client announced raw tensors.
    static func read(
        _ text: Span<UInt8>, raw: consuming RawTensorReader, hasRaw: Bool, _ model: String
    ) throws(ServingError) -> InferRequest {
        var reader = InferRequestReader(json: RequestReader(text), raw: raw, hasRaw: hasRaw, model: model)
        guard reader.json.peek() == JSONByte.openBrace else {
            try reader.json.skipValue()
            try reader.json.expectEnd()
            throw .badInference(#"Expected a JSON object such as {"inputs": [...]}"#)
        }
        try reader.object { reader, key throws(ServingError) in try reader.member(key) }
        try reader.json.expectEnd()
        try reader.raw.expectEnd()
        return reader.request
    }

    /// Reads the members of an object, by name.
    @_lifetime(self: copy self)
    private mutating func object(
        _ member: (inout InferRequestReader, String) throws(ServingError) -> Void
    ) throws(ServingError) {
        json.position += 1
        if json.take(JSONByte.closeBrace) { return }
        repeat {
            let key = try json.readKey()
            try member(&self, json.text(key))
        } while try json.takeSeparator(closing: JSONByte.closeBrace)
    }

    /// Reads the elements of a list of objects, or `null`.
    @_lifetime(self: copy self)
    private mutating func objects(
        _ name: String, _ element: (inout InferRequestReader) throws(ServingError) -> Void
    ) throws(ServingError) {
        if try isNull() { return }
        guard json.take(JSONByte.openBracket) else { throw .badInference("Expected \"\(name)\" to be a list") }
        if json.take(JSONByte.closeBracket) { return }
        repeat {
            guard json.peek() == JSONByte.openBrace else {
                throw .badInference("Expected each of \"\(name)\" to be an object")
            }
            try element(&self)
        } while try json.takeSeparator(closing: JSONByte.closeBracket)
    }

    @_lifetime(self: copy self)
    private mutating func member(_ key: String) throws(ServingError) {
        switch key {
        case "id": if let id = try string("id") { try request.setID(id) }
        case "parameters":
            try parameters { reader, key throws(ServingError) in
                switch key {
                case "content_type":
                    if let name = try reader.string(key) { try reader.request.setContentType(name) }
                case "binary_data_output": reader.request.wantsBinaryOutputs = try reader.bool(key) ?? false
                default: try reader.json.skipValue(depth: 2)
                }
            }
        case "inputs": try objects(key) { reader throws(ServingError) in try reader.input() }
        case "outputs": try objects(key) { reader throws(ServingError) in try reader.output() }
        default: try json.skipValue(depth: 1)
        }
    }

    @_lifetime(self: copy self)
    private mutating func output() throws(ServingError) {
        var output = InferRequest.Output(name: "")
        try object { reader, key throws(ServingError) in
            switch key {
            case "name": output.name = try reader.string("outputs[].name") ?? ""
            case "parameters":
                try reader.parameters { reader, key throws(ServingError) in
                    if key == "binary_data" {
                        output.isBinary = try reader.bool(key)
                    } else {
                        try reader.json.skipValue(depth: 4)
                    }
                }
            default: try reader.json.skipValue(depth: 3)
            }
        }
        guard !output.name.isEmpty else { throw .badInference("an output has no name") }
        try request.add(output)
    }
}

// MARK: - Inputs

extension InferRequestReader {
    /// The members of an input, as far as they have been read.
    private struct Members {
        var name = ""
        var datatype: String?
        var shape: [Int]?
        var rawByteCount: Int?
        /// Where the elements begin.
        var data: Int?
        /// The tensor, if its elements stood behind what they are.
        var tensor: InferTensor?

        /// Whether the tensor is still what the input is said to be.
        var isRead: Bool {
            tensor?.name == name && tensor?.datatype.rawValue == datatype && tensor?.shape == shape
        }
    }

    /// Reads an input. Its elements may stand before what they are: then they are read when all else is known.
    @_lifetime(self: copy self)
    private mutating func input() throws(ServingError) {
        var members = Members()
        try object { reader, key throws(ServingError) in
            switch key {
            case "name": members.name = try reader.string("inputs[].name") ?? ""
            case "datatype": members.datatype = try reader.string("datatype")
            case "shape": members.shape = try reader.shape()
            case "parameters":
                try reader.parameters { reader, key throws(ServingError) in
                    try reader.inputParameter(key, &members)
                }
            case "data":
                if try reader.isNull() { return }
                members.data = reader.json.position
                if !members.name.isEmpty, members.datatype != nil, let shape = members.shape {
                    let head = try InferTensorHead(name: members.name, datatype: members.datatype, shape: shape)
                    members.tensor = head.tensor(try JSONElementsReader.read(&reader.json, of: head))
                } else {
                    try reader.json.skipValue(depth: 3)
                }
            default: try reader.json.skipValue(depth: 3)
            }
        }
        try request.add(tensor(members))
    }

    @_lifetime(self: copy self)
    private mutating func inputParameter(_ key: String, _ members: inout Members) throws(ServingError) {
        switch key {
        case "binary_data_size": members.rawByteCount = try integer(key)
        case "content_type":
            if let name = try string(key) { try InferRequest.checkContentType(ofInput: name) }
        default: try json.skipValue(depth: 4)
        }
    }

    @_lifetime(self: copy self)
    private mutating func tensor(_ members: Members) throws(ServingError) -> InferTensor {
        guard !members.name.isEmpty else { throw .badInference("an input has no name") }
        guard let shape = members.shape else {
            throw .badInference("'shape' field is missing for input '\(members.name.quoted)' for model '\(model)'")
        }
        let head = try InferTensorHead(name: members.name, datatype: members.datatype, shape: shape)
        if let byteCount = members.rawByteCount {
            guard hasRaw else {
                throw .badInference(
                    "input '\(head.name.quoted)' has binary_data_size, but the 'inference-header-content-length' "
                        + "header is missing")
            }
            guard members.data == nil else {
                throw .badInference("input '\(head.name.quoted)' has both data and binary_data_size")
            }
            return try raw.read(head, byteCount: byteCount)
        }
        guard let start = members.data else {
            throw .badInference("'data' field is missing for input '\(head.name.quoted)' for model '\(model)'")
        }
        if let tensor = members.tensor, members.isRead { return tensor }
        let end = json.position
        json.position = start
        defer { json.position = end }
        return head.tensor(try JSONElementsReader.read(&json, of: head))
    }
}

// MARK: - Values

extension InferRequestReader {
    /// Steps over `null`, if it comes next.
    @_lifetime(self: copy self)
    private mutating func isNull() throws(ServingError) -> Bool {
        guard json.peek() == UInt8(ascii: "n") else { return false }
        try json.takeLiteral("null")
        return true
    }

    /// Reads `parameters`, an object or `null`.
    @_lifetime(self: copy self)
    private mutating func parameters(
        _ member: (inout InferRequestReader, String) throws(ServingError) -> Void
    ) throws(ServingError) {
        if try isNull() { return }
        guard json.peek() == JSONByte.openBrace else { throw .badInference("Expected \"parameters\" to be an object") }
        try object(member)
    }

    @_lifetime(self: copy self)
    private mutating func string(_ name: String) throws(ServingError) -> String? {
        if try isNull() { return nil }
        guard json.peek() == JSONByte.quote else { throw .badInference("Expected \"\(name)\" to be a string") }
        return json.text(try json.scanString())
    }

    @_lifetime(self: copy self)
    private mutating func bool(_ name: String) throws(ServingError) -> Bool? {
        if try isNull() { return nil }
        switch json.peek() {
        case UInt8(ascii: "t"):
            try json.takeLiteral("true")
            return true
        case UInt8(ascii: "f"):
            try json.takeLiteral("false")
            return false
        default: throw .badInference("Expected \"\(name)\" to be true or false")
        }
    }

    /// Reads a whole number, to which doubles are exact.
    @_lifetime(self: copy self)
    private mutating func integer(_ name: String) throws(ServingError) -> Int {
        let byte = json.peek()
        guard byte == JSONByte.minus || JSONByte.zero...JSONByte.nine ~= byte else {
            throw .badInference("Expected \"\(name)\" to be an integer")
        }
        let number = try json.readNumber()
        guard number.magnitude <= 0x1p53, let integer = Int(exactly: number) else {
            throw .badInference("Expected \"\(name)\" to be an integer within 2^53")
        }
        return integer
    }

    @_lifetime(self: copy self)
    private mutating func shape() throws(ServingError) -> [Int]? {
        if try isNull() { return nil }
        guard json.take(JSONByte.openBracket) else {
            throw .badInference("Expected \"shape\" to be a list of integers")
        }
        var shape: [Int] = []
        if json.take(JSONByte.closeBracket) { return shape }
        repeat {
            guard shape.count < InferLimits.maximumDimensions else {
                throw .badInference("a shape has more than \(InferLimits.maximumDimensions) dimensions")
            }
            shape.append(try integer("shape"))
        } while try json.takeSeparator(closing: JSONByte.closeBracket)
        return shape
    }
}
