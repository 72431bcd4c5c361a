package import Access
import NIOCertificateReloading
package import NIOSSL

extension TLSIdentity: CertificateReloader {
    /// What the next handshake proves the server with.
    package var sslContextConfigurationOverride: NIOSSLContextConfigurationOverride {
        let contents = contents
        var override = NIOSSLContextConfigurationOverride()
        override.certificateChain = contents.chain.map { .certificate($0) }
        override.privateKey = .privateKey(contents.key)
        return override
    }
}
