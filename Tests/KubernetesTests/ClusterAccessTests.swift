import Kubernetes
import Outbound
import TestSupport
import Testing

@Suite("Access to the cluster from a pod")
struct ClusterAccessTests {
    @Test("The environment names the API server, the mounted files the namespace and whom to believe")
    func found() throws {
        let account = ServiceAccount()
        let access = try account.access()
        #expect(access.server == "https://10.0.0.1:443")
        #expect(access.namespace == "models")
        #expect(access.outboundSettings.trust == .bundle(path: account.folder.path("ca.crt")))
    }

    @Test("An IPv6 address is put in brackets")
    func addressOfVersion6() throws {
        let environment = ["KUBERNETES_SERVICE_HOST": "fd00:10:96::1", "KUBERNETES_SERVICE_PORT": "6443"]
        let account = ServiceAccount()
        let access = try ClusterAccess(environment: environment, folder: account.folder.path)
        #expect(access.server == "https://[fd00:10:96::1]:6443")
    }

    @Test(
        "Outside of a cluster it says what is missing",
        arguments: [
            [:], ["KUBERNETES_SERVICE_HOST": "10.0.0.1"],
            ["KUBERNETES_SERVICE_HOST": "", "KUBERNETES_SERVICE_PORT": "443"],
            ["KUBERNETES_SERVICE_HOST": "10.0.0.1", "KUBERNETES_SERVICE_PORT": "https"],
        ])
    func outside(environment: [String: String]) throws {
        let account = ServiceAccount()
        let error = #expect(throws: KubernetesError.self) {
            try ClusterAccess(environment: environment, folder: account.folder.path)
        }
        #expect(error?.code == .notInCluster)
        #expect(error?.message.contains("KUBERNETES_SERVICE_HOST") == true)
    }

    @Test(
        "Files that are missing, empty, too long or no words are told by their path",
        arguments: ["", " \n", "a b", "ä"])
    func badNamespace(text: String) throws {
        let account = ServiceAccount()
        account.folder.write(Array(text.utf8), to: "namespace")
        let error = #expect(throws: KubernetesError.self) { try account.access() }
        #expect(error?.code == .notInCluster)
        #expect(error?.message.contains(account.folder.path("namespace")) == true)
    }

    @Test("A pod without a service account is told so")
    func noServiceAccount() throws {
        let folder = TemporaryFolder()
        let error = #expect(throws: KubernetesError.self) {
            try ClusterAccess(environment: ServiceAccount.environment, folder: folder.path)
        }
        #expect(error?.message.contains("automountServiceAccountToken") == true)
    }

    @Test("A token that is too long to be one is not sent")
    func longToken() async throws {
        let account = ServiceAccount()
        account.write(token: String(repeating: "x", count: ClusterAccess.maximumFileBytes))
        let cluster = FakeCluster()
        let error = await #expect(throws: KubernetesError.self) {
            try await restart(cluster, .deletePods, account: account)
        }
        #expect(error?.code == .notInCluster)
        #expect(cluster.requests.isEmpty)
    }

    @Test("No namespace and no InferenceService can be named so", arguments: ["", "a/b", "A", "-a", "a-", "a.b", "ä"])
    func invalidNames(name: String) async throws {
        let access = try ServiceAccount().access()
        #expect(throws: KubernetesError.self) {
            try KubernetesClient(access, namespace: name, transport: FakeCluster())
        }
        #expect(try await failure(of: FakeCluster(), .deletePods, name: name)?.code == .invalid)
    }
}
