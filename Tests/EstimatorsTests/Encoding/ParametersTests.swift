import PickleCodec
import Tensors
import Testing

@testable import Estimators

@Suite("Constructor parameters")
struct ParametersTests {
    @Test("Those that are not given have their defaults, in the constructor's order")
    func defaults() {
        let parameters = Parameters(of: "RobustScaler", ["copy": false])
        #expect(
            parameters.entries.map(\.name) == [
                "with_centering", "with_scaling", "quantile_range", "copy", "unit_variance",
            ])
        #expect(parameters["copy"] == false)
        #expect(parameters["quantile_range"] == [25.0, 75.0])
        #expect(parameters["clip"] == nil)
        #expect(parameters == Parameters(of: "RobustScaler", ["copy": false, "with_scaling": true]))
        #expect(parameters != Parameters(of: "RobustScaler"))
    }

    @Test("Of a pickle, unknown ones are left out and missing ones have their defaults")
    func stored() throws {
        let scaler = try decode(
            MaxAbsScaler.self, ["scale_": .numbers([1]), "copy": .bool(false), "invented": .int(1)])
        #expect(scaler.fit.parameters == Parameters(of: "MaxAbsScaler", ["copy": false, "clip": false]))
    }

    @Test("A value of any form is kept as it is, and numpy's numbers are numbers")
    func recorded() throws {
        var builder = PickleGraphBuilder()
        let seed = builder.add(.scalar(NDArray([7], shape: [])))
        let weights = builder.add(.dictionary([PickleEntry(key: builder.add(.integer(0)), value: seed)]))
        let root = builder.add(.tuple([seed, weights, builder.add(.none)]))
        let graph = builder.finish(root: root)
        guard case .tuple(let items) = ParameterValue(graph.root, of: graph) else {
            Issue.record("a tuple is none")
            return
        }
        #expect(items[0].integer == 7)
        #expect(items[0].double == 7)
        #expect(items[0].isTrue)
        #expect(items[1] == .recorded(graph.part(at: weights)))
        #expect(items[1].double == nil)
        #expect(items[2] == .null)
    }
}
