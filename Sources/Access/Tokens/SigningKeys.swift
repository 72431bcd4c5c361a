import FoundationEssentials
import JWTKit

/// The public keys of an identity provider.
///
/// A key counts for its own algorithm, or, if it names none, for those that go with its type: a token never decides
/// how a key is used, and secrets that both sides know (`oct`) are no keys here.
struct SigningKeys: Sendable {
    /// The longest key set that is read, in bytes.
    static let maximumBytes = 1 << 20
    /// How many keys of a set are read.
    private static let maximumCount = 64

    private struct Key {
        let id: String?
        let algorithms: [any JWTAlgorithm]
    }

    /// A key of a set, if it is one that can be used; others are passed over (RFC 7517, section 5).
    private struct Entry: Decodable {
        private enum Name: String, CodingKey { case use }

        let key: JWK?

        init(from decoder: any Decoder) throws {
            let use = try? decoder.container(keyedBy: Name.self).decode(String.self, forKey: .use)
            key = use ?? "sig" == "sig" ? try? JWK(from: decoder) : nil
        }
    }

    private struct Document: Decodable { let keys: [Entry] }

    private let keys: [Key]

    /// Reads a key set.
    init(parsing bytes: [UInt8]) async throws(AccessFailure) {
        guard let document = try? JSONDecoder().decode(Document.self, from: Data(bytes)) else {
            throw AccessFailure(description: "it is no JSON Web Key Set")
        }
        var keys: [Key] = []
        for case let key? in document.keys.prefix(Self.maximumCount).map(\.key) {
            let algorithms = await Self.algorithms(of: key)
            if !algorithms.isEmpty { keys.append(Key(id: key.keyIdentifier?.string, algorithms: algorithms)) }
        }
        guard !keys.isEmpty else { throw AccessFailure(description: "it holds no key that tokens can be signed with") }
        self.keys = keys
    }

    /// What may have made a signature: that of the named key, or of any if the token names none.
    func algorithms(_ name: String, id: String?) -> [any JWTAlgorithm] {
        keys.filter { $0.id == nil || id == nil || $0.id == id }.compactMap { key in
            key.algorithms.first { $0.name == name }
        }
    }

    private static func algorithms(of key: JWK) async -> [any JWTAlgorithm] {
        let names = key.algorithm.map { [$0] } ?? usual(key)
        var algorithms: [any JWTAlgorithm] = []
        for name in names {
            var key = key
            key.algorithm = name
            key.privateExponent = nil
            let id: JWKIdentifier = "key"
            key.keyIdentifier = id
            if let algorithm = try? await JWTKeyCollection().add(jwk: key).getKey(for: id) {
                algorithms.append(algorithm)
            }
        }
        return algorithms
    }

    /// The algorithms that go with a key's type (RFC 7518, section 3.1, and RFC 8037).
    private static func usual(_ key: JWK) -> [JWK.Algorithm] {
        switch key.keyType {
        case .rsa: [.rs256, .rs384, .rs512, .ps256, .ps384, .ps512]
        case .octetKeyPair: [.eddsa]
        default:
            switch key.curve?.rawValue {
            case "P-256": [.es256]
            case "P-384": [.es384]
            case "P-521": [.es512]
            default: []
            }
        }
    }
}
