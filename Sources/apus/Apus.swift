import ArgumentParser
import Serving

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
        } catch {
            guard let failure = CommandFailure(error) else { exit(withError: error) }
            failure.tell()
            exit(withError: failure.exitCode)
        }
    }
}
