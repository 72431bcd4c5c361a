import ArgumentParser
import ModelStore

extension Models {
    /// `apus models list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the models of the store.")

        @OptionGroup var options: StoreOptions

        func run() throws {
            let models = try options.modelStore.models()
            options.report(.array(models.map(\.json)), text(models))
        }

        private func text(_ models: [ModelSummary]) -> String {
            guard !models.isEmpty else { return "no models in \(options.modelStore.layout.path)" }
            var table = TextTable("NAME", "VERSION", "FRAMEWORK", "ESTIMATOR", "SIZE", "PROMOTED")
            for model in models {
                let details = model.metadata?.metadata.details
                table.add(
                    model.name.text, model.promoted?.description, details?.framework?.text, details?.estimator,
                    model.file?.sizeText, model.metadata?.promoted ?? model.file?.modified.iso8601)
            }
            let problems = models.compactMap { model in model.problem.map { "\(model.name): \($0)" } }
            return ([table.text()] + problems).joined(separator: "\n")
        }
    }
}
