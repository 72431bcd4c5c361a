import TestSupport
import Testing

@Suite("CloudEvents, by KServe's variables")
struct CloudEventTests {
    private static let event =
        #"{"specversion":"1.0","id":"7","source":"here","type":"ask","team":"a","data":\#(ExampleModel.question)}"#

    private func answer(_ variables: [String]) async throws -> String {
        let (server, port) = try await ServerProcess.serving([ExampleModel.path], wrapper: ["env"] + variables)
        try await server.wait("the model is loaded") { $0.contains("model loaded") ? true : nil }
        let connection = try HTTPConnection(port: port)
        try connection.send(
            "POST \(ExampleModel.predict) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/cloudevents+json\r\n"
                + "Content-Length: \(Self.event.utf8.count)\r\n\r\n\(Self.event)")
        let answer = try connection.receive()
        #expect(answer.status == 200)
        withExtendedLifetime(server) {}
        return answer.body
    }

    @Test("CE_TYPE and CE_SOURCE name the answers, and CE_MERGE takes the attributes of the requests")
    func variables() async throws {
        let named = try await answer(["CE_TYPE=told", "CE_SOURCE=there"])
        #expect(named.contains(#""source":"there","specversion":"1.0","#) && named.contains(#""type":"told""#))
        let merged = try await answer(["CE_MERGE=true", "CE_TYPE=told"])
        #expect(merged.contains(#""source":"here","specversion":"1.0","team":"a","#))
        #expect(merged.contains(#""type":"ask""#) && !merged.contains(#""id":"7""#))
        #expect(merged.hasSuffix("\"data\":\(ExampleModel.answer.body)}"))
    }
}
