import Access
import ArgumentParser

/// The flags of `apus serve` that say who may ask.
struct AccessOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Keys that clients need: a line each of a name, what it may do (read, predict, predict:MODEL, admin) and \
            the key's SHA-256. Health stays open. Read anew when it changes.
            """, valueName: "file"))
    var apiKeys: String?

    @Option(
        help: ArgumentHelp(
            """
            The public keys of an identity provider, whose tokens (JWT) clients may have: a JSON Web Key Set, by the \
            address it is at or in a file. Read anew every few minutes, or when the file changes.
            """, valueName: "url|file"))
    var jwks: String?

    @Option(help: ArgumentHelp("Authorities that the server of --jwks has its certificate from.", valueName: "file"))
    var jwksCaCerts: String?

    @Option(help: "Whom tokens must be from (iss).")
    var jwtIssuer: String?

    @Option(help: "Whom tokens must be for (aud); may be given several times, and one of them is enough.")
    var jwtAudience: [String] = []

    @Option(help: ArgumentHelp("How far the provider's clock may be from this one.", valueName: "seconds"))
    var jwtClockSkew = 60.0

    @Option(
        help: ArgumentHelp(
            "The claim that says what a token may do, in the words of --api-keys; with points for one within another.",
            valueName: "claim"))
    var jwtGrantsClaim = "roles"

    @Option(
        help: ArgumentHelp(
            "What tokens without that claim may do, with commas between.", valueName: "grants"))
    var jwtDefaultGrants = "read"

    @Flag(help: "Metrics need a key or a token, too.")
    var guardMetrics = false

    func validate() throws {
        if guardMetrics, apiKeys == nil, jwks == nil {
            throw ValidationError("--guard-metrics needs --api-keys or --jwks")
        }
        guard jwks != nil else {
            guard jwtIssuer == nil, jwtAudience.isEmpty else {
                throw ValidationError("--jwt-issuer and --jwt-audience need --jwks")
            }
            return
        }
        guard jwtIssuer != nil, !jwtAudience.isEmpty else {
            throw ValidationError("--jwks needs --jwt-issuer and --jwt-audience: tokens for others must not count")
        }
        guard 0...3_600 ~= jwtClockSkew else { throw ValidationError("--jwt-clock-skew must be from 0 to 3600") }
        guard defaultGrants != nil else {
            throw ValidationError("--jwt-default-grants: read, predict, predict:MODEL and admin, with commas between")
        }
    }

    private var defaultGrants: Set<Grant>? {
        let words = jwtDefaultGrants.split(separator: ",")
        let grants = Set(words.compactMap { Grant($0) })
        return grants.count == Set(words).count ? grants : nil
    }

    /// Which tokens are let through; nil without any.
    var tokens: TokenSettings? {
        guard let jwks, let jwtIssuer else { return nil }
        let isServer = jwks.hasPrefix("https://") || jwks.hasPrefix("http://")
        var tokens = TokenSettings(
            keys: isServer ? .server(url: jwks) : .file(path: jwks), issuer: jwtIssuer, audiences: jwtAudience)
        tokens.authorities = jwksCaCerts
        tokens.clockSkew = jwtClockSkew
        tokens.grantsClaim = jwtGrantsClaim
        tokens.defaultGrants = defaultGrants ?? []
        return tokens
    }
}
