/// A pod (`core/v1 Pod`), as far as a restart needs it.
struct Pod: APIObject, Hashable {
    struct Condition: Decodable, Hashable, Sendable {
        let type: String
        let status: String
        let message: String?
    }

    struct ContainerStatus: Decodable, Hashable, Sendable {
        struct State: Decodable, Hashable, Sendable {
            struct Waiting: Decodable, Hashable, Sendable {
                let reason: String?
            }

            let waiting: Waiting?
        }

        let name: String
        let state: State?
    }

    struct Status: Decodable, Hashable, Sendable {
        let phase: String?
        let conditions: [Condition]?
        let containerStatuses: [ContainerStatus]?
        let initContainerStatuses: [ContainerStatus]?
    }

    static let resource = APIOperation.Resource.pods

    let metadata: ObjectMetadata
    let status: Status?

    /// Whether the pod runs or is about to: it is not being deleted and has not ended.
    var isLive: Bool { !metadata.isTerminating && status?.phase != "Succeeded" && status?.phase != "Failed" }

    /// Whether requests are sent to the pod.
    var isReady: Bool {
        isLive && status?.conditions?.contains { $0.type == "Ready" && $0.status == "True" } == true
    }

    /// Whether something starts the pod again once it is deleted.
    var hasController: Bool { metadata.ownerReferences?.contains { $0.controller == true } == true }

    /// Why the pod is not ready, as far as it tells: the pod's name and what a container or the scheduler waits for.
    var obstacle: String { PrintableText.line(plainObstacle) }

    private var plainObstacle: String {
        let containers = (status?.initContainerStatuses ?? []) + (status?.containerStatuses ?? [])
        for container in containers {
            if let reason = container.state?.waiting?.reason, reason != "PodInitializing" {
                return "\(metadata.name): its container \(container.name) waits (\(reason))"
            }
        }
        if let condition = status?.conditions?.first(where: { $0.status == "False" && $0.message?.isEmpty == false }) {
            return "\(metadata.name): \(condition.type) is False (\(condition.message ?? ""))"
        }
        return "\(metadata.name): \(status?.phase ?? "no phase"), not Ready"
    }
}
