import ArgumentParser

@main
struct Apus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "apus", abstract: "Serve scikit-learn models.")
}
