/// Which tokens are let through: JSON Web Tokens (RFC 7519) that an identity provider has signed.
public struct TokenSettings: Hashable, Sendable {
    /// Where the provider's public keys are, as a JSON Web Key Set (RFC 7517).
    public enum Keys: Hashable, Sendable {
        /// At an address, asked again every few minutes, and soon after a token whose key is not among them.
        case server(url: String)
        /// In a file, read anew when it changes.
        case file(path: String)

        /// What it is called in messages; an address may hold secrets.
        var place: String {
            switch self {
            case .server: "the issuer's key set"
            case .file(let path): path
            }
        }
    }

    /// Where the provider's public keys are.
    public var keys: Keys
    /// Whom tokens must be from (`iss`).
    public var issuer: String
    /// Whom tokens must be for (`aud`), one of these.
    public var audiences: [String]
    /// The certificates of the authorities that the server of the keys has its certificate from, in PEM form; nil for
    /// the system's.
    public var authorities: String?
    /// How far the provider's clock may be from this one, in seconds.
    public var clockSkew = 60.0
    /// Which claim says what a token may do: a list of words, or words in a text; with points for a claim in a claim.
    public var grantsClaim = "roles"
    /// What tokens may do that have no such claim.
    public var defaultGrants: Set<Grant> = [.read]

    /// The tokens of a provider for this server.
    public init(keys: Keys, issuer: String, audiences: [String]) {
        self.keys = keys
        self.issuer = issuer
        self.audiences = audiences
    }
}
