import Foundation
import Kubernetes

extension FakeCluster.State {
    mutating func answer(to request: FakeCluster.Request) -> APIAnswer {
        let token = request.headers["authorization"] ?? ""
        guard behaviour.tokens.contains(where: { token == "Bearer \($0)" }) else {
            return .status(401, "Unauthorized", "Unauthorized")
        }
        let words = request.path.split(separator: "/").map(String.init)
        let isCore = words.starts(with: ["api", "v1", "namespaces"])
        guard isCore || words.starts(with: ["apis", "apps", "v1", "namespaces"]) else {
            return .status(404, "NotFound", "the server could not find the requested resource")
        }
        let rest = words.dropFirst(isCore ? 3 : 4)
        guard let namespace = rest.first, let kind = rest.dropFirst().first else {
            return .status(404, "NotFound", "the server could not find the requested resource")
        }
        let name = rest.dropFirst(2).first
        let verb = name == nil ? "list" : request.method.lowercased()
        if behaviour.forbidden.contains("\(verb) \(kind)") {
            let user = "system:serviceaccount:\(namespace):default"
            return .status(
                403, "Forbidden",
                """
                \(kind) is forbidden: User "\(user)" cannot \(verb) resource "\(kind)" in API group \
                "\(isCore ? "" : "apps")" in the namespace "\(namespace)"
                """)
        }
        switch (verb, kind, name) {
        case ("list", "pods", _): return list(request, in: namespace, pods.map { ($0.labels, json($0)) })
        case ("list", "deployments", _):
            return list(request, in: namespace, deployments.map { ($0.labels, json($0)) })
        case ("delete", "pods", let name?): return delete(name, request)
        case ("get", "deployments", let name?):
            guard let found = deployments.first(where: { $0.name == name }) else { return missing(kind, name) }
            return .json(200, json(found))
        case ("patch", "deployments", let name?): return patch(name, request)
        default: return .status(405, "MethodNotAllowed", "the server does not allow this method on the resource")
        }
    }

    private func missing(_ kind: String, _ name: String) -> APIAnswer {
        .status(404, "NotFound", "\(kind) \"\(name)\" not found")
    }

    private mutating func list(
        _ request: FakeCluster.Request, in namespace: String,
        _ objects: [(labels: [String: String], json: [String: Any])]
    ) -> APIAnswer {
        let query = request.query
        let selector = (query["labelSelector"] ?? "").split(separator: "=").map(String.init)
        let found = objects.filter {
            namespace == behaviour.namespace && (selector.count != 2 || $0.labels[selector[0]] == selector[1])
        }
        let start = Int(query["continue"] ?? "0") ?? 0
        if start > 0, behaviour.expiringPages > 0 {
            behaviour.expiringPages -= 1
            return .status(410, "Expired", "The provided continue parameter is too old")
        }
        let end = min(found.count, start + (Int(query["limit"] ?? "") ?? found.count))
        var metadata = ["resourceVersion": "\(requests.count)"]
        if end < found.count { metadata["continue"] = "\(end)" }
        let items = found[min(start, end)..<end].map(\.json)
        return .json(200, ["kind": "List", "apiVersion": "v1", "metadata": metadata, "items": items])
    }

    private mutating func delete(_ name: String, _ request: FakeCluster.Request) -> APIAnswer {
        guard let pod = pods.first(where: { $0.name == name }) else { return missing("pods", name) }
        let options = try? JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any]
        let conditions = options?["preconditions"] as? [String: Any]
        if let uid = conditions?["uid"] as? String, uid != pod.uid {
            return .status(
                409, "Conflict",
                "Operation cannot be fulfilled on pods \"\(name)\": the UID in the precondition (\(uid)) does not match"
            )
        }
        if pod.ending == nil { end(pod.uid) }
        return .json(200, json(pod))
    }

    private mutating func patch(_ name: String, _ request: FakeCluster.Request) -> APIAnswer {
        guard let index = deployments.firstIndex(where: { $0.name == name }) else {
            return missing("deployments", name)
        }
        guard request.headers["content-type"] == "application/strategic-merge-patch+json" else {
            return .status(415, "UnsupportedMediaType", "the body of the request was in an unknown format")
        }
        if behaviour.conflictingPatches > 0 {
            behaviour.conflictingPatches -= 1
            return .status(
                409, "Conflict", "the object has been modified; please apply your changes to the latest version")
        }
        let body = try? JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any]
        let template = (body?["spec"] as? [String: Any])?["template"] as? [String: Any]
        let annotations = (template?["metadata"] as? [String: Any])?["annotations"] as? [String: String]
        guard let annotations else { return .status(400, "BadRequest", "no annotations") }
        let merged = deployments[index].annotations.merging(annotations) { $1 }
        if merged != deployments[index].annotations {
            deployments[index].annotations = merged
            deployments[index].generation += 1
        }
        return .json(200, json(deployments[index]))
    }

    // MARK: - Objects

    private func metadata(_ name: String, _ uid: String, _ labels: [String: String]) -> [String: Any] {
        [
            "name": name, "namespace": behaviour.namespace, "uid": uid, "labels": labels,
            "creationTimestamp": "2026-11-21T02:00:00Z", "resourceVersion": "\(requests.count)",
            "managedFields": [["manager": "kube-controller-manager", "fieldsV1": ["f:metadata": [String: Any]()]]],
        ]
    }

    private func json(_ pod: FakeCluster.FakePod) -> [String: Any] {
        var metadata = metadata(pod.name, pod.uid, pod.labels)
        if let owner = pod.owner {
            metadata["ownerReferences"] = [
                ["apiVersion": "apps/v1", "kind": "ReplicaSet", "name": owner, "uid": "o", "controller": true]
            ]
        }
        if pod.ending != nil { metadata["deletionTimestamp"] = "2026-11-21T02:00:30Z" }
        let state: [String: Any] =
            pod.isCrashing
            ? ["waiting": ["reason": "CrashLoopBackOff", "message": "back-off 10s restarting failed container"]]
            : ["running": ["startedAt": "2026-11-21T02:00:05Z"]]
        let ready: [String: Any] = ["type": "Ready", "status": pod.isReady ? "True" : "False"]
        let status: [String: Any] = [
            "phase": pod.phase, "conditions": [["type": "PodScheduled", "status": "True"], ready],
            "containerStatuses": [
                ["name": "kserve-container", "ready": pod.isReady, "restartCount": 0, "state": state]
            ],
        ]
        return ["metadata": metadata, "spec": ["containers": [["name": "kserve-container"]]], "status": status]
    }

    private func json(_ deployment: FakeCluster.FakeDeployment) -> [String: Any] {
        let live = pods.filter { $0.owner == deployment.name && $0.isLive }
        let new = live.filter { $0.revision == deployment.generation }
        var metadata = metadata(deployment.name, deployment.name, deployment.labels)
        metadata["generation"] = deployment.generation
        var status: [String: Any] = [
            "observedGeneration": deployment.observedGeneration, "replicas": live.count, "updatedReplicas": new.count,
            "availableReplicas": live.count(where: \.isReady),
        ]
        if deployment.isStuck {
            status["observedGeneration"] = deployment.generation
            status["conditions"] = [
                [
                    "type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded",
                    "message": "ReplicaSet \"\(deployment.name)-5\" has timed out progressing.",
                ]
            ]
        }
        return [
            "metadata": metadata, "status": status,
            "spec": [
                "replicas": deployment.replicas, "paused": deployment.isPaused,
                "template": ["metadata": ["annotations": deployment.annotations, "labels": deployment.labels]],
            ],
        ]
    }
}
