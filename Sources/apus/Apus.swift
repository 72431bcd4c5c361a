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
        subcommands: [Serve.self]
    )
}
