import ArgumentParser
import ModelStore

extension Models {
    /// `apus models promote`.
    struct Promote: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Promote a version: servers answer with it from now on.")

        @Argument(help: "The model.")
        var name: String

        @Argument(help: "The version, e.g. 3 or v3.")
        var version: ModelVersion

        @OptionGroup var options: StoreOptions

        func run() throws {
            let promoted = try options.modelStore.promote(ModelName(name), version)
            options.report(promoted.json, promoted.text)
        }
    }

    /// `apus models rollback`.
    struct Rollback: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Promote the version that was promoted before; done again, go back further.")

        @Argument(help: "The model.")
        var name: String

        @OptionGroup var options: StoreOptions

        func run() throws {
            let promoted = try options.modelStore.rollback(ModelName(name))
            options.report(promoted.json, promoted.text)
        }
    }
}

extension PromotedMetadata {
    fileprivate var text: String { "\(metadata.name): \(metadata.version) is promoted" }
}
