import NIOCore
import Testing

@testable import ServingHTTP

@Suite("Which requests are answered where they are read")
struct RequestLaneTests {
    /// What became of some bytes.
    enum Outcome: Equatable {
        case answered(String)
        case passed(String, begins: Bool, ends: Bool)
        case surrendered(String)
        case refused
    }

    private var lane = RequestLane(maximumBodyBytes: 100)
    /// Whether predictions that are not answered here are refused.
    private var refuses = false

    private mutating func read(_ text: String) -> [Outcome] {
        lane.add(ByteBuffer(string: text))
        var outcomes: [Outcome] = []
        while let action = lane.next() {
            switch action {
            case .answer(let request): outcomes.append(.answered(String(buffer: request.body)))
            case .passOn(let bytes, let begins, let ends):
                outcomes.append(.passed(String(buffer: bytes), begins: begins, ends: ends))
            case .consider(_, let bytes, let ends):
                if refuses {
                    lane.discard()
                    outcomes.append(.refused)
                } else {
                    outcomes.append(.passed(String(buffer: bytes), begins: true, ends: ends))
                }
            case .surrender(let bytes): outcomes.append(.surrendered(String(buffer: bytes)))
            }
        }
        return outcomes
    }

    private static func head(_ line: String = "POST /v1/models/m:predict HTTP/1.1", _ fields: String...) -> String {
        ([line, "Host: h"] + fields).joined(separator: "\r\n") + "\r\n\r\n"
    }

    private static let predict = head("POST /v1/models/m:predict HTTP/1.1", "Content-Length: 10")

    @Test("Requests that wait for each other are passed on, and others are not")
    mutating func gathering() {
        lane = RequestLane(maximumBodyBytes: 100) { $0 == .predict("m") }
        let waiting = Self.predict + "0123456789"
        let other = waiting.replacing("models/m:", with: "models/n:")
        #expect(read(other) == [.answered("0123456789")])
        #expect(read(waiting) == [.passed(waiting, begins: true, ends: true)])
        lane.answeredPassedOn()
        #expect(read(other) == [.answered("0123456789")])
    }

    @Test("A prediction that is refused is dropped to its end, however it comes, and what follows is not")
    mutating func refused() {
        refuses = true
        let head = Self.head("POST /v1/models/m:predict HTTP/1.1", "Content-Length: 101")
        let body = String(repeating: "x", count: 101)
        let small = Self.predict + "0123456789"
        #expect(read(head + body + small) == [.refused, .answered("0123456789")])
        #expect(read(head) == [.refused])
        for byte in body.dropLast() {
            #expect(read(String(byte)) == [])
            #expect(lane.isReading && !lane.isGathering)
        }
        #expect(read("x" + small) == [.answered("0123456789")])
        #expect(read(head + body + head + body) == [.refused, .refused])
        #expect(!lane.isReading)
    }

    @Test("A small prediction is cut out, however its bytes come")
    mutating func gathered() {
        let request = Self.predict + "0123456789"
        #expect(read(request) == [.answered("0123456789")])
        for cut in 1..<request.count {
            #expect(read(String(request.prefix(cut))) == [])
            #expect(lane.isGathering && lane.isReading)
            #expect(read(String(request.dropFirst(cut))) == [.answered("0123456789")])
            #expect(!lane.isGathering && !lane.isReading)
        }
        for byte in request.dropLast() { #expect(read(String(byte)) == []) }
        #expect(read("9") == [.answered("0123456789")])
        #expect(read(request + request + "POST") == [.answered("0123456789"), .answered("0123456789")])
    }

    @Test(
        "So is a small inference, with a version or without",
        arguments: [
            ("/v2/models/m/infer", .infer("m", version: nil)),
            ("/v2/models/m/versions/3/infer", .infer("m", version: "3")),
        ] as [(String, RequestTarget)])
    mutating func inference(path: String, target: RequestTarget) throws {
        lane.add(ByteBuffer(string: Self.head("POST \(path) HTTP/1.1", "Content-Length: 2") + "{}"))
        guard case .answer(let request) = lane.next() else { throw NotAnswered() }
        #expect(request.target == target)
    }

    @Test("Fields of one name are one value, and those of a prefix are found")
    mutating func severalFields() throws {
        let fields = ["Content-Length: 0", "CE-Id: 7", "Accept-Encoding: gzip", "accept-encoding: br", "ce-type:  t "]
        lane.add(ByteBuffer(string: Self.head("POST /v1/models/m:predict HTTP/1.1", fields.joined(separator: "\r\n"))))
        guard case .answer(let request) = lane.next() else { throw NotAnswered() }
        #expect(request.fields.value(of: "accept-encoding") == "gzip, br")
        #expect(request.fields.values(withPrefix: "ce-") == ["id": "7", "type": "t"])
    }

    @Test(
        "Others are passed on as they came, to their end and no further",
        arguments: [
            head("GET /metrics HTTP/1.1"), head("POST /v1/models/m:explain HTTP/1.1", "Content-Length: 10"),
            head("POST /nowhere HTTP/1.1", "Content-Length: 10"), head("GET /v2/models/m/ready HTTP/1.1"),
            head("GET /v1/models/m:predict HTTP/1.1"),
            head("POST /v1/models/m:predict HTTP/1.1", "Content-Length: 10", "Content-Encoding: gzip"),
            head("POST /v1/models/m:predict HTTP/1.1", "Content-Length: 101"),
        ])
    mutating func passedOn(head: String) {
        let length = head.contains("101") ? 101 : head.contains("10") ? 10 : 0
        let request = head + String(repeating: "x", count: length)
        #expect(read(request) == [.passed(request, begins: true, ends: true)])
        lane.answeredPassedOn()
        #expect(read(Self.predict + "0123456789") == [.answered("0123456789")])
        guard length > 0 else { return }
        #expect(read(head) == [.passed(head, begins: true, ends: false)])
        #expect(lane.isReading && !lane.isGathering)
        #expect(read("x") == [.passed("x", begins: false, ends: false)])
        let rest = String(repeating: "x", count: length - 1)
        #expect(
            read(rest + Self.predict) == [
                .passed(rest, begins: false, ends: true), .passed(Self.predict, begins: true, ends: false),
            ])
    }

