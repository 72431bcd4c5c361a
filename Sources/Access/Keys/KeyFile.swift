import FoundationEssentials
import Serving
import Synchronization

/// A file of keys, read anew when it changes.
package final class KeyFile: RenewableFile {
    private struct State {
        var keys: KeyRing
        var renewal: Renewal<FileSignature?>
    }

    package let subject = "keys"
    private let path: String
    private let state: Mutex<State>

    /// Reads the file.
    package init(path: String) throws(AccessFailure) {
        self.path = path
        let signature = FileSignature.now(ofPath: path)
        state = Mutex(State(keys: try Self.read(path), renewal: Renewal(looks: signature)))
    }

    /// Whose key a secret is; nil if it is nobody's.
    func caller(of secret: String) -> Caller? { state.withLock { $0.keys }.caller(of: secret) }

    package func refresh() -> RenewalEvent? {
        let signature = FileSignature.now(ofPath: path)
        guard state.withLock({ $0.renewal.isDue(signature) }) else { return nil }
        do throws(AccessFailure) {
            let keys = try Self.read(path)
            return state.withLock { state in
                state.keys = keys
                return state.renewal.ended(nil)
            }
        } catch {
            return state.withLock { $0.renewal.ended(error.description) }
        }
    }

    private static func read(_ path: String) throws(AccessFailure) -> KeyRing {
        let bytes = try AccessFailure.bytes(ofFile: path, limit: KeyRing.maximumBytes)
        do throws(AccessFailure) { return try KeyRing(parsing: String(decoding: bytes, as: UTF8.self)) } catch {
            throw AccessFailure(description: "\(path): \(error)")
        }
    }
}
