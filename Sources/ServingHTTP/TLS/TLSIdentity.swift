import NIOSSL
import Serving
import Synchronization

/// What the server proves itself with to new connections, read anew when its files change.
///
/// Connections keep what they began with. Files that do not belong together, as while a renewal is being written, or
/// cannot be read, change nothing.
package final class TLSIdentity: Sendable {
    /// Why there is no identity in some files.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private struct State {
        var context: NIOSSLContext
        /// What the files looked like when they were last read.
        var signatures: [FileSignature?]
    }

    private let files: TLSFiles
    private let state: Mutex<State>

    /// Reads the files.
    init(_ files: TLSFiles) throws(Failure) {
        self.files = files
        let signatures = Self.signatures(of: files)
        state = Mutex(State(context: try Self.context(of: files), signatures: signatures))
    }

    /// What new connections get.
    var context: NIOSSLContext { state.withLock { $0.context } }

    /// Looks at the files; nil if they are as they were.
    func refresh() -> RenewalEvent? {
        let signatures = Self.signatures(of: files)
        let isChanged = state.withLock { state in
            defer { state.signatures = signatures }
            return state.signatures != signatures
        }
        guard isChanged else { return nil }
        do throws(Failure) {
            let context = try Self.context(of: files)
            state.withLock { $0.context = context }
            return .renewed
        } catch {
            return .refused(error.description)
        }
    }

    private static func signatures(of files: TLSFiles) -> [FileSignature?] {
        files.paths.map(FileSignature.now)
    }

    private static func context(of files: TLSFiles) throws(Failure) -> NIOSSLContext {
        let chain = try read("certificate", files.certificate) { try NIOSSLCertificate.fromPEMFile($0) }
        let key = try read("key", files.key) { try NIOSSLPrivateKey(file: $0, format: .pem) }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        if let authorities = files.clientAuthorities {
            let trusted = try read("certificates of clients", authorities) { try NIOSSLCertificate.fromPEMFile($0) }
            configuration.trustRoots = .certificates(trusted)
            // A client has no name that could be looked up.
            configuration.certificateVerification = .noHostnameVerification
        }
        do { return try NIOSSLContext(configuration: configuration) } catch {
            throw Failure(
                description: "the key in \(files.key) does not belong to the certificate in \(files.certificate)")
        }
    }

    private static func read<Value>(
        _ what: String, _ path: String, _ read: (String) throws -> Value
    ) throws(Failure) -> Value {
        do { return try read(path) } catch {
            throw Failure(description: "\(path) cannot be read as the \(what), in PEM form and not encrypted")
        }
    }
}
