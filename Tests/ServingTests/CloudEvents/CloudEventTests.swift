import Tensors
import TestSupport
import Testing

@testable import Serving

@Suite("CloudEvents")
struct CloudEventTests {
    private static let attributes = ["specversion": "1.0", "id": "7", "source": "here", "type": "ask", "team": "a"]
    private static let structured =
        #"{"specversion":"1.0","id":"7","source":"here","type":"ask","time":"2026-11-26T00:00:00Z","#
        + #""data":{"instances":[[1,2]]}}"#

    private func decode(_ json: String) throws -> V1Request {
        try V1Request.decode(Array(json.utf8).span, for: ModelInput(featureCount: 2, featureNames: nil))
    }

    @Test("The data of a structured event are the request, wherever they stand")
    func unwrapped() throws {
        #expect(try decode(Self.structured).rows.elements == [1, 2])
        let first = #"{"data": {"inputs":[[3,4]]},"specversion":"1","id":"","source":"","type":"","time":""}"#
        #expect(try decode(first).rows.elements == [3, 4])
        let timeless = Self.structured.replacing(#""time":"2026-11-26T00:00:00Z","#, with: "")
        #expect(try decode(timeless).rows.elements == [1, 2])
        let both = Self.structured.replacing(#""id":"7""#, with: #""id":"7","instances":[[5,6]]"#)
        #expect(try decode(both).rows.elements == [5, 6])
    }

    @Test(
        "What is not quite an event, or holds no request, is refused",
        arguments: [
            structured.replacing(#""id":"7","#, with: ""),
            structured.replacing(#"{"instances":[[1,2]]}"#, with: "[[1,2]]"),
            structured.replacing(#"{"instances":[[1,2]]}"#, with: "{}"),
            structured.replacing(#"{"instances":[[1,2]]}"#, with: structured),
            structured.replacing(#"{"instances":[[1,2]]}"#, with: #""text""#), structured + "x",
        ])
    func refused(json: String) { #expect(throws: ServingError.self) { try decode(json) } }

    @Test("Attributes of a structured event are its texts")
    func read() throws {
        let event = try CloudEvent(structured: Array(Self.structured.utf8).span)
        #expect(
            event.attributes == [
                "specversion": "1.0", "id": "7", "source": "here", "type": "ask", "time": "2026-11-26T00:00:00Z",
            ])
        #expect(throws: ServingError.self) { try CloudEvent(structured: Array("[]".utf8).span) }
    }

    @Test("An event without what every event has is refused", arguments: ["specversion", "id", "source", "type"])
    func missing(name: String) {
        var attributes = Self.attributes
        attributes[name] = nil
        #expect(
            throws: ServingError(.malformedRequest, "Cloud Event Exceptions: Missing required attribute: '\(name)'")
        ) {
            try CloudEvent(attributes: attributes)
        }
    }

    @Test("An answer has attributes of its own")
    func answer() throws {
        let event = try CloudEvent(attributes: Self.attributes).answer(of: "m", CloudEventSettings(), time: "now")
        let id = try #require(event.attributes["id"])
        #expect(id.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
        #expect(
            event.attributes == [
                "specversion": "1.0", "id": id, "time": "now", "type": "io.kserve.inference.response",
                "source": "io.kserve.inference.m",
            ])
        #expect(
            String(decoding: event.encoded(data: Array("{}".utf8)), as: UTF8.self)
                == #"{"datacontenttype":"application/json","id":"\#(id)","source":"io.kserve.inference.m","#
                + #""specversion":"1.0","time":"now","type":"io.kserve.inference.response","data":{}}"#)
    }

    @Test("What the variables say: type and source, or the request's attributes")
    func settings() throws {
        var settings = CloudEventSettings()
        settings.type = "t"
        settings.source = "s"
        let event = try CloudEvent(attributes: Self.attributes)
        let own = event.answer(of: "m", settings, time: "now").attributes
        #expect(own["type"] == "t" && own["source"] == "s" && own["team"] == nil)
        settings.mergesAttributes = true
        let merged = event.answer(of: "m", settings, time: "now").attributes
        #expect(merged["type"] == "ask" && merged["source"] == "here" && merged["team"] == "a")
        #expect(merged["id"] != "7" && merged["time"] == "now")
    }
}
