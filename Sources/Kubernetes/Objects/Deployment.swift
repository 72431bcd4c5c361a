/// A Deployment (`apps/v1 Deployment`), as far as a restart needs it.
struct Deployment: APIObject, Hashable {
    struct Template: Decodable, Hashable, Sendable {
        struct Metadata: Decodable, Hashable, Sendable { let annotations: [String: String]? }
        let metadata: Metadata?
    }

    struct Spec: Decodable, Hashable, Sendable {
        let replicas: Int?
        let paused: Bool?
        let template: Template
    }

    struct Condition: Decodable, Hashable, Sendable {
        let type: String
        let reason: String?
        let message: String?
    }

    struct Status: Decodable, Hashable, Sendable {
        let observedGeneration: Int?
        let replicas: Int?
        let updatedReplicas: Int?
        let availableReplicas: Int?
        let conditions: [Condition]?
    }

    /// What a rollout has come to.
    enum Rollout: Hashable {
        case complete
        /// Not there yet, in a sentence.
        case waiting(String)
        /// The cluster has given up, in a sentence.
        case failed(String)
    }

    /// The annotation by which `kubectl rollout restart` has all pods replaced.
    static let restartedAt = "kubectl.kubernetes.io/restartedAt"
    static let resource = APIOperation.Resource.deployments

    let metadata: ObjectMetadata
    let spec: Spec
    let status: Status?

    /// The pods that are wanted.
    var replicas: Int { spec.replicas ?? 1 }

    /// When all pods were last asked to be replaced.
    var restartedAt: String? { spec.template.metadata?.annotations?[Self.restartedAt] }

    /// What `kubectl rollout status` makes of the counts.
    var rollout: Rollout {
        let name = metadata.name
        guard let status, let observed = status.observedGeneration, observed >= metadata.generation ?? 0 else {
            return .waiting("\(name): its controller has not seen the change")
        }
        if let condition = status.conditions?.first(where: { $0.reason == "ProgressDeadlineExceeded" }) {
            return .failed(PrintableText.line("\(name): \(condition.message ?? "its progress deadline has passed")"))
        }
        let updated = status.updatedReplicas ?? 0
        let available = status.availableReplicas ?? 0
        if updated < replicas { return .waiting("\(name): \(updated) of \(replicas) pods are new") }
        if let all = status.replicas, all > updated {
            return .waiting("\(name): \(all - updated) old pods have not ended")
        }
        if available < updated { return .waiting("\(name): \(available) of \(updated) new pods are available") }
        return .complete
    }
}

/// Has all pods of a Deployment replaced.
struct RestartPatch: Encodable {
    struct Spec: Encodable { let template: Template }
    struct Template: Encodable { let metadata: Metadata }
    struct Metadata: Encodable { let annotations: [String: String] }

    let spec: Spec

    init(restartedAt time: String) {
        spec = Spec(template: Template(metadata: Metadata(annotations: [Deployment.restartedAt: time])))
    }
}
