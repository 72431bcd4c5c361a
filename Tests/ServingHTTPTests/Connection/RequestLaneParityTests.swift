import NIOCore
import NIOEmbedded
import NIOHTTP1
import TestSupport
import Testing

@testable import ServingHTTP

/// The lane reads requests beside the framework's parser: wherever both read one, they must read the same, or a client
/// could smuggle one request in another.
@Suite("The lane beside the framework's parser")
struct RequestLaneParityTests {
    private struct Request: Equatable {
        let uri: String
        let body: [UInt8]
    }

    private static let fragments = [
        "POST /v1/models/m:predict HTTP/1.1\r\n", "GET /metrics HTTP/1.1\r\n", "POST / HTTP/1.0\r\n", "Host: h\r\n",
        "Content-Length: 4\r\n", "Content-Length: 0\r\n", "content-length:  4 \r\n", "Content-Length: 04\r\n",
        "Transfer-Encoding: chunked\r\n", "4\r\nabcd\r\n0\r\n\r\n", "Connection: keep-alive\r\n",
        "Connection: close\r\n",
        "A: b\r\n", "A: b\n", " folded\r\n", "A:\r\n", "\r\n", "\r\n\r\n", "abcd", "\n", "\r", ":", " ", "\u{0}", "\t",
    ]
    private static let plain = "POST /v1/models/m:predict HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nabcd"
    private static let plainGet = "GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n"

    /// A stream of requests, most of them whole, with fragments put in, bytes changed, and parts cut out.
    private static func stream(_ generator: inout SeededGenerator) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<5: bytes += Array(plain.utf8)
            case 5..<7: bytes += Array(plainGet.utf8)
            default:
                for _ in 0..<Int.random(in: 1...6, using: &generator) {
                    bytes += Array(fragments.randomElement(using: &generator)?.utf8 ?? "".utf8)
                }
            }
        }
        for _ in 0..<Int.random(in: 0...2, using: &generator) where !bytes.isEmpty {
            let index = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.remove(at: index)
            default:
                bytes.insert(contentsOf: Array(fragments.randomElement(using: &generator)?.utf8 ?? "".utf8), at: index)
            }
        }
        return bytes
    }

    /// The requests that the framework's parser reads whole.
    private static func parsed(_ bytes: [UInt8]) throws -> [Request] {
        let channel = EmbeddedChannel()
        try channel.pipeline.syncOperations.addHandler(
            ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
        // What it refuses ends what it reads.
        _ = try? channel.writeInbound(ByteBuffer(bytes: bytes))
        var requests: [Request] = []
        var (uri, body): (String, [UInt8]) = ("", [])
        while let part = try channel.readInbound(as: HTTPServerRequestPart.self) {
            switch part {
            case .head(let head): (uri, body) = (head.uri, [])
            case .body(let bytes): body += Array(bytes.readableBytesView)
            case .end: requests.append(Request(uri: uri, body: body))
            }
        }
        _ = try? channel.finish(acceptAlreadyClosed: true)
        return requests
    }

    @Test("Thirty thousand drawn streams, cut anywhere")
    func drawn() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("request lane: seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        var (answeredCount, refusedCount) = (0, 0)
        for _ in 0..<30_000 {
            let bytes = Self.stream(&generator)
            let requests = try Self.parsed(bytes)
            // With 3 the four bytes of the streams' bodies are too many.
            var lane = RequestLane(maximumBodyBytes: Int.random(in: 0...3, using: &generator) == 0 ? 3 : 100)
            var (rest, index): (ArraySlice<UInt8>, Int) = (bytes[...], 0)
            while !rest.isEmpty {
                let part = rest.prefix(Int.random(in: 1...rest.count, using: &generator))
                rest = rest.dropFirst(part.count)
                lane.add(ByteBuffer(bytes: part))
                while let action = lane.next() {
                    switch action {
                    case .answer(let request):
                        answeredCount += 1
                        let found = Request(uri: request.path, body: Array(request.body.readableBytesView))
                        let isSame = index < requests.count && requests[index] == found
                        let text = String(decoding: bytes, as: UTF8.self).debugDescription
                        #expect(isSame, "seed \(seed): \(found) in \(text)")
                        index += 1
                    case .consider(let request, _, _) where Bool.random(using: &generator):
                        lane.discard()
                        let isSame = index >= requests.count || requests[index].uri == request.path
                        #expect(isSame, "seed \(seed): \(String(decoding: bytes, as: UTF8.self).debugDescription)")
                        refusedCount += 1
                        index += 1
                    case .passOn(_, _, let ends), .consider(_, _, let ends):
                        guard ends else { continue }
                        index += 1
                        lane.answeredPassedOn()
                    case .surrender: break
                    }
                }
            }
        }
        #expect(answeredCount > 10_000 && refusedCount > 1_000)
    }
}
