import ArgumentParser
import ModelStore

extension Models {
    /// `apus models validate`.
    struct Validate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check the rules of the platform, and say what breaks them and what to do.",
            discussion: """
                The rules: \(ValidationRule.allCases.map(\.title).joined(separator: "; ")).

                Exit code 2: a rule is broken.
                """
        )

        @Argument(help: "The models. (default: all)")
        var names: [String] = []

        @OptionGroup var options: StoreOptions

        func run() throws {
            let store = options.modelStore
            let names = try names.isEmpty ? store.models().map(\.name) : names.map { try ModelName($0) }
            var validations: [Validation] = []
            for name in names { validations.append(try store.validate(name)) }
            options.report(
                .array(validations.map(\.json)), validations.map(\.text).joined(separator: "\n"))
            guard validations.allSatisfy(\.isValid) else { throw ExitCode(2) }
        }
    }
}

extension Validation {
    fileprivate var text: String {
        guard !isValid else { return "\(name): valid" }
        let lines = violations.map { "  \($0.rule.rawValue): \($0.problem)\n    \($0.remedy)" }
        return (["\(name): not valid"] + lines).joined(separator: "\n")
    }

    fileprivate var json: JSONValue {
        let violations = violations.map { violation -> JSONValue in
            [
                "rule": .string(violation.rule.rawValue), "problem": .string(violation.problem),
                "remedy": .string(violation.remedy),
            ]
        }
        return ["name": .string(name.text), "valid": .bool(isValid), "violations": .array(violations)]
    }
}
