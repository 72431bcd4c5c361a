import Kubernetes
import Synchronization
import Testing

@Suite("Restart by deleting pods")
struct DeletePodsTests {
    @Test("All pods are replaced one after the other, each once the one before is Ready again", arguments: [1, 2, 5])
    func oneAfterTheOther(replicas: Int) async throws {
        let cluster = FakeCluster(replicas: replicas)
        let before = cluster.pods
        let result = try await restart(cluster, .deletePods)
        #expect(Set(result.restarted) == Set(before.map(\.name)))
        #expect(cluster.fewestReady == replicas - 1)
        let live = cluster.pods.filter(\.isLive)
        #expect(live.count == replicas && live.allSatisfy(\.isReady))
        #expect(Set(live.map(\.uid)).isDisjoint(with: before.map(\.uid)))
    }

    @Test("The API server is asked for the label, and to delete the very pods it told of")
    func requests() async throws {
        let cluster = FakeCluster(replicas: 1)
        let pod = try #require(cluster.pods.first)
        _ = try await restart(cluster, .deletePods)
        let list = try #require(cluster.requests.first)
        #expect(
            list.target == "/api/v1/namespaces/models/pods?labelSelector="
                + "serving.kserve.io%2Finferenceservice%3Danomaly-detector&limit=250")
        let delete = try #require(cluster.requests.first { $0.method == "DELETE" })
        #expect(delete.path == "/api/v1/namespaces/models/pods/\(pod.name)")
        #expect(delete.headers["content-type"] == "application/json")
        #expect(
            String(decoding: delete.body, as: UTF8.self)
                .contains(#""preconditions":{"uid":"\#(pod.uid)"}"#))
    }

    @Test("Pods that are not Ready go first, and those that end or have ended are left alone")
    func order() async throws {
        let cluster = FakeCluster(replicas: 3)
        cluster.change { state in
            state.pods[2].isReady = false
            state.pods[2].isCrashing = true
            var evicted = state.pods[0]
            (evicted.name, evicted.uid, evicted.phase, evicted.owner) = ("evicted", "e", "Failed", "other")
            state.pods.append(evicted)
        }
        let sick = cluster.pods[2].name
        let result = try await restart(cluster, .deletePods)
        #expect(result.restarted.count == 3)
        #expect(result.restarted.first == sick)
        #expect(cluster.pods.contains { $0.name == "evicted" })
    }

    @Test("A transformer is no predictor")
    func transformer() async throws {
        let cluster = FakeCluster(replicas: 1)
        cluster.change { state in
            var labels = state.deployments[0].labels
            labels["component"] = "transformer"
            state.makePod(for: .init(name: "transformer", labels: labels, replicas: 1), isReady: true)
        }
        let result = try await restart(cluster, .deletePods)
        #expect(result.restarted == ["anomaly-detector-predictor-1"])
    }

    @Test("Without a pod of that label it says which label it looked for")
    func noPods() async throws {
        let error = try await failure(of: FakeCluster(), .deletePods, name: "anomaly-detektor")
        #expect(error?.code == .notFound)
        #expect(error?.message.contains("serving.kserve.io/inferenceservice=anomaly-detektor") == true)
    }

    @Test("A pod that nothing would start again is not deleted")
    func orphan() async throws {
        let cluster = FakeCluster()
        cluster.change { $0.pods[1].owner = nil }
        #expect(try await failure(of: cluster, .deletePods)?.code == .refused)
        #expect(!cluster.requests.contains { $0.method == "DELETE" })
    }

    @Test("A pod that has gone meanwhile counts as deleted, and so does one whose name another has taken")
    func goneMeanwhile() async throws {
        let vanished = FakeCluster(replicas: 2) { $0.incidents[1] = { state in state.pods.removeFirst() } }
        #expect(try await restart(vanished, .deletePods).restarted.count == 2)
        let replaced = FakeCluster(replicas: 2) { $0.incidents[1] = { state in state.replace(state.pods[0].name) } }
        #expect(try await restart(replaced, .deletePods).restarted.count == 2)
    }

    @Test("If new pods crash, the others are left alone, and the error says why and how many")
    func crashing() async throws {
        let cluster = FakeCluster(replicas: 3) { $0.isCrashing = true }
        let error = try await failure(of: cluster, .deletePods)
        #expect(error?.code == .timedOut)
        let message = error?.message ?? ""
        #expect(message.contains("not done after 300 s: 0 of 1 new pods are Ready"))
        #expect(message.contains("its container kserve-container waits (CrashLoopBackOff)"))
        #expect(message.hasSuffix("2 of 3 pods were left with the model they have"))
        #expect(cluster.requests.count { $0.method == "DELETE" } == 1)
    }

    @Test("Each step is told")
    func progress() async throws {
        let steps = Mutex<[String]>([])
        let predictor = FakePredictor([(200, #"{"name":"anomaly-detector","ready":true}"#)])
        _ = try await restart(FakeCluster(replicas: 1), .deletePods, predictor: predictor) { step in
            steps.withLock { $0.append(step) }
        }
        let url = "http://predictor.models.svc:8080/v1/models/anomaly-detector"
        #expect(
            steps.withLock { $0 } == [
                "deleting the pod anomaly-detector-predictor-1", "waiting for the answer to GET \(url)",
            ])
    }
}
