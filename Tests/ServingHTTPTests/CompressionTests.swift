import ContentCodings
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import ServingHTTP

@Suite("Compressed bodies over HTTP")
struct CompressionTests {
    private static let path = "/v1/models/m:predict"

    private func rows(_ count: Int) -> [UInt8] {
        Array("{\"instances\":[\(repeatElement("[1,2]", count: count).joined(separator: ","))]}".utf8)
    }

    @Test(
        "A compressed request is answered, and a long answer compressed", arguments: ContentCoding.allCases,
        Depth.allCases)
    func bothWays(coding: ContentCoding, depth: Depth) async throws {
        let body = ByteBuffer(bytes: coding.encoded(rows(20_000)))
        try await TestServer.withModel().test(depth.setup) { client in
            for isAccepted in [false, true] {
                var fields: HTTPFields = [.contentEncoding: coding.rawValue]
                if isAccepted { fields[.acceptEncoding] = coding.rawValue }
                try await client.execute(uri: Self.path, method: .post, headers: fields, body: body) { response in
                    #expect(response.status == .ok)
                    #expect(response.headers[.contentEncoding] == (isAccepted ? coding.rawValue : nil))
                    let bytes = Array(buffer: response.body)
                    let text = isAccepted ? try coding.decoded(bytes, upTo: 1 << 20) : bytes
                    #expect(String(decoding: text, as: UTF8.self).hasPrefix(#"{"predictions":[1,1,1,"#))
                }
            }
            try await client.execute(
                uri: Self.path, method: .post, headers: [.acceptEncoding: coding.rawValue],
                body: ByteBuffer(bytes: rows(1))
            ) { #expect($0.headers[.contentEncoding] == nil) }
        }
    }

    @Test("Bombs, other codings and what is in none are refused", arguments: Depth.allCases)
    func refused(depth: Depth) async throws {
        var server = TestServer.withModel()
        server.settings.maximumBodyBytes = 10_000
        let bomb = ContentCoding.gzip.encoded(rows(10_000))
        #expect(bomb.count < 10_000)
        try await server.test(depth.setup) { client in
            for (name, body, status) in [
                ("gzip", bomb, 413), ("br", rows(1), 415), ("gzip, gzip", rows(1), 415), ("gzip", rows(1), 400),
                ("deflate", bomb, 400), ("identity", rows(1), 200),
            ] {
                try await client.execute(
                    uri: Self.path, method: .post, headers: [.contentEncoding: name], body: ByteBuffer(bytes: body)
                ) { #expect($0.status.code == status, "\(name)") }
            }
        }
    }
}
