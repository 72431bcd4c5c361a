import PickleCodec
import Testing

@testable import Estimators

@Suite("Nesting and sharing")
struct NestingTests {
    private static let pipeline = "sklearn.pipeline.Pipeline"

    @Test("A pipeline within itself is refused")
    func cycle() {
        let name = PythonName(module: "sklearn.pipeline", name: "Pipeline")
        var object = PickledObject(construction: .new, callable: PickleReference(1), arguments: PickleReference(2))
        object.state = PickleReference(5)
        let values: [PickleValue] = [
            .object(object), .global(name), .tuple([]), .string("steps"), .list([PickleReference(6)]),
            .dictionary([PickleEntry(key: PickleReference(3), value: PickleReference(4))]),
            .tuple([PickleReference(3), PickleReference(0)]),
        ]
        let graph = PickleGraph(values: values, root: PickleReference(0), protocolVersion: 4, compression: .none)
        let error = #expect(throws: EstimatorError.self) { try EstimatorRegistry.decode(graph) }
        #expect(error?.message == "more than 32 estimators lie within each other")
    }

    @Test("Lists that each hold the one before twice are refused before they are followed")
    func bomb() {
        var values: [PickleValue] = [.none]
        for index in 0..<60 { values.append(.list([PickleReference(index), PickleReference(index)])) }
        let graph = PickleGraph(
            values: values,
            root: PickleReference(values.count - 1),
            protocolVersion: 4,
            compression: .none
        )
        let error = #expect(throws: EstimatorError.self) { try EstimatorRegistry.decode(graph) }
        #expect(error?.message.contains("share each other") == true)
    }

    @Test("A deep graph is measured without recursion")
    func deep() {
        var values: [PickleValue] = [.none]
        for index in 0..<200_000 { values.append(.list([PickleReference(index)])) }
        let graph = PickleGraph(
            values: values,
            root: PickleReference(values.count - 1),
            protocolVersion: 4,
            compression: .none
        )
        let error = #expect(throws: EstimatorError.self) { try EstimatorRegistry.decode(graph) }
        #expect(error?.message == "expected an object, found list")
    }

    @Test("An unknown class is named with its place")
    func unknownClass() {
        let scaler = Python.object(
            "sklearn.preprocessing._data.MaxAbsScaler",
            ["scale_": .list([.float(1)])]
        )
        let model = Python.object(
            Self.pipeline,
            [
                "steps": .list([
                    .tuple([.string("scale"), scaler]),
                    .tuple([.string("model"), .object("__main__.TimeSeriesEnsemble", [:])]),
                ])
            ]
        )
        let error = #expect(throws: EstimatorError.self) { try EstimatorRegistry.decode(model.graph) }
        #expect(error?.code == .unsupportedClass)
        #expect(error?.description.hasPrefix("Pipeline.steps[1]: class __main__.TimeSeriesEnsemble") == true)
    }
}
