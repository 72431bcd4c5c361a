import Kubernetes
import Testing

@Suite("What the API server refuses")
struct RefusalTests {
    @Test(
        "A verb that is missing is named with the rule that the Role needs",
        arguments: [
            (RestartMethod.deletePods, "list pods", #"{apiGroups: [""], resources: ["pods"], verbs: ["list"]}"#),
            (.deletePods, "delete pods", #"{apiGroups: [""], resources: ["pods"], verbs: ["delete"]}"#),
            (
                .rolloutDeployment, "list deployments",
                #"{apiGroups: ["apps"], resources: ["deployments"], verbs: ["list"]}"#
            ),
            (
                .rolloutDeployment, "patch deployments",
                #"{apiGroups: ["apps"], resources: ["deployments"], verbs: ["patch"]}"#
            ),
            (
                .rolloutDeployment, "get deployments",
                #"{apiGroups: ["apps"], resources: ["deployments"], verbs: ["get"]}"#
            ),
        ])
    func forbidden(method: RestartMethod, verb: String, rule: String) async throws {
        let error = try await failure(of: FakeCluster { $0.forbidden = [verb] }, method)
        #expect(error?.code == .forbidden)
        #expect(error?.message.contains("its Role needs the rule \(rule)") == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("cannot \(verb.split(separator: " ")[0]) resource") == true)
    }

    @Test("A token that is not accepted is told")
    func unauthorized() async throws {
        let error = try await failure(of: FakeCluster { $0.tokens = [] }, .deletePods)
        #expect(error?.code == .unauthorized)
    }

    @Test("A new token is read when the old one is replaced")
    func rotation() async throws {
        let account = ServiceAccount()
        let cluster = FakeCluster { behaviour in
            behaviour.incidents[3] = { state in
                state.behaviour.tokens.insert("token-2")
                account.write(token: "token-2")
            }
            behaviour.incidents[4] = { state in state.behaviour.tokens.remove("token-1") }
        }
        #expect(try await restart(cluster, .deletePods, account: account).restarted.count == 3)
        #expect(cluster.requests.last?.headers["authorization"] == "Bearer token-2")
    }

    @Test("Long lists are read page by page, and begun anew if their rest has expired", arguments: [0, 1, 2])
    func pages(expired: Int) async throws {
        let cluster = FakeCluster(replicas: 600) { $0.expiringPages = expired }
        cluster.change { state in
            for index in 1..<state.pods.count { state.pods[index].owner = nil }
        }
        #expect(try await failure(of: cluster, .deletePods)?.code == .refused)
        #expect(cluster.requests.count == 3 + 2 * expired)
    }

    @Test("A list whose rest expires each time is given up")
    func expiring() async throws {
        let error = try await failure(of: FakeCluster(replicas: 600) { $0.expiringPages = 9 }, .deletePods)
        #expect(error?.code == .gone)
    }

    @Test("An API server that is away while pods start is waited for", arguments: RestartMethod.allCases)
    func awayMeanwhile(method: RestartMethod) async throws {
        let cluster = FakeCluster { behaviour in
            behaviour.unavailable = [2, 3]
            behaviour.unreachable = [4]
            behaviour.startMoments = 20
        }
        #expect(try await restart(cluster, method).restarted.count == (method == .deletePods ? 3 : 1))
    }

    @Test("An API server that is away at the start is told", arguments: RestartMethod.allCases)
    func away(method: RestartMethod) async throws {
        #expect(try await failure(of: FakeCluster { $0.unreachable = [0] }, method)?.code == .unreachable)
        #expect(try await failure(of: FakeCluster { $0.unavailable = [0] }, method)?.code == .unreachable)
    }

    @Test(
        "Answers that are not the API's are told, and cannot harm a terminal",
        arguments: [
            (200, "<html>proxy</html>", KubernetesError.Code.malformed), (200, #"{"items":[{}]}"#, .malformed),
            (200, "", .malformed), (302, "", .refused), (418, "{", .refused),
            (422, #"{"message":"\u001b[31mred\u202e"}"#, .refused), (500, #"{"reason":"InternalError"}"#, .unreachable),
        ])
    func strangeAnswers(status: Int, body: String, code: KubernetesError.Code) async throws {
        let cluster = FakeCluster { $0.reply = APIAnswer(status: status, body: Array(body.utf8)) }
        let error = try await failure(of: cluster, .deletePods)
        #expect(error?.code == code)
        #expect(error?.message.unicodeScalars.contains { $0.value < 32 || $0.value == 0x202E } == false)
    }

    @Test("A restart that is cancelled ends")
    func cancelled() async throws {
        let cluster = FakeCluster { $0.isCrashing = true }
        let task = Task { try await failure(of: cluster, .deletePods) }
        task.cancel()
        #expect(try await task.value?.code == .cancelled)
    }
}
