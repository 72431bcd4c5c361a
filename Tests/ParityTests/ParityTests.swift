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
    private static let seed = ParitySeed.value
    private static let modelCount = variables["APUS_PARITY_MODELS"].flatMap { Int($0) } ?? 200
    private static let total = Mutex((tally: Tally(), written: WrittenModels.Report(), versions: 0))

    @Test("Answers and refusals are scikit-learn's", arguments: ScikitLearn.versions)
    func parity(version: String) throws {
        print("parity: scikit-learn \(version), seed \(Self.seed), \(Self.modelCount) models")
        let (tally, written) = try ParityFolder.with { folder in
            let manifest = try ScikitLearn.generate(
                version: version, seed: Self.seed, count: Self.modelCount, into: folder)
            #expect(manifest.version == version)
            var tally = Tally()
            for modelCase in manifest.cases {
                try CaseRunner(folder: folder, modelCase: modelCase).run(into: &tally)
            }
            return (tally, try WrittenModels(folder: folder, manifest: manifest).check())
        }
        print("parity: scikit-learn \(version): \(tally.summary)")
        print("parity: scikit-learn \(version), written again: \(written.summary)")
        for finding in written.findings.prefix(20) {
            Issue.record("written again, seed \(Self.seed): \(finding)")
        }
        #expect(written.models > Self.modelCount)
        for complaint in tally.complaints {
            Issue.record("scikit-learn \(version), seed \(Self.seed): \(complaint)")
        }
        #expect(tally.models == Self.modelCount)

        Self.total.withLock { total in
            total.tally.add(tally)
            total.written.add(written)
            total.versions += 1
            if total.versions == ScikitLearn.versions.count {
                print("parity: in all: \(total.tally.summary)\n  written again: \(total.written.summary)")
            }
        }
    }
}
