import Foundation
import Testing

@Suite("apus predict")
struct PredictTests {
    private static let example = "Examples/anomaly-detector/model.pkl"
    private static let json = #"{"instances": [[0.5, 0.6, 0.4, 100, 80], [0.55, 0.97, 9, 90, 70]]}"#
    private static let csv = "0.5,0.6,0.4,100,80\n0.55,0.97,9,90,70\n"

    private func predict(_ name: String, _ content: Data, _ options: [String] = []) throws -> BuiltTool.Outcome {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: name)
        try content.write(to: file)
        return try BuiltTool.run(["predict", Self.example, "--input", file.path] + options)
    }

    @Test("JSON, CSV with names and without, and standard input give the same answer")
    func formats() throws {
        let named = "cpu,\"mem,ory\",restarts,in,out\r\n" + Self.csv.replacing("\n", with: "\r\n")
        let outcomes = [
            try predict("rows.json", Data(Self.json.utf8)), try predict("rows.csv", Data(Self.csv.utf8)),
            try predict("rows.csv", Data(named.utf8)),
            try BuiltTool.run(["predict", Self.example, "--input", "-"], input: Self.json),
        ]
        for outcome in outcomes {
            #expect(outcome.exitCode == 0)
            #expect(outcome.output == "{\"predictions\":[1,-1]}\n")
        }
    }

    @Test("A .npy file")
    func npy() throws {
        var bytes = Data([0x93]) + Data("NUMPY".utf8) + Data([1, 0, 0x76, 0])
        let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 5), }"
        bytes += Data(header.padding(toLength: 0x75, withPad: " ", startingAt: 0).utf8) + Data("\n".utf8)
        for number in [0.5, 0.6, 0.4, 100, 80] {
            withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes += Data($0) }
        }
        let outcome = try predict("rows.npy", bytes)
        #expect(outcome.output == "{\"predictions\":[1]}\n")
    }

    @Test("CSV out, several outputs")
    func csvOut() throws {
        let options = ["--format", "csv", "--outputs", "predict,score_samples"]
        let outcome = try predict("rows.csv", Data(Self.csv.utf8), options)
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[0] == "predictions,score_samples")
        #expect(lines[1].hasPrefix("1,-0.") && lines[2].hasPrefix("-1,-0."))
    }

    @Test(
        "Rows that are refused",
        arguments: [
            ("rows.csv", "1,2,3\n", "X has 3 features, but RobustScaler is expecting 5 features as input."),
            ("rows.csv", "1,2,3,4,5\n1,2\n", "line 2 has 2 fields, the first 5"),
            ("rows.csv", "1,2,3,4,5\n\n1,2\n", "line 3 has 2 fields, the first 5"),
            ("rows.csv", "1,2,3,4,5\n1,2,3,4,x\n", "line 2: x is not a number"),
            ("rows.csv", "", "there are no rows"),
            ("rows.npy", "no array", "not a .npy file"),
            ("rows.json", "{", "Unrecognized request format"),
        ])
    func refused(name: String, content: String, sentence: String) throws {
        let outcome = try predict(name, Data(content.utf8))
        #expect(outcome.exitCode == 2)
        #expect(outcome.errors.contains(sentence))
    }

    @Test("An output the model has not")
    func unknownOutput() throws {
        let outcome = try predict("rows.json", Data(Self.json.utf8), ["--outputs", "predict_proba"])
        #expect(outcome.exitCode == 2)
        #expect(outcome.errors.contains("no predict_proba; it has predict, decision_function, score_samples"))
    }
}
