import FoundationEssentials
package import Serving
import Synchronization

/// Lets those through who may ask what they ask, by keys in a file that is read anew when it changes.
package final class AccessGate: Sendable {
    private struct State {
        var keys: KeyRing
        var signature: FileSignature?
    }

    private let path: String
    private let guardsMetrics: Bool
    private let state: Mutex<State>

    /// - Parameter guardsMetrics: whether metrics need a key, too.
    package init(path: String, guardsMetrics: Bool) throws(AccessFailure) {
        self.path = path
        self.guardsMetrics = guardsMetrics
        let signature = FileSignature.now(ofPath: path)
        state = Mutex(State(keys: try Self.read(path), signature: signature))
    }

    /// Looks at the file; nil if it is as it was.
    package func refresh() -> RenewalEvent? {
        let signature = FileSignature.now(ofPath: path)
        let isChanged = state.withLock { state in
            defer { state.signature = signature }
            return state.signature != signature
        }
        guard isChanged else { return nil }
        do throws(AccessFailure) {
            let keys = try Self.read(path)
            state.withLock { $0.keys = keys }
            return .renewed
        } catch {
            return .refused(error.description)
        }
    }

    private static func read(_ path: String) throws(AccessFailure) -> KeyRing {
        guard let bytes = FileManager.default.contents(atPath: path), bytes.count <= KeyRing.maximumBytes else {
            throw AccessFailure(
                description: "\(path) cannot be read, or is longer than \(KeyRing.maximumBytes) bytes")
        }
        do throws(AccessFailure) { return try KeyRing(parsing: String(decoding: bytes, as: UTF8.self)) } catch {
            throw AccessFailure(description: "\(path): \(error)")
        }
    }

    /// Lets a request through.
    ///
    /// - Parameter field: the value of a field of the request, by its name in lower case.
    /// - Returns: whose key it has; nil where none is needed.
    /// - Throws: ``ServingError/Code/unauthenticated`` without a key that is known, and
    ///   ``ServingError/Code/forbidden`` if it may not do this.
    package func check(_ need: AccessNeed, field: (String) -> String?) throws(ServingError) -> String? {
        guard let grant = grant(need) else { return nil }
        guard let secret = Self.secret(field), let key = state.withLock({ $0.keys }).key(of: secret) else {
            throw ServingError(.unauthenticated, "A key is needed: Authorization: Bearer KEY.")
        }
        guard Self.allows(key.grants, grant) else {
            throw ServingError(.forbidden, "The key \(key.name) may not do this.")
        }
        return key.name
    }

    /// What a key must grant; nil if none is needed.
    private func grant(_ need: AccessNeed) -> KeyRing.Grant? {
        switch need {
        case .nothing: nil
        case .metrics: guardsMetrics ? .read : nil
        case .read: .read
        case .predict(let model): .predict(model: model)
        case .admin: .admin
        }
    }

    private static func allows(_ grants: Set<KeyRing.Grant>, _ need: KeyRing.Grant) -> Bool {
        switch need {
        case .read: true
        case .predict(let model):
            grants.contains(.admin) || grants.contains(.predict(model: nil)) || grants.contains(.predict(model: model))
        case .admin: grants.contains(.admin)
        }
    }

    /// The secret of `Authorization: Bearer`, or of `X-API-Key`.
    private static func secret(_ field: (String) -> String?) -> String? {
        if let value = field("authorization") {
            let words = value.split(separator: " ", maxSplits: 1)
            guard words.count == 2, words[0].lowercased() == "bearer" else { return nil }
            return String(words[1])
        }
        return field("x-api-key")
    }
}
