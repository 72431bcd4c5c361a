import ArgumentParser
import ModelStore

extension Models {
    /// `apus models delete`.
    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete a version, or a model with all of them.",
            usage: """
                apus models delete NAME VERSION
                apus models delete NAME --all
                """
        )

        @Argument(help: "The model.")
        var name: String

        @Argument(help: "The version, e.g. 3 or v3.")
        var version: ModelVersion?

        @Flag(help: "Delete the model with all its versions.")
        var all = false

        @OptionGroup var options: StoreOptions

        func validate() throws {
            guard all == (version == nil) else { throw ValidationError("expected VERSION, or --all") }
        }

        func run() throws {
            let name = try ModelName(name)
            if let version {
                try options.modelStore.delete(name, version)
            } else {
                try options.modelStore.delete(name)
            }
            options.report(
                ["name": .string(name.text), "version": .init(version)],
                "deleted \(name)\(version.map { " \($0)" } ?? "")")
        }
    }
}
