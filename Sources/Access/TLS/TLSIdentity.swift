package import NIOSSL
package import Serving
import Synchronization

/// What the server proves itself with to new connections, read anew when its files change.
///
/// Connections keep what they began with. Files that do not belong together, as while a renewal is being written, or
/// cannot be read, change nothing.
package final class TLSIdentity: RenewableFile {
    /// What one reading of the files gave.
    package struct Contents: Sendable {
        /// The certificate, and those that vouch for it.
        package let chain: [NIOSSLCertificate]
        /// Its key.
        package let key: NIOSSLPrivateKey
        /// Both, for servers of HTTP/1.1.
        package let context: NIOSSLContext
    }

    private struct State {
        var contents: Contents
        var renewal: Renewal<[FileSignature?]>
    }

    package let subject = "certificate"
    /// Where it is read from.
    package let files: TLSFiles
    private let state: Mutex<State>
    private let failedHandshakes = Atomic<UInt64>(0)

    /// Reads the files.
    package init(_ files: TLSFiles) throws(AccessFailure) {
        self.files = files
        let signatures = Self.signatures(of: files)
        state = Mutex(State(contents: try Self.contents(of: files), renewal: Renewal(looks: signatures)))
    }

    /// What new connections get.
    package var contents: Contents { state.withLock { $0.contents } }

    /// A connection ended before it was secure.
    package func noteFailedHandshake() { failedHandshakes.add(1, ordering: .relaxed) }

    /// What metrics tell of it.
    package var readings: [MetricsPage.Reading] {
        let (contents, hasProblem) = state.withLock { ($0.contents, $0.renewal.failure != nil) }
        let end = contents.chain.map(\.notValidAfter).min() ?? 0
        return [
            MetricsPage.Reading(
                name: "tls_certificate_expiry_timestamp_seconds",
                help: "When the first of the server's certificates expires, in seconds since 1970.",
                value: .gauge(Double(end))),
            MetricsPage.Reading(
                name: "tls_certificate_problem",
                help: "1 where the files of the certificate cannot be used and an older one goes on, else 0.",
                value: .gauge(hasProblem ? 1 : 0)),
            MetricsPage.Reading(
                name: "tls_handshakes_failed_total",
                help: "HTTP connections whose client did not prove itself, trusted no certificate, or left before.",
                value: .count(failedHandshakes.load(ordering: .relaxed))),
        ]
    }

    package func refresh() -> RenewalEvent? {
        let signatures = Self.signatures(of: files)
        guard state.withLock({ $0.renewal.isDue(signatures) }) else { return nil }
        do throws(AccessFailure) {
            let contents = try Self.contents(of: files)
            return state.withLock { state in
                state.contents = contents
                return state.renewal.ended(nil)
            }
        } catch {
            return state.withLock { $0.renewal.ended(error.description) }
        }
    }

    private static func signatures(of files: TLSFiles) -> [FileSignature?] {
        files.paths.map(FileSignature.now)
    }

    private static func contents(of files: TLSFiles) throws(AccessFailure) -> Contents {
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
        do {
            return Contents(chain: chain, key: key, context: try NIOSSLContext(configuration: configuration))
        } catch {
            throw AccessFailure(
                description: "the key in \(files.key) does not belong to the certificate in \(files.certificate)")
        }
    }

    private static func read<Value>(
        _ what: String, _ path: String, _ read: (String) throws -> Value
    ) throws(AccessFailure) -> Value {
        do { return try read(path) } catch {
            throw AccessFailure(description: "\(path) cannot be read as the \(what), in PEM form and not encrypted")
        }
    }
}
