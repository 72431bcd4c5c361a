import ArgumentParser
import FoundationEssentials
import Glibc
import ModelStore
import Reports
import Serving
import TrainingRuns

/// One model that is trained, once or again and again.
struct TrainJob: Sendable {
    /// The exit code of a run whose model did not pass.
    static let notPassed = ExitCode(3)

    let name: ModelName
    let recipe: any Recipe
    /// Days of data unless something else is said.
    let defaultDays: Double
    let data: TrainDataOptions
    let store: StoreOptions
    let settings: TrainingRun.Settings
    let reports: ReportFolder?
    let progress: TrainProgress

    /// The data as it is now: the window ends at this moment.
    func currentData() throws -> RunData {
        try data.data(for: recipe.schema, defaultDays: defaultDays, seed: recipe.seed)
    }

    /// Collects, fits, judges and saves, and tells of it.
    ///
    /// - Returns: what a command that does this alone exits with.
    func run() async throws -> ExitCode {
        let startedAt = Int(Date.now.timeIntervalSince1970)
        let training = TrainingRun(
            name: name, recipe: recipe, data: try currentData(), store: store.modelStore, settings: settings)
        let result = try await training { progress.observe($0) }
        let report = result.report(startedAt: startedAt, writer: "apus \(ApusVersion.current)")
        store.report(JSONValue(report), report.text())
        fflush(nil)
        var exitCode = result.judgement.verdict.isPassed ? ExitCode.success : Self.notPassed
        if case .failure(let error) = result.trigger {
            CommandFailure(error)?.tell()
            exitCode = .failure
        }
        // The model is saved by then: a report that cannot be written changes nothing.
        do throws(Refusal) { try reports?.write(report, of: result.version) } catch { CommandFailure(error)?.tell() }
        return exitCode
    }

    /// Runs as one of several: a failure is told and does not keep the others from running.
    ///
    /// - Throws: what is no failure of this run: a mistake of usage, or that the process is told to stop.
    func attempt() async throws -> ExitCode {
        do { return try await run() } catch let error as RunError where error.code == .cancelled {
            throw error
        } catch {
            guard let failure = CommandFailure(error) else { throw error }
            failure.tell()
            return failure.exitCode
        }
    }

    /// When the newest version was made, in seconds since 1970 UTC; nil if there is none.
    func lastRun() throws -> Int? {
        do throws(StoreError) {
            guard let newest = try store.modelStore.model(name).versions.last else { return nil }
            let created = newest.metadata.flatMap { try? Date($0.created, strategy: .iso8601) }
            return created.map { Int($0.timeIntervalSince1970) } ?? newest.file?.modified.seconds
        } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
    }
}
