import Kubernetes
import TestSupport

/// The files that a pod finds of its service account.
final class ServiceAccount: Sendable {
    let folder = TemporaryFolder()
    static let environment = ["KUBERNETES_SERVICE_HOST": "10.0.0.1", "KUBERNETES_SERVICE_PORT": "443"]

    init() {
        folder.write(Array("models".utf8), to: "namespace")
        write(token: "token-1")
    }

    func write(token: String) { folder.write(Array("\(token)\n".utf8), to: "token") }

    func access() throws -> ClusterAccess {
        try ClusterAccess(environment: Self.environment, folder: folder.path)
    }
}
