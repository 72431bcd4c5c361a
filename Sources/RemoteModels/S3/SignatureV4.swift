import Crypto
import ModelStore
import Outbound

/// Signs requests as Amazon's services demand (Signature Version 4; "Create a signed AWS API request" in the IAM User
/// Guide).
struct SignatureV4 {
    let credentials: S3Credentials
    let region: String
    let service: String

    /// The headers of a signed request: those given, and `Authorization` with what it needs.
    ///
    /// - Parameters:
    ///   - path: percent-encoded once, as it is sent.
    ///   - query: as it is sent: names and values percent-encoded.
    ///   - headers: with `Host`.
    ///   - payloadHash: the SHA-256 of the body in hexadecimal digits.
    ///   - time: seconds since 1970.
    func headers(
        _ method: String, path: String, query: [(String, String)], headers: [String: String], payloadHash: String,
        time: Double
    ) -> [String: String] {
        let moment = BasicTime(time)
        var headers = headers
        headers["x-amz-date"] = moment.text
        headers["x-amz-content-sha256"] = payloadHash
        headers["x-amz-security-token"] = credentials.sessionToken?.revealed
        let sorted = headers.map { ($0.key.lowercased(), Self.trimmed($0.value)) }.sorted { $0.0 < $1.0 }
        let names = sorted.map(\.0).joined(separator: ";")
        let canonical = [
            method, path,
            query.sorted { $0 < $1 }.map { "\($0.0)=\($0.1)" }.joined(separator: "&"),
            sorted.map { "\($0.0):\($0.1)\n" }.joined(), names, payloadHash,
        ].joined(separator: "\n")
        let scope = "\(moment.day)/\(region)/\(service)/aws4_request"
        let message = ["AWS4-HMAC-SHA256", moment.text, scope, Self.sha256(canonical.utf8)].joined(separator: "\n")
        let who = "Credential=\(credentials.accessKey)/\(scope), SignedHeaders=\(names)"
        let signature = Self.hex(sign(message, day: String(moment.day)))
        headers["Authorization"] = "AWS4-HMAC-SHA256 \(who), Signature=\(signature)"
        return headers
    }

    /// The SHA-256 of bytes in hexadecimal digits.
    static func sha256(_ bytes: some Sequence<UInt8>) -> String { hex(SHA256.hash(data: Array(bytes))) }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private func sign(_ message: String, day: String) -> HMAC<SHA256>.MAC {
        var key = SymmetricKey(data: Array("AWS4\(credentials.secretKey.revealed)".utf8))
        for text in [day, region, service, "aws4_request"] {
            key = SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key))
        }
        return HMAC<SHA256>.authenticationCode(for: Array(message.utf8), using: key)
    }

    /// Without white space at the ends, and with a single space for several.
    private static func trimmed(_ value: String) -> String {
        value.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
    }
}

/// A moment in the basic form of ISO 8601, e.g. `20261121T103512Z`.
struct BasicTime {
    let text: String
    var day: Substring { text.prefix(8) }

    init(_ seconds: Double) {
        text = String(Timestamp(seconds: Int(seconds), nanoseconds: 0).iso8601.filter { $0 != "-" && $0 != ":" })
    }
}
