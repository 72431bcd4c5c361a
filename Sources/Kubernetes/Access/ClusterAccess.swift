import FoundationEssentials
package import Outbound

/// How a process in a pod reaches the API server of its cluster, as client-go's `rest.InClusterConfig` finds it.
package struct ClusterAccess: Hashable, Sendable {
    /// Where a pod finds its service account.
    package static let serviceAccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount"
    /// The longest token or namespace that is read, in bytes.
    package static let maximumFileBytes = 64 << 10

    /// The API server, e.g. `https://10.0.0.1:443`.
    package let server: String
    /// The namespace of the pod.
    package let namespace: String
    private let folder: String

    /// Reads where the API server is and which namespace the pod is in.
    ///
    /// - Parameters:
    ///   - environment: holds `KUBERNETES_SERVICE_HOST` and `KUBERNETES_SERVICE_PORT`.
    ///   - folder: holds `token`, `ca.crt` and `namespace`.
    /// - Throws: ``KubernetesError/Code/notInCluster`` that says what is missing.
    package init(
        environment: [String: String], folder: String = ClusterAccess.serviceAccountFolder
    ) throws(KubernetesError) {
        guard let host = environment["KUBERNETES_SERVICE_HOST"], !host.isEmpty,
            let port = environment["KUBERNETES_SERVICE_PORT"], let number = UInt16(port)
        else {
            throw KubernetesError(
                .notInCluster,
                "KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT name no API server: this is not a pod of a cluster"
            )
        }
        server = "https://\(host.contains(":") ? "[\(host)]" : host):\(number)"
        self.folder = folder
        namespace = try Self.text("\(folder)/namespace")
        guard ObjectName.isLabel(namespace) else {
            throw KubernetesError(.notInCluster, "\(folder)/namespace does not hold the name of a namespace")
        }
    }

    /// How the API server is asked: only its own certificate authority is believed, and it is asked directly.
    package var outboundSettings: OutboundSettings {
        var settings = OutboundSettings()
        settings.trust = .bundle(path: "\(folder)/ca.crt")
        settings.maximumRedirects = 0
        return settings
    }

    /// The token of the service account as it is now: the kubelet writes a new one within the hour.
    func token() throws(KubernetesError) -> Secret { Secret(try Self.text("\(folder)/token")) }

    private static func text(_ path: String) throws(KubernetesError) -> String {
        let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        guard let size, size <= maximumFileBytes, let data = FileManager.default.contents(atPath: path) else {
            throw KubernetesError(
                .notInCluster,
                "\(path) cannot be read: has the pod a service account, and is automountServiceAccountToken on?")
        }
        let words = data.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: " ") }
        guard words.count == 1, let word = words.first, word.allSatisfy({ 0x21...0x7E ~= $0 }) else {
            throw KubernetesError(.notInCluster, "\(path) is empty, or holds something other than a word")
        }
        return String(decoding: word, as: UTF8.self)
    }
}
