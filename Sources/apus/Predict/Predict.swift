import ArgumentParser
import Estimators
import Inference
import PickleCodec
import Serving
import Tensors

/// `apus predict`: answers for the rows of a file.
struct Predict: ParsableCommand {
    /// How answers are printed.
    enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
        case json, csv
    }

    static let configuration = CommandConfiguration(
        abstract: "Answer for the rows of a file, without a server.",
        discussion: """
            Rows are read from JSON ({"instances": [[...], ...]}, as the server takes them), CSV (numbers, with a \
            header line or without) or a numpy .npy file, by the file's extension.

            apus predict Examples/anomaly-detector/model.pkl --input rows.csv --outputs predict,score_samples

            Exit code 2: the model or the rows were refused.
            """
    )

    @Argument(help: "A pickle or joblib file, e.g. model.pkl.")
    var model: String

    @Option(help: "The rows: a .json, .csv or .npy file, or - for JSON on standard input.")
    var input: String

    @Option(
        help:
            "What to answer, separated by commas: \(PredictionMethod.allCases.map(\.rawValue).joined(separator: ", "))."
    )
    var outputs: String?

    @Option(help: "How to print the answers: \(OutputFormat.allCases.map(\.rawValue).joined(separator: " or ")).")
    var format = OutputFormat.json

    @Option(help: "How many threads a large batch may use.")
    var threads = 2

    func run() throws {
        let plan = try loadPlan()
        let request = try InputRows.read(input, for: plan)
        let methods = try chosenMethods(plan, request.outputs)
        var answers: [(name: String, answer: Answer)] = []
        for method in methods {
            do throws(InferenceError) {
                let answer = try plan.evaluate(method, on: request.rows, threads: threads)
                answers.append((answers.isEmpty ? "predictions" : method.rawValue, answer))
            } catch {
                throw Refusal("\(input): \(error)")
            }
        }
        switch format {
        case .json:
            let others = answers.dropFirst().map { V1Answer.Member(name: $0.name, answer: $0.answer) }
            print(String(decoding: V1Answer(predictions: answers[0].answer, others: others).encoded(), as: UTF8.self))
        case .csv: print(AnswerTable(answers).text, terminator: "")
        }
    }

    private func loadPlan() throws -> Plan {
        do { return try Plan(EstimatorRegistry.decode(PickleReader.read(path: model))) } catch {
            throw Refusal(model, error)
        }
    }

    /// The outputs asked for on the command line, or else in the file, or else the model's first.
    private func chosenMethods(_ plan: Plan, _ requested: [PredictionMethod]) throws -> [PredictionMethod] {
        guard let outputs else { return Array(plan.methods.prefix(1)) + requested.filter { $0 != plan.methods.first } }
        let names = outputs.split(separator: ",")
        guard !names.isEmpty else { throw Refusal("--outputs names no output") }
        return try names.map { name in
            guard let method = PredictionMethod(rawValue: String(name)), plan.methods.contains(method) else {
                let known = plan.methods.map(\.rawValue).joined(separator: ", ")
                throw Refusal("\(model): this model has no \(name); it has \(known)")
            }
            return method
        }
    }
}
