import ArgumentParser
import ModelStore

extension Models {
    /// `apus models migrate`.
    struct Migrate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Bring models of older layouts into the store's own.",
            discussion: """
                Moves STORE/NAME.pkl into a folder of its own, and makes a model.pkl that is of no version the first \
                one. With PATH, a model from anywhere is copied into the store. Without NAME, every model that needs it.
                """
        )

        @Argument(help: "The model. (default: every model that needs it)")
        var name: String?

        @Argument(help: "A model file, or a folder that holds one, anywhere.")
        var path: String?

        @Flag(help: "Remove the file at PATH when it is in the store.")
        var removeSource = false

        @OptionGroup var options: StoreOptions

        func run() throws {
            let store = options.modelStore
            if let name, let path {
                let saved = try store.migrate(ModelName(name), from: path, removesSource: removeSource)
                options.report(.array([saved.json]), saved.text)
                return
            }
            let names =
                try name.map { [try ModelName($0)] }
                ?? store.models().filter { $0.file != nil && $0.promoted == nil }.map(\.name)
            var promoted: [PromotedMetadata] = []
            for name in names { promoted.append(try store.migrate(name)) }
            let lines = promoted.map { "\($0.metadata.name): \($0.metadata.version) is promoted" }
            options.report(
                .array(promoted.map(\.json)), lines.isEmpty ? "nothing to migrate" : lines.joined(separator: "\n"))
        }
    }
}
