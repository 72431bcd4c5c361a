import Foundation
import Testing

/// Forests of drawn parameters on drawn data, grown by real scikit-learn and compared node for node.
///
/// `APUS_PARITY_SEED` repeats a run, `APUS_PARITY_FITS` says how many fits to draw. A finding names its case:
/// `Fits/fit_cases.py --seed SEED --count N --only CASE --out FOLDER` writes it again.
@Suite("Parity of fits with scikit-learn", .serialized)
struct FitTests {
    private static let fitCount =
        ProcessInfo.processInfo.environment["APUS_PARITY_FITS"].flatMap { Int($0) } ?? 400

    @Test("The same seed grows scikit-learn's trees, node for node")
    func fits() throws {
        let (seed, version) = (ParitySeed.value, ScikitLearn.fitted)
        print("parity of fits: scikit-learn \(version), seed \(seed), \(Self.fitCount) fits")
        let tally = try ParityFolder.with { folder in
            let arguments = ["--seed", "\(seed)", "--out", folder.path, "--count", "\(Self.fitCount)"]
            _ = try ScikitLearn.run("Fits/fit_cases.py", arguments, version: version)
            let written = try Data(contentsOf: folder.appending(path: "fits.json"))
            let manifest = try JSONDecoder().decode(FitManifest.self, from: written)
            #expect(manifest.version == version)
            var tally = FitTally()
            for (index, fitCase) in manifest.cases.enumerated() {
                try FitRunner(folder: folder, fitCase: fitCase, threads: 1 + index % 3).run(into: &tally)
            }
            return tally
        }
        print("parity of fits: \(tally.summary)")
        for complaint in tally.complaints { Issue.record("seed \(seed): \(complaint)") }
        #expect(tally.fitCount + tally.refusals == Self.fitCount)
        // Two functions of numpy in a row, each within 4, and the exponent's own error doubled at most.
        #expect(tally.largestRoundings <= 16)
    }
}
