import Inference
import Tensors
import TestSupport
import Testing

@testable import Serving

@Suite("Shadows")
struct ShadowTests {
    @Test("Rows answered differently are counted, whatever they hold")
    func disagreements() {
        func numbers(_ values: [Double]) -> Answer { .array(Output(values)) }
        func labels(_ values: [String]) -> Answer { .array(Output(shape: [values.count], values: .string(values))) }
        #expect(numbers([1, 2, .nan]).disagreements(with: numbers([1, 2, .nan])) == 0)
        #expect(numbers([1, 2, 3]).disagreements(with: numbers([1 + 1e-9, 2.1, .infinity])) == 2)
        #expect(labels(["a", "b"]).disagreements(with: labels(["a", "c"])) == 1)
        #expect(labels(["1", "2"]).disagreements(with: numbers([1, 2])) == 2)
        #expect(numbers([1, 2]).disagreements(with: numbers([1])) == 2)
        let wide = Matrix(rowCount: 2, columnCount: 2, elements: [1.0, 2, 3, 4])
        let other = Matrix(rowCount: 2, columnCount: 2, elements: [1.0, 2, 3, 5])
        #expect(Answer.array(Output(wide)).disagreements(with: .array(Output(other))) == 1)
    }

    @Test("A shadow is asked what its primary was, and never answers")
    func compared() async throws {
        let registry = ModelRegistry()
        let promoted = LoadedModel(name: "m", version: "1", plan: StubModel().plan())
        let shadow = LoadedModel(
            name: "m", version: "2", plan: StubModel(methods: [.decisionFunction, .predict]).plan())
        registry.set(Deployment(promoted: promoted, shadow: shadow))
        let service = V1Service(registry: registry)
        for _ in 0..<5 {
            let body = Array(#"{"instances": [[1, 2], [-3, 1], [0.5, 0.5]]}"#.utf8)
            let prediction = try service.predict("m", body: body.span)
            #expect(String(decoding: prediction.body, as: UTF8.self).contains(#""model_version":"1""#))
        }
        for _ in 0..<500 where shadow.meter.counts.shadow.rows < 15 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(shadow.meter.counts.shadow.rows == 15)
        #expect(shadow.meter.counts.shadow.disagreements == 0)
        #expect(shadow.meter.counts.predictions == 0)
        #expect(promoted.meter.counts.predictions == 5)
    }

    @Test("A shadow of another width fails, and its primary does not")
    func failing() async throws {
        let registry = ModelRegistry()
        let shadow = LoadedModel(name: "m", version: "2", plan: StubModel(inputCount: 3).plan())
        registry.set(
            Deployment(promoted: LoadedModel(name: "m", version: "1", plan: StubModel().plan()), shadow: shadow))
        _ = try V1Service(registry: registry).predict("m", body: Array(#"{"instances": [[1, 2]]}"#.utf8).span)
        for _ in 0..<500 where shadow.meter.counts.shadow.failures == 0 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(shadow.meter.counts.shadow.failures == 1)
    }
}
