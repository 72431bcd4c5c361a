import ArgumentParser
import ModelStore

extension Models {
    /// `apus models show`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a model, its versions and its traffic.")

        @Argument(help: "The model.")
        var name: String

        @OptionGroup var options: StoreOptions

        func run() throws {
            let model = try options.modelStore.model(ModelName(name))
            options.report(model.json, text(model))
        }

        private func text(_ model: StoredModel) -> String {
            var lines = [("model", model.name.text), ("path", model.path)]
            if let file = model.file {
                lines.append(("file", "\(file.path), \(file.sizeText), \(file.modified.iso8601)"))
            }
            lines.append(("promoted", promotion(of: model)))
            if let details = model.metadata?.metadata.details { lines += facts(details) }
            if let traffic = model.traffic.text { lines.append(("traffic", traffic)) }
            lines.append(("uri", ModelStore.uri(of: model.name)))
            var text = lines.map { $0.0 + String(repeating: " ", count: 11 - $0.0.count) + $0.1 }
            if !model.versions.isEmpty { text += ["versions", table(model.versions).text(indentedBy: 2)] }
            if !model.problems.isEmpty { text += ["problems"] + model.problems.map { "  \($0)" } }
            return text.joined(separator: "\n")
        }

        private func promotion(of model: StoredModel) -> String {
            guard let promoted = model.promoted else { return "no version" }
            let since = model.metadata?.promoted.map { " since \($0)" } ?? ""
            let history = model.metadata?.history ?? []
            let before = history.isEmpty ? "" : ", before it \(history.map(\.description).joined(separator: ", "))"
            return "\(promoted)\(since)\(before)"
        }

        private func facts(_ details: ModelDetails) -> [(String, String)] {
            let facts: [(String, String?)] = [
                ("framework", details.framework?.text), ("estimator", details.estimator),
                ("inputs", details.inputs?.map(\.text).joined(separator: "; ")),
                ("outputs", details.outputs?.map(\.text).joined(separator: "; ")),
                ("scores", details.scores?.text), ("data", details.data?.text),
            ]
            return facts.compactMap { name, fact in fact.map { (name, $0) } }
        }

        private func table(_ versions: [StoredVersion]) -> TextTable {
            var table = TextTable("VERSION", "CREATED", "SIZE", "FRAMEWORK", "WRITTEN BY")
            for version in versions.reversed() {
                let metadata = version.metadata
                table.add(
                    version.version.description, metadata?.created ?? version.file?.modified.iso8601,
                    version.file?.sizeText, metadata?.details.framework?.text, metadata?.writtenBy)
            }
            return table
        }
    }
}

extension Traffic {
    /// The split for people; nil if there is none.
    var text: String? {
        guard !isEmpty else { return nil }
        var parts: [String] = []
        if let canary {
            let sticky = canary.stickyHeader.map { ", by \($0)" } ?? ""
            parts.append("canary \(canary.version) \(canary.percentText) %\(sticky)")
        }
        if let shadow { parts.append("shadow \(shadow)") }
        if let pinHeader { parts.append("pinned by \(pinHeader)") }
        return parts.joined(separator: "; ")
    }
}

extension Traffic.Canary {
    /// `10` rather than `10.0`.
    fileprivate var percentText: String { percent == percent.rounded() ? "\(Int(percent))" : "\(percent)" }
}
