import Kubernetes
import Testing

@Suite("Restart by a rollout")
struct RolloutTests {
    @Test("All pods are replaced, and never is one fewer Ready than wanted", arguments: [1, 3])
    func rollout(replicas: Int) async throws {
        let cluster = FakeCluster(replicas: replicas)
        let before = cluster.pods
        let result = try await restart(cluster, .rolloutDeployment, at: 1_795_226_461)
        #expect(result.restarted == ["anomaly-detector-predictor"])
        #expect(!result.isScaledToZero)
        #expect(cluster.fewestReady == replicas)
        let live = cluster.pods.filter(\.isLive)
        #expect(live.count == replicas && Set(live.map(\.uid)).isDisjoint(with: before.map(\.uid)))
        #expect(
            cluster.deployments[0].annotations == ["kubectl.kubernetes.io/restartedAt": "2026-11-21T02:01:01Z"])
    }

    @Test("Every Deployment of the predictor is rolled out, such as a canary's")
    func severalDeployments() async throws {
        let cluster = FakeCluster(replicas: 1)
        cluster.change { state in
            state.deployments.append(.init(name: "canary", labels: state.deployments[0].labels, replicas: 1))
            state.makePod(for: state.deployments[1], isReady: true)
        }
        let result = try await restart(cluster, .rolloutDeployment)
        #expect(result.restarted == ["anomaly-detector-predictor", "canary"])
        #expect(cluster.deployments.allSatisfy { !$0.annotations.isEmpty })
    }

    @Test("A Deployment that its owner sets back is told, with what to do instead")
    func setBack() async throws {
        let error = try await failure(of: FakeCluster { $0.isReverting = true }, .rolloutDeployment)
        #expect(error?.code == .conflict)
        #expect(error?.message.contains("by deleting its pods instead") == true)
    }

    @Test("A change that meets another is made again")
    func conflict() async throws {
        let cluster = FakeCluster { $0.conflictingPatches = 4 }
        #expect(try await restart(cluster, .rolloutDeployment).restarted.count == 1)
        #expect(cluster.requests.count { $0.method == "PATCH" } == 5)
        let error = try await failure(of: FakeCluster { $0.conflictingPatches = 5 }, .rolloutDeployment)
        #expect(error?.code == .conflict)
    }

    @Test("A restart in the second of another is told to wait")
    func sameSecond() async throws {
        let cluster = FakeCluster()
        _ = try await restart(cluster, .rolloutDeployment, at: 1_795_000_000)
        #expect(try await failure(of: cluster, .rolloutDeployment)?.message.contains("this second") == true)
        _ = try await restart(cluster, .rolloutDeployment, at: 1_795_000_001)
    }

    @Test("A paused Deployment is refused, and nothing changed")
    func paused() async throws {
        let cluster = FakeCluster()
        cluster.change { $0.deployments[0].isPaused = true }
        let error = try await failure(of: cluster, .rolloutDeployment)
        #expect(error?.code == .refused)
        #expect(error?.message.contains("kubectl rollout resume") == true)
        #expect(!cluster.requests.contains { $0.method == "PATCH" })
    }

    @Test("A rollout whose progress deadline has passed has failed")
    func progressDeadline() async throws {
        let cluster = FakeCluster { behaviour in
            behaviour.incidents[2] = { state in state.deployments[0].isStuck = true }
        }
        let error = try await failure(of: cluster, .rolloutDeployment)
        #expect(error?.code == .rolloutFailed)
        #expect(error?.message.contains("has timed out progressing") == true)
    }

    @Test("A rollout that takes too long says how far it came")
    func timeout() async throws {
        let error = try await failure(of: FakeCluster { $0.isCrashing = true }, .rolloutDeployment)
        #expect(error?.code == .timedOut)
        #expect(error?.message.contains("anomaly-detector-predictor: 1 of 3 pods are new") == true)
    }

    @Test("A predictor that is scaled to zero is not waited for")
    func scaledToZero() async throws {
        let predictor = FakePredictor([nil])
        let result = try await restart(FakeCluster(replicas: 0), .rolloutDeployment, predictor: predictor)
        #expect(result.isScaledToZero)
        #expect(predictor.requests.isEmpty)
    }

    @Test("Without a Deployment of that label it says which label it looked for")
    func noDeployment() async throws {
        let error = try await failure(of: FakeCluster(), .rolloutDeployment, name: "other")
        #expect(error?.code == .notFound)
        #expect(error?.message.contains("serving.kserve.io/inferenceservice=other") == true)
    }
}