    @Test("Nothing is answered before the requests that were passed on")
    mutating func inOrder() {
        let metrics = Self.head("GET /metrics HTTP/1.1")
        let request = Self.predict + "0123456789"
        #expect(
            read(metrics + request) == [
                .passed(metrics, begins: true, ends: true), .passed(request, begins: true, ends: true),
            ])
        lane.answeredPassedOn()
        #expect(read(request) == [.passed(request, begins: true, ends: true)])
        lane.answeredPassedOn()
        lane.answeredPassedOn()
        #expect(read(request) == [.answered("0123456789")])
    }

    @Test(
        "What leaves room for a second reading is for the framework, with all that follows",
        arguments: [
            "Content-Length: 10\r\nContent-Length: 10", "Content-Length: 10\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked", "Content-Length: +10", "Content-Length: 10, 10", "Content-Length: 0x10",
            "Content-Length:", "Content-Length: 9999999999999999999", "Content-Length : 10",
            "Content-Length: 10\r\n folded", "A: b\nContent-Length: 10", "A: b\r\nContent-Length: 10\r\nHost: other",
            "Content-Length: 10\r\nConnection: close", "Content-Length: 10\r\nExpect: 100-continue",
            "Content-Length: 10\r\nUpgrade: h2c", "A\u{0}: b", "A: \u{0}", ": b", "A b: c", "A: b\rc", "A:\tb",
            "A: \u{e9}",
        ])
    mutating func surrendered(fields: String) {
        let request = Self.head("POST /v1/models/m:predict HTTP/1.1", fields) + "0123456789"
        #expect(read(request) == [.surrendered(request)])
        #expect(lane.isSurrendered)
        let plain = Self.predict + "0123456789"
        #expect(read(plain) == [.surrendered(plain)])
    }

    @Test(
        "So is what is no HTTP/1.1, and a head without an end",
        arguments: [
            "POST /v1/models/m:predict HTTP/1.0\r\nHost: h\r\n\r\n", "POST  / HTTP/1.1\r\nHost: h\r\n\r\n",
            "post / HTTP/1.1\r\nHost: h\r\n\r\n", "\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "CONNECT h:1 HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nA: " + String(repeating: "x", count: 20_000),
        ])
    mutating func noHead(text: String) {
        #expect(read(text) == [.surrendered(text)])
    }

    @Test("Fields are found by name, whatever their case, without the space around them")
    mutating func fields() throws {
        let request = Self.head(
            "POST /v1/models/m:predict HTTP/1.1", "X-Request-ID:  abc-1 ", "Content-Length: 0", "X-Version:2",
            "Empty:")
        lane.add(ByteBuffer(string: request))
        guard case .answer(let plain) = lane.next() else { throw NotAnswered() }
        #expect(
            plain.requestID == "abc-1" && plain.fields.value(of: "x-version") == "2"
                && plain.fields.value(of: "empty") == "")
        #expect(plain.fields.value(of: "nothing") == nil && plain.path == "/v1/models/m:predict")
    }

    private struct NotAnswered: Error {}
}
