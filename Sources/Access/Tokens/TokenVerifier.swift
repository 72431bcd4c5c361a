import Crypto
import FoundationEssentials
import JWTKit
import NIOPosix
import Outbound
import Serving
import Synchronization

/// Judges the tokens of an identity provider, whose keys are read anew while the server runs.
///
/// Source: RFC 7519, section 7.2, and RFC 8725.
package final class TokenVerifier: Sendable {
    private struct State {
        /// nil until they have been read.
        var keys: SigningKeys?
        /// How often they have been read.
        var generation = 0
        var verified = VerifiedTokens()
        var renewal = Renewal<FileSignature?>(looks: nil)
        /// When a server was last asked for keys, in nanoseconds of the monotonic clock.
        var lastAsked: Int64?
        /// Whether a token named a key that is not known.
        var misses = false
    }

    /// How long a server's keys count before it is asked again.
    private static let refreshInterval = Duration.seconds(300)
    /// How long it is left alone after it was asked, whatever tokens come.
    private static let leastInterval = Duration.seconds(10)

    private let settings: TokenSettings
    private let client: OutboundClient
    private let state = Mutex(State())

    /// A verifier that knows no keys yet: ``refresh()`` reads them.
    ///
    /// - Throws: if there are no certificates where the settings say.
    package init(_ settings: TokenSettings) throws(AccessFailure) {
        self.settings = settings
        var outbound = OutboundSettings()
        if let path = settings.authorities { outbound.trust = .bundle(path: path) }
        // It is asked again in any case.
        outbound.retries = .once
        outbound.answerTimeout = .seconds(10)
        do throws(OutboundError) { client = try OutboundClient(outbound) } catch {
            throw AccessFailure(description: "\(error)")
        }
    }

    /// Whose token this is.
    func caller(of text: String) throws(TokenRefusal) -> Caller {
        try caller(of: text, now: Double(Clocks.wallNanoseconds()) / 1e9)
    }

    /// The same at another time, in seconds since 1970.
    func caller(of text: String, now: Double) throws(TokenRefusal) -> Caller {
        let digest = SHA256.hash(data: Array(text.utf8))
        let (keys, generation, known) = state.withLock { ($0.keys, $0.generation, $0.verified[digest]) }
        if let known {
            try check(known, now)
            return known.caller
        }
        guard let keys else { throw .keysUnknown }
        let token = try WebToken(parsing: text)
        try checkSignature(of: token, keys)
        let entry = try entry(try token.claims())
        try check(entry, now)
        state.withLock { state in
            // Keys that were read meanwhile need not be those it was judged by.
            if state.generation == generation { state.verified.insert(entry, digest) }
        }
        return entry.caller
    }

    private func checkSignature(of token: WebToken, _ keys: SigningKeys) throws(TokenRefusal) {
        let algorithms = keys.algorithms(token.header.alg, id: token.header.kid)
        guard !algorithms.isEmpty else {
            state.withLock { $0.misses = true }
            throw .unknownKey
        }
        // A signature of a wrong length is an error of the algorithm; it is as wrong as any other.
        let isRight = algorithms.contains { (try? $0.verify(token.signature, signs: token.signed)) ?? false }
        guard isRight else { throw .wrongSignature }
    }

    private func entry(_ claims: [String: ClaimValue]) throws(TokenRefusal) -> VerifiedTokens.Entry {
        guard claims.text("iss") == settings.issuer else { throw .otherIssuer }
        guard !settings.audiences.filter({ claims["aud"]?.texts.contains($0) ?? false }).isEmpty else {
            throw .otherAudience
        }
        guard let end = try claims.time("exp") else { throw .noExpiry }
        let name = claims.text("sub") ?? claims.text("client_id") ?? "token"
        let grants = claims.claim(at: settings.grantsClaim).map { Set($0.words.compactMap { Grant($0) }) }
        return VerifiedTokens.Entry(
            caller: Caller(name: name.logged, grants: grants ?? settings.defaultGrants),
            start: try claims.time("nbf") ?? -.infinity, end: end)
    }

    private func check(_ entry: VerifiedTokens.Entry, _ now: Double) throws(TokenRefusal) {
        guard now < entry.end + settings.clockSkew else { throw .expired }
        guard now >= entry.start - settings.clockSkew else { throw .early }
    }
}

// MARK: - Keys

extension TokenVerifier {
    /// Reads the keys if they may have changed.
    ///
    /// - Returns: whether they were read.
    @discardableResult
    package func read() async throws(AccessFailure) -> Bool { try await read(now: Clocks.monotonicNanoseconds()) }

    /// The same at another time of the monotonic clock.
    func read(now: Int64) async throws(AccessFailure) -> Bool {
        guard let bytes = try await changedKeys(now) else { return false }
        let keys: SigningKeys
        do throws(AccessFailure) { keys = try await SigningKeys(parsing: bytes) } catch {
            throw AccessFailure(description: "\(settings.keys.place): \(error)")
        }
        state.withLock { state in
            state.keys = keys
            state.generation += 1
            state.verified.removeAll()
        }
        return true
    }

    /// Reads the keys if they may have changed; nil if they are as they were. If they cannot be read, what was before
    /// goes on.
    package func refresh() async -> RenewalEvent? {
        do throws(AccessFailure) {
            guard try await read() else { return nil }
            return state.withLock { $0.renewal.ended(nil) }
        } catch {
            return state.withLock { $0.renewal.ended(error.description) }
        }
    }

    private func changedKeys(_ now: Int64) async throws(AccessFailure) -> [UInt8]? {
        switch settings.keys {
        case .file(let path): return try await changedFile(path)
        case .server(let url): return isDue(now) ? try await answer(of: url) : nil
        }
    }

    private func changedFile(_ path: String) async throws(AccessFailure) -> [UInt8]? {
        let read = try? await NIOThreadPool.singleton.runIfActive { [self] in
            let signature = FileSignature.now(ofPath: path)
            let isDue = state.withLock { $0.renewal.isDue(signature) || $0.keys == nil }
            return Result { () throws(AccessFailure) in
                isDue ? try AccessFailure.bytes(ofFile: path, limit: SigningKeys.maximumBytes) : nil
            }
        }
        return try read?.get() ?? nil
    }

    private func isDue(_ now: Int64) -> Bool {
        state.withLock { state in
            let wait = state.misses || state.keys == nil ? Self.leastInterval : Self.refreshInterval
            guard state.lastAsked.map({ .nanoseconds(now - $0) >= wait }) ?? true else { return false }
            state.lastAsked = now
            state.misses = false
            return true
        }
    }

    private func answer(of url: String) async throws(AccessFailure) -> [UInt8] {
        do throws(OutboundError) {
            let answer = try await client.answer(
                to: try OutboundRequest(.get, url), limit: SigningKeys.maximumBytes)
            try answer.head.requireSuccess()
            return answer.body
        } catch {
            throw AccessFailure(description: "\(error)")
        }
    }
}
