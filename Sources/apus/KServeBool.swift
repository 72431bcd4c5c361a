import ArgumentParser

/// A truth value in the spellings that KServe's flags take.
struct KServeBool: ExpressibleByArgument {
    let value: Bool

    init(_ value: Bool) { self.value = value }

    init?(argument: String) {
        switch argument.lowercased() {
        case "y", "yes", "t", "true", "on", "1": value = true
        case "n", "no", "f", "false", "off", "0": value = false
        default: return nil
        }
    }

    var defaultValueDescription: String { value ? "true" : "false" }
}

extension NameSpecification {
    /// A flag in KServe's spelling and in that of other command-line tools: `--model_dir` and `--model-dir`.
    static func kserve(_ name: String) -> NameSpecification {
        let kebab = String(name.map { $0 == "_" ? "-" : $0 })
        return [.customLong(kebab), .customLong(name)]
    }
}
