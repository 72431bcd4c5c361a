import ArgumentParser
import DataSources
import Features
import Glibc
import ModelStore
import Serving
import TrainingRuns

@main
struct Apus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apus",
        abstract: "Serve scikit-learn models over KServe's protocol, without Python.",
        discussion: """
            Try it:
              apus serve Examples/anomaly-detector/model.pkl
              curl localhost:8080/v1/models/anomaly-detector:predict -d '{"instances": [[0.5, 0.6, 0.4, 100, 80]]}'
            """,
        version: "apus \(ApusVersion.current)",
        subcommands: [Serve.self, Train.self, Predict.self, Inspect.self, Models.self]
    )

    /// Runs the command of the process's arguments; exit codes are 0 done, 1 failed, 2 refused input, 64 usage.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asyncCommand = command as? any AsyncParsableCommand {
                try await asyncCommand.run()
            } else {
                try command.run()
            }
        } catch let refusal as Refusal {
            end(refusal.description, ExitCode(2))
        } catch let error as RunError {
            end(error.message, error.code == .failed || error.code == .cancelled ? .failure : ExitCode(2))
        } catch let error as DataSourceError {
            end(error.message, ExitCode(2))
        } catch let error as FeatureError {
            end(error.message, ExitCode(2))
        } catch let error as StoreError {
            end(error.message, error.exitCode)
        } catch {
            exit(withError: error)
        }
    }

    /// Ends the process with a sentence on standard error.
    private static func end(_ sentence: String, _ code: ExitCode) -> Never {
        let line = Array("apus: \(sentence)\n".utf8)
        _ = write(STDERR_FILENO, line, line.count)
        exit(withError: code)
    }
}

extension StoreError {
    /// 1 where a system failed, 2 where what was asked was refused.
    fileprivate var exitCode: ExitCode {
        [.noSpace, .readOnly, .noPermission, .ioFailure, .unavailable].contains(code) ? .failure : ExitCode(2)
    }
}
