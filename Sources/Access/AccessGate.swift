package import Serving

/// Lets those through who may ask what they ask, by keys in a file or by an identity provider's tokens.
package final class AccessGate: Sendable {
    private let keys: KeyFile?
    private let tokens: TokenVerifier?
    private let guardsMetrics: Bool

    /// - Parameters:
    ///   - keys: whose keys are let through.
    ///   - tokens: whose tokens are let through.
    ///   - guardsMetrics: whether metrics need a key or a token, too.
    package init(keys: KeyFile?, tokens: TokenVerifier? = nil, guardsMetrics: Bool) {
        self.keys = keys
        self.tokens = tokens
        self.guardsMetrics = guardsMetrics
    }

    /// Lets a request through.
    ///
    /// - Parameter field: the value of a field of the request, by its name in lower case.
    /// - Returns: whose key or token it has; nil where none is needed.
    /// - Throws: ``ServingError/Code/unauthenticated`` without a key or a token that is known,
    ///   ``ServingError/Code/forbidden`` if it may not do this, and ``ServingError/Code/overloaded`` as long as tokens
    ///   cannot be judged.
    package func check(_ need: AccessNeed, field: (String) -> String?) throws(ServingError) -> String? {
        guard let grant = grant(need) else { return nil }
        let caller = try caller(field)
        guard caller.may(grant) else {
            throw ServingError(.forbidden, "\(caller.name) may not do this.")
        }
        return caller.name
    }

    private func caller(_ field: (String) -> String?) throws(ServingError) -> Caller {
        guard let secret = Self.secret(field) else { throw unauthenticated }
        if let caller = keys?.caller(of: secret) { return caller }
        guard let tokens, WebToken.isLike(secret) else { throw unauthenticated }
        do throws(TokenRefusal) { return try tokens.caller(of: secret) } catch {
            throw ServingError(error == .keysUnknown ? .overloaded : .unauthenticated, error.description)
        }
    }

    private var unauthenticated: ServingError {
        let what = keys == nil ? "token" : tokens == nil ? "key" : "key or token"
        return ServingError(.unauthenticated, "A \(what) is needed: Authorization: Bearer ...")
    }

    /// What a caller must be granted; nil if nobody is asked who they are.
    private func grant(_ need: AccessNeed) -> Grant? {
        switch need {
        case .nothing: nil
        case .metrics: guardsMetrics ? .read : nil
        case .read: .read
        case .predict(let model): .predict(model: model)
        case .admin: .admin
        }
    }

    /// The secret of `Authorization: Bearer` (RFC 6750, section 2.1), or of `X-API-Key`.
    private static func secret(_ field: (String) -> String?) -> String? {
        if let value = field("authorization") {
            let words = value.split(separator: " ", maxSplits: 1)
            guard words.count == 2, words[0].lowercased() == "bearer" else { return nil }
            return String(words[1])
        }
        return field("x-api-key")
    }
}
