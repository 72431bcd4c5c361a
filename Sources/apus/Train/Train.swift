import ArgumentParser
import FoundationEssentials
import Glibc
import ModelStore
import Reports
import Serving
import ServingHTTP
import TrainingRuns

/// `apus train`: a model fitted to what a cluster measures, judged, saved and promoted.
struct Train: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fit a model to what a cluster measures, judge it, save it, and promote it.",
        discussion: """
            Series come from Prometheus, a CSV file or a synthetic cluster; the fit is scikit-learn's, tree for tree. \
            The model is judged on rows it was not fitted to: it has to reach bounds of its own, to beat rules that \
            need no model, and not to be worse than the promoted version. A model that does not pass is kept as a \
            version with the reasons, and the promoted one goes on. What is written is a pickle that scikit-learn \
            1.3 to 1.9 loads. A run that is told to stop saves nothing.

              apus train anomaly-detector
              apus train predictive-analytics --prometheus-url http://localhost:9090 --days 30

            Exit codes: 0 promoted (or passed, with --no-promote), 3 not passed, 1 failed, 2 refused, 64 usage.
            """
    )

    /// The exit code of a run whose model did not pass.
    private static let notPassed = ExitCode(3)

    @Argument(help: "The model's name in the store.")
    var name: String

    @OptionGroup(title: "Model") var model: TrainModelOptions
    @OptionGroup(title: "Data") var data: TrainDataOptions

    @Flag(inversion: .prefixedNo, help: "Promote a model that passes.")
    var promote = true

    @Option(help: "Delete all but the newest N versions, the promoted, the previous and those with traffic.")
    var keep: Int?

    @Option(help: "How many threads fit. (default: one per processor)")
    var threads: Int?

    @Option(help: "Write the report as a page, with plots, to this file.")
    var report: String?

    @OptionGroup(title: "Store") var options: StoreOptions

    func validate() throws {
        guard keep.map({ $0 > 0 }) ?? true else { throw ValidationError("--keep must be at least 1") }
        if let report {
            let folder = URL(filePath: report).deletingLastPathComponent().path
            guard FileManager.default.isWritableFile(atPath: folder) else {
                throw ValidationError("--report \(report): nothing can be written to \(folder)")
            }
        }
        guard threads.map({ 1...1_024 ~= $0 }) ?? true else { throw ValidationError("--threads must be 1 to 1024") }
    }

    func run() async throws {
        let kind = try model.kind(of: name)
        let recipe = try model.recipe(kind)
        var settings = TrainingRun.Settings()
        settings.threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
        settings.promotes = promote
        settings.keep = keep
        let training = TrainingRun(
            name: try ModelName(name), recipe: recipe,
            data: try data.data(for: recipe.schema, defaultDays: kind.defaultDays, seed: recipe.seed),
            store: options.modelStore, settings: settings)
        let startedAt = Int(Date.now.timeIntervalSince1970)
        let progress = TrainProgress()
        let result = try await StoppableTask.run { try await training { progress.observe($0) } }
        let report = result.report(startedAt: startedAt, writer: "apus \(ApusVersion.current)")
        options.report(.object(JSONValue.Object(report.fields)), report.text())
        if let path = self.report { write(report.htmlPage(), to: path) }
        guard result.judgement.verdict.isPassed else { throw Self.notPassed }
    }
}

extension Train {
    /// Writes the page; the model is saved by then, so a failure is told and changes nothing.
    private func write(_ page: String, to path: String) {
        do { try Data(page.utf8).write(to: URL(filePath: path), options: .atomic) } catch {
            let line = Array("apus: the report could not be written to \(path): \(error)\n".utf8)
            _ = Glibc.write(STDERR_FILENO, line, line.count)
        }
    }
}

extension JSONValue {
    /// A part of a report.
    fileprivate init(_ value: ReportField.Value) {
        switch value {
        case .null: self = .null
        case .bool(let flag): self = .bool(flag)
        case .integer(let number): self = .integer(number)
        case .number(let number): self = .double(number)
        case .text(let text): self = .string(text)
        case .list(let values): self = .array(values.map { JSONValue($0) })
        case .fields(let fields): self = .object(Object(fields))
        }
    }
}

extension JSONValue.Object {
    /// The parts of a report by name.
    fileprivate init(_ fields: [ReportField]) {
        self.init(fields.map { Member($0.name, JSONValue($0.value)) })
    }
}
