import ArgumentParser

/// Measures Apus in process and prints a line of JSON.
@main
struct InProcess: ParsableCommand {
    static let configuration = CommandConfiguration(
        subcommands: [Predict.self, Fit.self], defaultSubcommand: Predict.self)
}

extension Duration {
    /// The duration in microseconds.
    var microseconds: Double { self / .microseconds(1) }
}
