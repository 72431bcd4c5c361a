/// A rule that a model of the platform keeps.
public enum ValidationRule: String, CaseIterable, Hashable, Sendable {
    /// Exactly one model file lies at the top of the folder, where KServe looks.
    case oneFile = "one-file"
    /// The file is not empty.
    case notEmpty = "not-empty"
    /// No symbolic link leads out of the store.
    case inStore = "in-store"
    /// Apus can serve the model.
    case apus
    /// Stock scikit-learn can load it: it is made of standard classes only.
    case scikitLearn = "scikit-learn"
    /// What the metadata says is true of the files.
    case metadata
    /// The traffic can be followed.
    case traffic

    /// The rule as a sentence.
    public var title: String {
        switch self {
        case .oneFile: "exactly one model file at the top"
        case .notEmpty: "the model file is not empty"
        case .inStore: "no symbolic link leads out of the store"
        case .apus: "Apus can serve it"
        case .scikitLearn: "stock scikit-learn can load it"
        case .metadata: "the metadata is true"
        case .traffic: "the traffic can be followed"
        }
    }
}

/// What validating a model found.
public struct Validation: Hashable, Sendable {
    /// A rule that is broken.
    public struct Violation: Hashable, Sendable {
        /// The rule.
        public let rule: ValidationRule
        /// What breaks it.
        public let problem: String
        /// What to do about it.
        public let remedy: String
    }

    /// The model.
    public let name: ModelName
    /// What is wrong, in the order of the rules.
    public let violations: [Violation]

    /// Whether all rules are kept.
    public var isValid: Bool { violations.isEmpty }

    init(name: ModelName, violations: [Violation]) {
        self.name = name
        let order = ValidationRule.allCases
        self.violations = order.flatMap { rule in violations.filter { $0.rule == rule } }
    }
}
