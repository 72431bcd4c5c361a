import Foundation
package import NIOSSL

/// A key and a certificate that vouches for itself, made by `openssl` for one test.
package final class ServerIdentity: Sendable {
    /// Why there is none.
    package struct Failure: Error { let description: String }

    private let folder: URL
    /// The certificate in PEM form.
    package let certificateFile: String
    /// The key in PEM form.
    package let keyFile: String

    /// - Parameter name: what the certificate is for, e.g. `DNS:host` or `IP:127.0.0.1`.
    package init(name: String = "IP:127.0.0.1") throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "apus-identity-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        certificateFile = folder.appending(path: "certificate.pem").path
        keyFile = folder.appending(path: "key.pem").path
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
            "1", "-subj", "/CN=apus-test", "-addext", "subjectAltName=\(name)", "-keyout", keyFile, "-out",
            certificateFile,
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(description: "openssl made no certificate") }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// What a server of that name says to its clients.
    package func configuration() throws -> TLSConfiguration {
        .makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(certificateFile).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: keyFile, format: .pem)))
    }
}
