/// What is known of a model apart from its bytes: who fitted it on what, what it takes and answers. All is optional.
public struct ModelDetails: Hashable, Sendable {
    /// A library and its release.
    public struct Framework: Hashable, Sendable {
        /// The library, e.g. `scikit-learn`.
        public var name: String
        /// Its release, e.g. `1.5.2`.
        public var version: String?

        /// A library and its release.
        public init(name: String, version: String? = nil) {
            self.name = name
            self.version = version
        }
    }

    /// A named array that a model takes or answers.
    public struct Tensor: Hashable, Sendable {
        /// Its name.
        public var name: String
        /// The type of its elements, as the Open Inference Protocol names it, e.g. `FP64`.
        public var datatype: String
        /// Its extents; -1 is any, as the number of rows.
        public var shape: [Int]

        /// A named array.
        public init(name: String, datatype: String, shape: [Int]) {
            self.name = name
            self.datatype = datatype
            self.shape = shape
        }
    }

    /// What fitted the model.
    public var framework: Framework?
    /// The class of the model, e.g. `sklearn.pipeline.Pipeline`.
    public var estimator: String?
    /// What it takes.
    public var inputs: [Tensor]?
    /// What it answers.
    public var outputs: [Tensor]?
    /// The schema of its features, their names and the queries they come from.
    public var features: JSONValue?
    /// Where the rows it was fitted on came from, from when to when, and how many they were.
    public var data: JSONValue?
    /// The seed it was fitted with.
    public var seed: Int?
    /// The parameters it was fitted with.
    public var hyperparameters: JSONValue?
    /// How well it did.
    public var scores: JSONValue?
    /// The version it was compared with, and how well that one did.
    public var champion: JSONValue?
    /// Members that Apus does not know; they are kept as they are.
    public var other: JSONValue.Object

    /// Nothing known yet.
    public init() { other = JSONValue.Object() }
}

extension ModelDetails {
    /// Reads the members of an object of metadata that describe the model, all others into ``other``.
    ///
    /// - Throws: ``StoreError/Code/malformed`` naming a member of the wrong kind.
    public init(json: JSONValue) throws(StoreError) {
        var fields = try JSONFields(json)
        framework = try fields.optional("framework", "a library and its version") { value throws(StoreError) in
            try Framework(json: value)
        }
        estimator = try fields.optional("estimator", "a string") { $0.string }
        inputs = try fields.optional("inputs", "a list of arrays", Self.tensors)
        outputs = try fields.optional("outputs", "a list of arrays", Self.tensors)
        features = fields.take("features")
        data = fields.take("data")
        seed = try fields.optional("seed", "an integer") { $0.integer }
        hyperparameters = fields.take("hyperparameters")
        scores = fields.take("scores")
        champion = fields.take("champion")
        other = fields.rest
    }

    /// The members that Apus knows, in the order of the format.
    var knownMembers: [JSONValue.Object.Member] {
        let members: [(String, JSONValue?)] = [
            ("framework", framework?.json), ("estimator", estimator.map(JSONValue.string)),
            ("inputs", inputs.map(Self.json)), ("outputs", outputs.map(Self.json)), ("features", features),
            ("data", data), ("seed", seed.map(JSONValue.integer)), ("hyperparameters", hyperparameters),
            ("scores", scores), ("champion", champion),
        ]
        return members.compactMap { key, value in value.map { JSONValue.Object.Member(key, $0) } }
    }

    /// All that is known, as metadata holds it.
    public var json: JSONValue { .object(JSONValue.Object(knownMembers + other.members)) }

    /// These details, and those of others where these say nothing.
    public func merging(_ others: ModelDetails) -> ModelDetails {
        var merged = self
        merged.framework = framework ?? others.framework
        merged.estimator = estimator ?? others.estimator
        merged.inputs = inputs ?? others.inputs
        merged.outputs = outputs ?? others.outputs
        merged.features = features ?? others.features
        merged.data = data ?? others.data
        merged.seed = seed ?? others.seed
        merged.hyperparameters = hyperparameters ?? others.hyperparameters
        merged.scores = scores ?? others.scores
        merged.champion = champion ?? others.champion
        for member in others.other.members where other[member.key] == nil { merged.other[member.key] = member.value }
        return merged
    }

    private static func tensors(_ value: JSONValue) throws(StoreError) -> [Tensor]? {
        guard let elements = value.array else { return nil }
        var tensors: [Tensor] = []
        for element in elements { tensors.append(try Tensor(json: element)) }
        return tensors
    }

    private static func json(_ tensors: [Tensor]) -> JSONValue { .array(tensors.map(\.json)) }
}

extension ModelDetails.Framework {
    fileprivate init(json: JSONValue) throws(StoreError) {
        var fields = try JSONFields(json)
        name = try fields.string("name")
        version = try fields.optional("version", "a string") { $0.string }
    }

    fileprivate var json: JSONValue {
        version.map { ["name": .string(name), "version": .string($0)] } ?? ["name": .string(name)]
    }
}

extension ModelDetails.Tensor {
    fileprivate init(json: JSONValue) throws(StoreError) {
        var fields = try JSONFields(json)
        name = try fields.string("name")
        datatype = try fields.string("datatype")
        shape = try fields.require("shape", "a list of integers") { value in
            guard let extents = value.array?.map(\.integer), !extents.contains(nil) else { return nil }
            return extents.compactMap(\.self)
        }
    }

    fileprivate var json: JSONValue {
        ["name": .string(name), "datatype": .string(datatype), "shape": .array(shape.map(JSONValue.integer))]
    }
}
