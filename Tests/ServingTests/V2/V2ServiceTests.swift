import Inference
import ModelStore
import TestSupport
import Testing

@testable import Serving

@Suite("V2 answers")
struct V2ServiceTests {
    private let registry = ModelRegistry()

    private func service(
        methods: [PredictionMethod] = [.predict, .predictProba, .decisionFunction], version: String? = nil,
        _ change: (inout V1Service.Settings) -> Void = { _ in }
    ) -> V2Service {
        registry.set(LoadedModel(name: "m", version: version, plan: StubModel(methods: methods).plan()))
        var settings = V1Service.Settings()
        change(&settings)
        return V2Service(beside: V1Service(registry: registry, settings: settings))
    }

    private func answer(
        _ service: V2Service, outputs: String = "null", parameters: String = "null", id: String = "null"
    ) throws(ServingError) -> InferResponse.Body {
        let json =
            #"{"id":\#(id),"parameters":\#(parameters),"inputs":[{"name":"x","shape":[2,2],"datatype":"FP64","#
            + #""data":[1,2,-3,1]}],"outputs":\#(outputs)}"#
        return try service.infer("m", body: Array(json.utf8).span).body
    }

    private func text(_ body: InferResponse.Body) -> String { String(decoding: body.bytes, as: UTF8.self) }

    private static let first = #"{"name":"output-0","shape":[2],"datatype":"INT64","data":[1,-1]}"#

