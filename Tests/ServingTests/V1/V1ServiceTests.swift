import Inference
import TestSupport
import Testing

@testable import Serving

@Suite("V1 answers")
struct V1ServiceTests {
    private func answer(
        _ body: String, methods: [PredictionMethod] = [.predict, .predictProba, .decisionFunction],
        version: String? = nil, _ change: (inout V1Service.Settings) -> Void = { _ in }
    ) throws -> String {
        let registry = ModelRegistry()
        registry.set(LoadedModel(name: "m", version: version, plan: StubModel(methods: methods).plan()))
        var settings = V1Service.Settings()
        change(&settings)
        let service = V1Service(registry: registry, settings: settings)
        return String(decoding: try service.predict("m", body: Array(body.utf8).span).body, as: UTF8.self)
    }

    private let body = #"{"instances":[[1,2],[-3,1]]}"#

    @Test("The standard form: predictions, name, version")
    func standard() throws {
        #expect(try answer(body) == #"{"predictions":[1,-1],"model_name":"m"}"#)
        #expect(
            try answer(body, version: "3") == #"{"predictions":[1,-1],"model_name":"m","model_version":"3"}"#)
    }

    @Test("KServe's form: predictions alone")
    func kserve() throws {
        #expect(try answer(body, version: "3") { $0.form = .kserve } == #"{"predictions":[1,-1]}"#)
    }

    @Test("The full form adds the probabilities of classifiers")
    func full() throws {
        let expected =
            #"{"predictions":[1,-1],"model_name":"m","probabilities":[[0.25,0.75],[0.75,0.25]]}"#
        #expect(try answer(body) { $0.form = .full } == expected)
        #expect(
            try answer(body, methods: [.predict]) { $0.form = .full } == #"{"predictions":[1,-1],"model_name":"m"}"#)
    }

    @Test("PREDICT_PROBA makes probabilities the predictions, of models that have them")
    func prefersProbabilities() throws {
        #expect(
            try answer(body) { $0.prefersProbabilities = true }
                == #"{"predictions":[[0.25,0.75],[0.75,0.25]],"model_name":"m"}"#)
        #expect(
            try answer(body, methods: [.predict]) { $0.prefersProbabilities = true }
                == #"{"predictions":[1,-1],"model_name":"m"}"#)
    }

    @Test("Outputs that were asked for stand beside the predictions")
    func outputs() throws {
        let asking = #"{"instances":[[1,2]],"parameters":{"outputs":["predict","decision_function","predict_proba"]}}"#
        #expect(
            try answer(asking)
                == #"{"predictions":[1],"model_name":"m","decision_function":[3.0],"predict_proba":[[0.25,0.75]]}"#)
    }

    @Test("A model that only transforms answers what it transforms to")
    func transform() throws {
        #expect(try answer(body, methods: [.transform]) == #"{"predictions":[3.0,-2.0],"model_name":"m"}"#)
    }

    @Test("An output the model does not have is refused")
    func missingOutput() throws {
        let error = try #require(throws: ServingError.self) {
            try answer(#"{"instances":[[1,2]],"parameters":{"outputs":["score_samples"]}}"#)
        }
        #expect(error == ServingError(.malformedRequest, "this model has no score_samples"))
    }

    @Test(
        "The model's own sentences are told",
        arguments: [
            (#"{"instances":[[1]]}"#, "X has 1 features, but StubModel is expecting 2 features as input."),
            (
                #"{"instances":[]}"#,
                "Found array with 0 sample(s) (shape=(0, 0)) while a minimum of 1 is required by StubModel."
            ),
        ])
    func sentences(_ body: String, _ sentence: String) throws {
        let error = try #require(throws: ServingError.self) { try answer(body) }
        #expect(error == ServingError(.unacceptableRows, sentence))
    }

    @Test("Arrays of any shape and kind are nested lists")
    func shapes() {
        func text(_ answer: Answer) -> String {
            String(decoding: V1Answer(predictions: answer, identity: [], others: []).encoded(), as: UTF8.self)
        }
        func text(_ shape: [Int], _ values: OutputValues) -> String {
            text(.array(Output(shape: shape, values: values)))
        }

        #expect(text([2], .bool([true, false])) == #"{"predictions":[true,false]}"#)
        #expect(text([2], .string(["a\"b", "é"])) == #"{"predictions":["a\"b","é"]}"#)
        #expect(text([2, 2], .int64([1, 2, 3, 4])) == #"{"predictions":[[1,2],[3,4]]}"#)
        #expect(text([1, 2, 2], .int64([1, 2, 3, 4])) == #"{"predictions":[[[1,2],[3,4]]]}"#)
        #expect(text([0], .float64([])) == #"{"predictions":[]}"#)
        #expect(text([2, 0], .float64([])) == #"{"predictions":[[],[]]}"#)
        #expect(text([1], .float64([.nan])) == #"{"predictions":[null]}"#)
        let perTarget = Answer.perTarget([Output([0.5]), Output([1])])
        #expect(text(perTarget) == #"{"predictions":[[0.5],[1.0]]}"#)
    }

    @Test("Unknown models, models without a file, and explanations get KServe's sentences")
    func models() {
        let registry = ModelRegistry()
        registry.setWaiting("w", reason: "waiting for model file in /mnt")
        registry.set(LoadedModel(name: "m", plan: StubModel().plan()))
        let service = V1Service(registry: registry)
        #expect(throws: ServingError(.modelNotFound, "Model with name x does not exist.")) {
            try service.predict("x", body: [UInt8]().span)
        }
        #expect(
            throws: ServingError(.modelNotReady, "Model with name w is not ready. waiting for model file in /mnt")
        ) { try service.predict("w", body: [UInt8]().span) }
        #expect(throws: ServingError(.notImplemented, "Could not find explainer_host.")) { try service.explain("m") }
        #expect(throws: ServingError(.modelNotFound, "Model with name x does not exist.")) { try service.explain("x") }
    }

    @Test("Answers and refusals are counted on the model")
    func metering() throws {
        let registry = ModelRegistry()
        let model = LoadedModel(name: "m", plan: StubModel().plan())
        registry.set(model)
        let service = V1Service(registry: registry)
        for _ in 0..<3 { _ = try service.predict("m", body: Array(body.utf8).span) }
        #expect(throws: ServingError.self) { try service.predict("m", body: Array("{".utf8).span) }
        let counts = model.meter.counts
        #expect(counts.predictions == 3)
        #expect(counts.latency.count == 3)
        #expect(counts.errors == ["malformed_request": 1])
    }
}
