import Estimators
import Testing

@testable import Inference

@Suite("KMeans")
struct KMeansTests {
    private let centers = matrix([[0, 0], [2, 0], [2, 0]])

    @Test("The nearest centre, the first of several, and the distances to all")
    func nearest() throws {
        let plan = try Plan(KMeans(fit: record("KMeans", columns: 2), centers: centers))
        #expect(plan.methods == [.predict, .transform])
        #expect(try plan.output(.predict, [[3, 0], [1, 0], [-1, 5]]).values == .int64([1, 0, 0]))
        #expect(
            try plan.output(.transform, [[2, 0], [5, 4]]) == Output(matrix([[2, 0, 0], [41.squareRoot(), 5, 5]]))
        )
    }

    @Test("Centres that contradict the fit are refused by name")
    func contradictions() {
        expectInvalid(KMeans(fit: record("KMeans", columns: 3), centers: centers), naming: "cluster_centers_ has 2")
        expectInvalid(KMeans(fit: record("KMeans", columns: 3), centers: matrix([])), naming: "cluster_centers_ has 0")
    }
}