    @Test("Nothing asked for: output-0, with the version and the id if there are any", arguments: ["null", "[]"])
    func plain(outputs: String) throws {
        #expect(try text(answer(service(), outputs: outputs)) == #"{"model_name":"m","outputs":[\#(Self.first)]}"#)
        #expect(
            try text(answer(service(version: "3"), outputs: outputs, id: #""a\"b""#))
                == #"{"model_name":"m","model_version":"3","id":"a\"b","outputs":[\#(Self.first)]}"#)
    }

    @Test("KServe's form writes null for what is not known")
    func kserve() throws {
        #expect(
            try text(answer(service { $0.form = .kserve }))
                == #"{"model_name":"m","model_version":null,"id":null,"parameters":null,"outputs":[{"name":"output-0","#
                + #""shape":[2],"datatype":"INT64","parameters":null,"data":[1,-1]}]}"#)
    }

    @Test("Outputs by name, several at once, in the order asked for")
    func named() throws {
        let names = ["predict_proba", "output-0", "predict", "decision_function"].map { #"{"name":"\#($0)"}"# }
        let body = try answer(service(), outputs: "[\(names.joined(separator: ","))]")
        #expect(
            text(body) == #"{"model_name":"m","outputs":[{"name":"predict_proba","shape":[2,2],"datatype":"FP64","#
                + #""parameters":{"content_type":"np"},"data":[0.25,0.75,0.75,0.25]},"# + Self.first
                + #",{"name":"predict","shape":[2,1],"datatype":"INT64","parameters":{"content_type":"np"},"#
                + #""data":[1,-1]},"#
                + #"{"name":"decision_function","shape":[2,1],"datatype":"FP64","parameters":{"content_type":"np"},"#
                + #""data":[3.0,-2.0]}]}"#)
    }

    @Test("PREDICT_PROBA makes probabilities of output-0, and of nothing else")
    func probabilities() throws {
        let service = service { $0.prefersProbabilities = true }
        let body = try answer(service, outputs: #"[{"name":"output-0"},{"name":"predict"}]"#)
        #expect(
            text(body).contains(#"{"name":"output-0","shape":[2,2],"datatype":"FP64","data":[0.25,0.75,0.75,0.25]}"#))
        #expect(text(body).contains(#""name":"predict","shape":[2,1],"datatype":"INT64""#))
    }

    @Test("Unknown outputs, and those the model does not have")
    func refusedOutputs() {
        let service = service(methods: [.predict])
        #expect(
            throws: ServingError(.malformedRequest, "Unexpected inference output 'x' for model 'm'")
        ) { try answer(service, outputs: #"[{"name":"predict"},{"name":"x"}]"#) }
        #expect(throws: ServingError(.malformedRequest, "this model has no transform")) {
            try answer(service, outputs: #"[{"name":"transform"}]"#)
        }
    }

    @Test("Raw outputs: all, or those that say so")
    func binary() throws {
        let all = try answer(service(), parameters: #"{"binary_data_output":true}"#)
        let header =
            #"{"model_name":"m","outputs":[{"name":"output-0","shape":[2],"datatype":"INT64","#
            + #""parameters":{"binary_data_size":16}}]}"#
        #expect(all.headerLength == header.utf8.count)
        #expect(all.bytes == Array(header.utf8) + OutputValues.int64([1, -1]).raw)
        let mixed = try answer(
            service(), outputs: #"[{"name":"output-0"},{"name":"predict","parameters":{"binary_data":true}}]"#)
        let length = try #require(mixed.headerLength)
        #expect(Array(mixed.bytes.dropFirst(length)) == OutputValues.int64([1, -1]).raw)
        #expect(
            String(decoding: mixed.bytes.prefix(length), as: UTF8.self)
                .hasSuffix(#""parameters":{"content_type":"np","binary_data_size":16}}]}"#))
        let none = try answer(
            service(), outputs: #"[{"name":"output-0","parameters":{"binary_data":false}}]"#,
            parameters: #"{"binary_data_output":true}"#)
        #expect(none.headerLength == nil && text(none).contains(Self.first))
    }

    @Test("A path's version is the one that answers")
    func versions() throws {
        func model(_ version: String) -> LoadedModel {
            LoadedModel(name: "m", version: version, plan: StubModel().plan())
        }
        let service = service()
        registry.set(Deployment(promoted: model("1"), canary: model("2"), traffic: Traffic()))
        let body = Array(V2.input("FP64", "[1,2]", "[1,2]").utf8)
        for version in ["1", "2", "v2"] {
            let answer = try service.infer("m", version: version, body: body.span)
            #expect(text(answer.body).contains(#""model_version":"\#(version.suffix(1))""#))
            try service.checkReady("m", version: version)
        }
        let missing = ServingError(.modelNotFound, "Model with name m and version 3 does not exist.")
        #expect(throws: missing) { try service.infer("m", version: "3", body: body.span) }
        #expect(throws: missing) { try service.checkReady("m", version: "3") }
        #expect(throws: missing) { try service.metadata("m", version: "3") }
        #expect(try service.metadata("m").versions == ["1", "2"])
    }

    @Test("Metadata: names, types and shapes of what goes in and comes out")
    func metadata() throws {
        #expect(
            String(
                decoding: try service(methods: [.predict, .decisionFunction], version: "3").metadata("m").encoded(),
                as: UTF8.self)
                == #"{"name":"m","versions":["3"],"platform":"sklearn_pickle","#
                + #""inputs":[{"name":"input-0","datatype":"FP64","shape":[-1,2]}],"#
                + #""outputs":[{"name":"output-0","datatype":"INT64","shape":[-1]},"#
                + #"{"name":"predict","datatype":"INT64","shape":[-1,1]},"#
                + #"{"name":"decision_function","datatype":"FP64","shape":[-1,1]}]}"#)
        #expect(
            String(decoding: ServerMetadata.encoded(), as: UTF8.self)
                == #"{"name":"apus","version":"\#(ApusVersion.current)","#
                + #""extensions":["model_repository_extension","model_repository","binary_tensor_data"]}"#)
    }

    @Test("Arrays of several targets are outputs of their own")
    func targets() {
        let answer = Answer.perTarget([Output([1]), Output([2])])
        let outputs = InferResponse.Output.outputs("predict_proba", answer, isBinary: false)
        #expect(outputs.map(\.name) == ["predict_proba[0]", "predict_proba[1]"])
    }

    @Test("Models that do not answer")
    func missing() {
        let service = service()
        registry.setWaiting("late", reason: "no file")
        #expect(throws: ServingError(.modelNotFound, "Model with name x does not exist.")) {
            try service.checkReady("x")
        }
        #expect(throws: ServingError(.modelNotReady, "Model with name late is not ready. no file")) {
            try service.infer("late", body: Array("{}".utf8).span)
        }
    }

    @Test("Answers and refusals are counted on the model")
    func metering() throws {
        let service = service()
        _ = try answer(service)
        #expect(throws: ServingError.self) { try service.infer("m", body: Array("{".utf8).span) }
        #expect(
            throws: ServingError(.unacceptableRows, "X has 1 features, but StubModel is expecting 2 features as input.")
        ) {
            try service.infer("m", body: Array(V2.input("FP64", "[1,1]", "[1]").utf8).span)
        }
        guard case .ready(let deployment) = registry.models["m"] else { return #expect(Bool(false)) }
        let counts = deployment.promoted.meter.counts
        #expect(counts.predictions == 1)
        #expect(counts.errors == ["malformed_request": 1, "unacceptable_rows": 1])
    }

    @Test("Drawn changes of a request are answered or refused, and never worse")
    func mutations() throws {
        let service = service()
        let json = V2.rawInput("FP64", "[2,2]", 32)
        let whole = Array(json.utf8) + [UInt8](repeating: 0, count: 32)
        let seed = UInt64.random(in: 0 ... .max)
        print("V2 mutations: seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<5_000 {
            var body = whole
            for _ in 0...Int.random(in: 0..<3, using: &generator) {
                body[Int.random(in: body.indices, using: &generator)] = UInt8.random(in: 32...126, using: &generator)
            }
            body.removeLast(Int.random(in: 0..<3, using: &generator))
            _ = try? service.infer("m", body: body.span, headerLength: "\(json.utf8.count)")
        }
    }
}
