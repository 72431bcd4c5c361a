import Kubernetes
import Outbound
import Testing

@Suite("The restarted predictor's answer")
struct AnswerTests {
    @Test(
        "Everything that is not a ready model is waited out",
        arguments: [#"{"name":"m","ready":true}"#, #"{"name":"m","ready":"True"}"#])
    func ready(last: String) async throws {
        let predictor = FakePredictor([
            nil, (503, #"{"error":"Model with name m is not ready."}"#), (404, "{}"), (200, #"{"ready":false}"#),
            (200, "<html>"), (200, #"{"name":"m"}"#), (200, last),
        ])
        _ = try await restart(FakeCluster(), .deletePods, predictor: predictor)
        #expect(predictor.requests.count == 7)
    }

    @Test("The predictor is asked without the token")
    func noToken() async throws {
        let predictor = FakePredictor([(200, #"{"ready":true}"#)])
        _ = try await restart(FakeCluster(), .deletePods, predictor: predictor)
        let request = try #require(predictor.requests.first)
        #expect(request.url == "http://predictor.models.svc:8080/v1/models/anomaly-detector")
        #expect(request.headers.isEmpty)
    }

    @Test("A password in the predictor's URL is in no sentence, and a URL that is none is told")
    func urls() async throws {
        let secret = PredictorEndpoint(
            url: "http://user:hunter2@predictor:8080", model: "m", transport: FakePredictor([(503, "")]))
        let account = ServiceAccount()
        for (endpoint, sentence) in [
            (secret, "GET http://predictor:8080/v1/models/m: the predictor answers 503"),
            (
                PredictorEndpoint(url: "predictor:8080", model: "m", transport: FakePredictor([nil])),
                "not an http:// or"
            ),
        ] {
            let client = try KubernetesClient(account.access(), transport: FakeCluster())
            let predictor = try Predictor(
                "anomaly-detector", client: client, endpoint: endpoint, clock: SteppingClock())
            let error = await #expect(throws: KubernetesError.self) { try await predictor.restart(.deletePods, at: 0) }
            #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "")")
            #expect(error?.message.contains("hunter2") == false)
        }
    }

    @Test(
        "A predictor that never answers is told with its last answer",
        arguments: [
            (nil, "connection refused"), ((503, ""), "answers 503"),
            ((200, #"{"ready":false}"#), "its model is not ready"),
        ] as [((Int, String)?, String)])
    func never(answer: (Int, String)?, sentence: String) async throws {
        let error = try await failure(of: FakeCluster(), .deletePods, predictor: FakePredictor([answer]))
        #expect(error?.code == .timedOut)
        #expect(error?.message.contains("not done after 120 s") == true)
        #expect(error?.message.contains(sentence) == true)
    }
}
