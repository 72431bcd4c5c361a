import ArgumentParser
import FoundationEssentials
import ModelStore
import Schedules
import TrainingRuns

/// `apus train`: a model fitted to what a cluster measures, judged, saved and promoted.
struct Train: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fit a model to what a cluster measures, judge it, save it, and promote it.",
        usage: """
            apus train NAME [options]
            apus train --all [options]
            """,
        discussion: """
            Series come from Prometheus, a CSV file or a synthetic cluster; the fit is scikit-learn's, tree for tree. \
            The model is judged on rows it was not fitted to: it has to reach bounds of its own, to beat rules that \
            need no model, and not to be worse than the promoted version. A model that does not pass is kept as a \
            version with the reasons, and the promoted one goes on. What is written is a pickle that scikit-learn \
            1.3 to 1.9 loads. A run that is told to stop saves nothing.

              apus train anomaly-detector
              apus train predictive-analytics --prometheus-url http://localhost:9090 --days 30
              apus train --all --schedule "0 2 * * 0" --time-zone Europe/Berlin

            Exit codes: 0 promoted (or passed, with --no-promote), 3 not passed, 1 failed, 2 refused, 64 usage.
            """
    )

    @Argument(help: "The model's name in the store.")
    var name: String?

    @Flag(help: "Train both kinds of models, one after the other, each called after its kind.")
    var all = false

    @OptionGroup(title: "Model") var model: TrainModelOptions
    @OptionGroup(title: "Data") var data: TrainDataOptions

    @Flag(inversion: .prefixedNo, help: "Promote a model that passes.")
    var promote = true

    @Option(help: "Delete all but the newest N versions, the promoted, the previous and those with traffic.")
    var keep: Int?

    @Option(help: "How many threads fit. (default: one per processor)")
    var threads: Int?

    @Option(
        help: ArgumentHelp(
            "Write each run's report as a page with plots and as JSON: NAME-VERSION.html and .json.", valueName: "dir"))
    var reports: String?

    @OptionGroup(title: "Schedule") var schedule: TrainScheduleOptions
    @OptionGroup(title: "After a promotion") var trigger: TrainTriggerOptions
    @OptionGroup(title: "Store") var options: StoreOptions

    func validate() throws {
        guard (name != nil) != all else { throw ValidationError("name one model, or say --all") }
        guard !all || model.kind == nil && !trigger.namesService else {
            throw ValidationError("--all trains several models: --kind and the name of a service fit only one")
        }
        guard keep.map({ $0 > 0 }) ?? true else { throw ValidationError("--keep must be at least 1") }
        guard threads.map({ 1...1_024 ~= $0 }) ?? true else { throw ValidationError("--threads must be 1 to 1024") }
    }

    func run() async throws {
        if let zone = schedule.timeZone { ProcessTimeZone.set(zone) }
        let jobs = try jobs()
        guard let expression = try schedule.expression else { return try await runOnce(jobs) }
        // A mistake of usage is told now rather than on Sunday at two.
        for job in jobs { _ = try job.currentData() }
        try await StoppableTask.run {
            var service = try TrainingService(jobs, expression)
            try await service.run()
        }
    }

    /// Each model once; what went worst decides the exit code.
    private func runOnce(_ jobs: [TrainJob]) async throws {
        let exitCodes = try await StoppableTask.run {
            var exitCodes: [ExitCode] = []
            for job in jobs { exitCodes.append(try await jobs.count == 1 ? job.run() : job.attempt()) }
            return exitCodes
        }
        for exitCode in [.failure, ExitCode(2), TrainJob.notPassed] where exitCodes.contains(exitCode) {
            throw exitCode
        }
    }
}

extension Train {
    private func jobs() throws -> [TrainJob] {
        let reports = try reports.map(ReportFolder.init)
        if let name {
            let kind = try model.kind(of: name)
            guard kind != .anomalyDetector || model.splitter == nil else {
                throw ValidationError("--splitter is for forecasters: a detector's splits are drawn at random")
            }
            return [try job(name, kind, reports)]
        }
        return try TrainModelOptions.Kind.allCases.map { try job($0.rawValue, $0, reports) }
    }

    private func job(_ name: String, _ kind: TrainModelOptions.Kind, _ reports: ReportFolder?) throws -> TrainJob {
        let name = try ModelName(name)
        let progress = TrainProgress(title: all ? "\(name): " : "")
        var settings = TrainingRun.Settings()
        settings.threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
        settings.promotes = promote
        settings.keep = keep
        settings.trigger = try trigger.trigger(for: name) { progress.observe(.notice($0)) }
        return TrainJob(
            name: name, recipe: try model.recipe(kind), defaultDays: kind.defaultDays, data: data, store: options,
            settings: settings, reports: reports, progress: progress)
    }
}
