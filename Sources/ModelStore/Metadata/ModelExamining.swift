/// Looks into model files for the store, which itself knows only bytes.
public protocol ModelExamining: Sendable {
    /// What a file says of the model in it; nothing in the file is ever run.
    ///
    /// - Throws: any error whose description says why the file holds no model at all.
    func examine(path: String) throws -> ModelFacts
}

/// What a model's file says of the model.
public struct ModelFacts: Hashable, Sendable {
    /// The framework, the class, the inputs and the outputs, as far as the file tells.
    public var details: ModelDetails
    /// Why Apus cannot serve it; nil if it can.
    public var refusal: String?
    /// The classes in it that a stock installation of the framework does not have, by name.
    public var foreignClasses: [String]

    /// What a file says.
    public init(details: ModelDetails, refusal: String? = nil, foreignClasses: [String] = []) {
        self.details = details
        self.refusal = refusal
        self.foreignClasses = foreignClasses
    }
}
