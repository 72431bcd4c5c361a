import ModelStore
import Outbound
import Testing

@testable import RemoteModels

@Suite("Signature Version 4")
struct SignatureTests {
    @Test("Requests drawn at random are signed as botocore signs them")
    func botocore() throws {
        let seed = Int.random(in: 0..<1_000_000)
        print("signatures: seed \(seed)")
        for drawn in try Peer.draw("signatures", seed: seed, count: 200) {
            let text = { (key: String) in try #require(drawn[key]?.string) }
            let signer = SignatureV4(
                credentials: S3Credentials(
                    accessKey: try text("access_key"), secretKey: Secret(try text("secret_key")),
                    sessionToken: drawn["token"]?.string.map { Secret($0) }),
                region: try text("region"), service: "s3")
            let query = try #require(drawn["query"]?.array).map { pair in
                (pair.array?.first?.string ?? "", pair.array?.last?.string ?? "")
            }
            var headers: [String: String] = [:]
            for member in try #require(drawn["headers"]?.object).members { headers[member.key] = member.value.string }
            let signed = signer.headers(
                try text("method"), path: try text("path"), query: query, headers: headers,
                payloadHash: SignatureV4.sha256(try text("body").utf8), time: try #require(drawn["time"]?.double))
            #expect(signed["Authorization"] == drawn["authorization"]?.string, "\(JSONValue.object(drawn).text)")
        }
    }

    @Test("A secret key is not told by what holds it")
    func secret() {
        let credentials = S3Credentials(accessKey: "AK", secretKey: Secret("hunter2"), sessionToken: Secret("hunter2"))
        var text = "\(credentials) \(String(reflecting: credentials))"
        dump(credentials, to: &text)
        #expect(!text.contains("hunter2"))
    }
}
