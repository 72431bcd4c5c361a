import Estimators
import Testing

@testable import Inference

@Suite("PCA")
struct PCATests {
    private let components = matrix([[0.6, 0.8], [-0.8, 0.6]])

    @Test("The mean is taken off before or after the projection, as the version does", arguments: ["1.4.2", "1.5.0"])
    func projection(version: String) throws {
        let pca = PCA(fit: record("PCA", columns: 2, version: version), components: components, mean: [1, 2])
        expectClose(try Plan(pca).numbers(.transform, [[2, 4], [1, 2]]), [2.2, 0.4, 0, 0])
    }

    @Test("Whitening divides by the deviation, from 1.5 on by epsilon at least")
    func whitening() throws {
        func whitened(_ version: String, _ variances: [Double]) throws -> [Double] {
            try Plan(
                PCA(
                    fit: record("PCA", version: version),
                    components: components,
                    mean: [0, 0],
                    whiteningVariance: variances
                )
            ).numbers(.transform, [[1, 2]])
        }
        expectClose(try whitened("1.3.2", [4, 0.25]), [1.1, 0.8])
        expectClose(try whitened("1.5.2", [4, 0.25]), [1.1, 0.8])
        #expect(try whitened("1.3.2", [4, 0])[1] == .infinity)
        #expect(try whitened("1.5.2", [4, 0])[1] == (try whitened("1.5.2", [4, 1])[1]) / .ulpOfOne)
    }

    @Test("Components fitted on float32 have deviations and a projected mean of float32")
    func singlePrecision() throws {
        func transformed(_ version: String) throws -> [Double] {
            let pca = PCA(
                fit: record("PCA", version: version), components: matrix([[1, 0.1]]), mean: [0.1, 0],
                whiteningVariance: [2], isSinglePrecision: true)
            return try Plan(pca).numbers(.transform, [[1, 0]])
        }
        let deviation = Double(Float(2).squareRoot())
        #expect(try transformed("1.3.2") == [(1 - 0.1) / deviation])
        #expect(try transformed("1.5.2") == [(1 - Double(Float(0.1))) / deviation])
    }

    @Test("Arrays that contradict each other are refused by name")
    func contradictions() {
        expectInvalid(
            PCA(fit: record("PCA", columns: 2), components: components, mean: [1]),
            naming: "mean_ has 1 columns"
        )
        expectInvalid(
            PCA(fit: record("PCA"), components: components, mean: nil, whiteningVariance: [1]),
            naming: "explained_variance_"
        )
    }
}
