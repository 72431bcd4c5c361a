import Foundation
import Kubernetes
import NetworkTestSupport
import Outbound
import TestSupport
import Testing

/// The same cluster behind a real connection: TLS with the service account's certificate authority.
@Suite("Restart over TLS")
struct SecureConnectionTests {
    private let identity: ServerIdentity
    private let account = ServiceAccount()

    init() throws { identity = try ServerIdentity() }

    private func predictor(_ server: ScriptedServer, trusting file: String) throws -> Predictor<ContinuousClock> {
        account.folder.write(Array(try Data(contentsOf: URL(filePath: file))), to: "ca.crt")
        let environment = ["KUBERNETES_SERVICE_HOST": "127.0.0.1", "KUBERNETES_SERVICE_PORT": "\(server.port)"]
        let access = try ClusterAccess(environment: environment, folder: account.folder.path)
        let client = try KubernetesClient(access, transport: OutboundClient(access.outboundSettings))
        var settings = RestartSettings()
        settings.pollInterval = .milliseconds(5)
        return try Predictor("anomaly-detector", client: client, settings: settings)
    }

    private func serve(_ cluster: FakeCluster) async throws -> ScriptedServer {
        try await ScriptedServer(tls: identity.configuration()) { request in
            let answer = cluster.respond(
                to: .init(method: request.method, target: request.target, headers: request.headers, body: request.body))
            guard let answer else { return [.cut] }
            return [.answer(answer.status, headers: [("Content-Type", "application/json")], body: answer.body)]
        }
    }

    @Test("Pods are replaced as they are in memory", arguments: RestartMethod.allCases)
    func replaced(method: RestartMethod) async throws {
        let cluster = FakeCluster(replicas: 2)
        let before = cluster.pods
        let server = try await serve(cluster)
        let result = try await predictor(server, trusting: identity.certificateFile).restart(method, at: 1_795_000_000)
        #expect(result.restarted.count == (method == .deletePods ? 2 : 1))
        let live = cluster.pods.filter(\.isLive)
        #expect(live.count == 2 && Set(live.map(\.uid)).isDisjoint(with: before.map(\.uid)))
    }

    @Test("A server that another authority vouches for is not sent the token")
    func untrusted() async throws {
        let cluster = FakeCluster()
        let server = try await serve(cluster)
        let other = try ServerIdentity()
        let error = await #expect(throws: KubernetesError.self) {
            try await predictor(server, trusting: other.certificateFile).restart(.deletePods, at: 0)
        }
        #expect(error?.code == .refused)
        #expect(cluster.requests.isEmpty)
    }
}
