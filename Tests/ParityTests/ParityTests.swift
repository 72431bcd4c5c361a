import Foundation
import Synchronization
import Testing

/// Random models over every estimator Apus serves, stored by real scikit-learn and compared with what it answers.
///
/// `APUS_PARITY_SEED` repeats a run, `APUS_PARITY_MODELS` says how many models to draw for each release. A finding
/// names its case: `generate.py --seed SEED --count N --only CASE --out FOLDER` writes it again.
@Suite("Parity with scikit-learn", .serialized)
struct ParityTests {
    private static let variables = ProcessInfo.processInfo.environment
    private static let seed =
        variables["APUS_PARITY_SEED"].flatMap { Int($0) } ?? Int.random(in: 0..<Int(Int32.max))
    private static let modelCount = variables["APUS_PARITY_MODELS"].flatMap { Int($0) } ?? 200
    private static let total = Mutex((tally: Tally(), versions: 0))

    @Test("Answers and refusals are scikit-learn's", arguments: ScikitLearn.versions)
    func parity(version: String) throws {
        print("parity: scikit-learn \(version), seed \(Self.seed), \(Self.modelCount) models")
        let folder = FileManager.default.temporaryDirectory.appending(path: "apus-parity-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }

        let manifest = try ScikitLearn.generate(
            version: version, seed: Self.seed, count: Self.modelCount, into: folder)
        #expect(manifest.version == version)
        var tally = Tally()
        for modelCase in manifest.cases {
            try CaseRunner(folder: folder, modelCase: modelCase).run(into: &tally)
        }
        print("parity: scikit-learn \(version): \(tally.summary)")
        for complaint in tally.complaints {
            Issue.record("scikit-learn \(version), seed \(Self.seed): \(complaint)")
        }
        #expect(tally.models == Self.modelCount)

        Self.total.withLock { total in
            total.tally.add(tally)
            total.versions += 1
            if total.versions == ScikitLearn.versions.count { print("parity: in all: \(total.tally.summary)") }
        }
    }
}
