import FoundationEssentials

/// A signed JSON Web Token in its compact form (RFC 7515, section 7.1), before anything in it is believed.
struct WebToken {
    /// The longest that is read, in bytes.
    static let maximumLength = 16 << 10

    /// What a token says of its signature. Whatever is critical (`crit`) is not understood.
    struct Header: Decodable {
        let alg: String
        let kid: String?
        let crit: [String]?
    }

    let header: Header
    /// What is signed.
    let signed: [UInt8]
    let signature: [UInt8]
    private let payload: [UInt8]

    /// Whether a text is to be read as a token, and not as a key.
    static func isLike(_ text: String) -> Bool { text.utf8.count { $0 == UInt8(ascii: ".") } == 2 }

    init(parsing text: String) throws(TokenRefusal) {
        guard text.utf8.count <= Self.maximumLength else { throw .malformed }
        let parts = Array(text.utf8).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let head = Self.decoded(parts[0]), let payload = Self.decoded(parts[1]),
            let signature = Self.decoded(parts[2]), !signature.isEmpty,
            let header = try? JSONDecoder().decode(Header.self, from: head), header.crit == nil
        else { throw .malformed }
        self.header = header
        self.payload = [UInt8](payload)
        self.signature = [UInt8](signature)
        signed = Array(text.utf8.prefix(parts[0].count + 1 + parts[1].count))
    }

    /// What the token claims; to be asked for once its signature is right.
    func claims() throws(TokenRefusal) -> [String: ClaimValue] {
        guard let claims = try? JSONDecoder().decode([String: ClaimValue].self, from: Data(payload)) else {
            throw .malformed
        }
        return claims
    }

    /// The bytes of base64url text without padding (RFC 7515, section 2).
    private static func decoded(_ text: ArraySlice<UInt8>) -> Data? {
        var bytes = Data(capacity: text.count + 3)
        for byte in text {
            switch byte {
            case UInt8(ascii: "-"): bytes.append(UInt8(ascii: "+"))
            case UInt8(ascii: "_"): bytes.append(UInt8(ascii: "/"))
            case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="): return nil
            default: bytes.append(byte)
            }
        }
        bytes.append(contentsOf: repeatElement(UInt8(ascii: "="), count: (4 - bytes.count % 4) % 4))
        return Data(base64Encoded: bytes)
    }
}
