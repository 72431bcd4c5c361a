import FoundationEssentials
import Serving
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
    init(path: String, guardsMetrics: Bool) throws(KeyRing.Failure) {
        self.path = path
        self.guardsMetrics = guardsMetrics
        let signature = FileSignature.now(ofPath: path)
        state = Mutex(State(keys: try Self.read(path), signature: signature))
    }

    /// Looks at the file; nil if it is as it was.
    func refresh() -> RenewalEvent? {
        let signature = FileSignature.now(ofPath: path)
        let isChanged = state.withLock { state in
            defer { state.signature = signature }
            return state.signature != signature
        }
        guard isChanged else { return nil }
        do throws(KeyRing.Failure) {
            let keys = try Self.read(path)
            state.withLock { $0.keys = keys }
            return .renewed
        } catch {
            return .refused(error.description)
        }
    }

    private static func read(_ path: String) throws(KeyRing.Failure) -> KeyRing {
        guard let bytes = FileManager.default.contents(atPath: path), bytes.count <= KeyRing.maximumBytes else {
            throw KeyRing.Failure(
                description: "\(path) cannot be read, or is longer than \(KeyRing.maximumBytes) bytes")
        }
        do throws(KeyRing.Failure) { return try KeyRing(parsing: String(decoding: bytes, as: UTF8.self)) } catch {
            throw KeyRing.Failure(description: "\(path): \(error)")
        }
    }

    /// Lets a request through.
    ///
    /// - Returns: whose key it has; nil where none is needed.
    /// - Throws: ``ServingError/Code/unauthenticated`` without a key that is known, and
    ///   ``ServingError/Code/forbidden`` if it may not do this.
    func check(_ target: RequestTarget, _ fields: some RequestFields) throws(ServingError) -> String? {
        guard let need = need(target) else { return nil }
        guard let secret = Self.secret(fields), let key = state.withLock({ $0.keys }).key(of: secret) else {
            throw ServingError(.unauthenticated, "A key is needed: Authorization: Bearer KEY.")
        }
        guard Self.allows(key.grants, need) else {
            throw ServingError(.forbidden, "The key \(key.name) may not do this.")
        }
        return key.name
    }

    /// What a target needs; nil for health, which is open to everybody.
    private func need(_ target: RequestTarget) -> KeyRing.Grant? {
        switch target {
        case .root, .liveness, .readiness, .serverLive, .serverReady, .modelReady: nil
        case .metrics: guardsMetrics ? .read : nil
        case .openAPI, .models, .model, .serverMetadata, .inferenceModels, .modelMetadata, .repositoryIndex: .read
        case .predict(let name), .explain(let name), .infer(let name, _): .predict(model: name)
        case .load, .unload: .admin
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
    private static func secret(_ fields: some RequestFields) -> String? {
        if let value = fields.value(of: "authorization") {
            let words = value.split(separator: " ", maxSplits: 1)
            guard words.count == 2, words[0].lowercased() == "bearer" else { return nil }
            return String(words[1])
        }
        return fields.value(of: "x-api-key")
    }
}
