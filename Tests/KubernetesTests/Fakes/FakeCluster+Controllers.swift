import Foundation

extension FakeCluster.State {
    mutating func makePod(for deployment: FakeCluster.FakeDeployment, isReady: Bool = false) {
        made += 1
        var pod = FakeCluster.FakePod(
            name: "\(deployment.name)-\(made)", uid: UUID().uuidString, labels: deployment.labels)
        pod.owner = deployment.name
        pod.revision = deployment.generation
        pod.isReady = isReady
        pod.isCrashing = !isReady && behaviour.isCrashing
        pods.append(pod)
    }

    /// A moment goes by.
    mutating func pass() {
        for index in pods.indices {
            pods[index].age += 1
            pods[index].ending = pods[index].ending.map { $0 + 1 }
            let isStarted = pods[index].age >= behaviour.startMoments && !pods[index].isCrashing
            if pods[index].isLive, isStarted { pods[index].isReady = true }
        }
        pods.removeAll { ($0.ending ?? 0) >= behaviour.endMoments }
        deployments = deployments.map { control($0) }
        fewestReady = min(fewestReady, pods.count { $0.isLive && $0.isReady })
    }

    private mutating func control(_ deployment: FakeCluster.FakeDeployment) -> FakeCluster.FakeDeployment {
        var deployment = deployment
        if behaviour.isReverting, !deployment.annotations.isEmpty {
            deployment.annotations = [:]
            deployment.generation -= 1
        }
        guard !deployment.isPaused, !deployment.isStuck else { return deployment }
        deployment.observedGeneration = deployment.generation
        let live = pods.filter { $0.owner == deployment.name && $0.isLive }
        let new = live.filter { $0.revision == deployment.generation }
        if let old = live.first(where: { $0.revision != deployment.generation }) {
            // One more than wanted while a rollout goes on, and never fewer.
            let isReplaceable = live.count(where: \.isReady) > deployment.replicas || !old.isReady
            if live.count <= deployment.replicas, new.count < deployment.replicas {
                makePod(for: deployment)
            } else if isReplaceable {
                end(old.uid)
            }
        } else if new.count < deployment.replicas {
            makePod(for: deployment)
        }
        return deployment
    }

    mutating func end(_ uid: String) {
        guard let index = pods.firstIndex(where: { $0.uid == uid }) else { return }
        pods[index].ending = 0
        pods[index].isReady = false
    }

    /// Puts another pod in the place of one, as a StatefulSet does.
    mutating func replace(_ name: String) {
        guard let index = pods.firstIndex(where: { $0.name == name }) else { return }
        pods[index].uid = UUID().uuidString
        pods[index].age = 0
        pods[index].isReady = false
    }
}
