import ArgumentParser
import FoundationEssentials
import PickleCodec

/// `apus inspect`: what is in a model file.
struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what is in a model file, without running any of it.",
        discussion: """
            Prints the classes a pickle holds, the scikit-learn version that wrote it, its columns and outputs, and \
            whether Apus can serve it. The file is read as data: nothing in it is ever executed.

            Exit code 2: the file is no pickle, or holds something that Apus cannot serve (and says what).
            """
    )

    @Argument(help: "A pickle or joblib file, e.g. model.pkl.")
    var model: String

    @Flag(help: "Print JSON for programs.")
    var json = false

    @Flag(help: "Print every value of the pickle instead, one a line.")
    var pickle = false

    func run() throws {
        let graph: PickleGraph
        do throws(PickleError) { graph = try PickleReader.read(path: model) } catch {
            throw Refusal(model, error)
        }
        if pickle {
            PickleListing(graph).write()
            return
        }
        let inspection = ModelInspection(path: model, graph: graph)
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            print(String(decoding: try encoder.encode(inspection), as: UTF8.self))
        } else {
            print(inspection.text)
        }
        if let refusal = inspection.refusal { throw Refusal("\(model): \(refusal)") }
    }
}
