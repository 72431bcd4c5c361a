extension Predictor {
    /// Deletes the predictor's pods one after the other.
    func deletePods() async throws(KubernetesError) -> RestartResult {
        let old = try await pods().filter(\.isLive)
        guard !old.isEmpty else {
            throw KubernetesError(
                .notFound,
                """
                no pod of the namespace \(client.namespace) has the label \(Self.label)=\(name): there is no such \
                InferenceService, or it is scaled to zero and reads the new model when it is next started
                """)
        }
        if let orphan = old.first(where: { !$0.hasController }) {
            throw KubernetesError(
                .refused,
                "the pod \(orphan.metadata.name) has no controller: once deleted, nothing would start it again")
        }
        var result = RestartResult()
        // Those that answer nothing yet can go first.
        for pod in old.filter({ !$0.isReady }) + old.filter(\.isReady) {
            progress("deleting the pod \(pod.metadata.name)")
            do throws(KubernetesError) {
                _ = try await client.delete(pod)
                result.restarted.append(pod.metadata.name)
                try await waitForReplacements(of: old, count: result.restarted.count)
            } catch {
                let rest = old.count - result.restarted.count
                guard rest > 0, !result.restarted.isEmpty else { throw error }
                throw KubernetesError(
                    error.code, "\(error.message); \(rest) of \(old.count) pods were left with the model they have")
            }
        }
        return result
    }

    private func waitForReplacements(of old: [Pod], count: Int) async throws(KubernetesError) {
        let known = Set(old.map(\.metadata.uid))
        try await wait(upTo: settings.readyTimeout) { () async throws(KubernetesError) in
            let new = try await pods().filter { $0.isLive && !known.contains($0.metadata.uid) }
            let ready = new.count(where: \.isReady)
            if ready >= count { return nil }
            let obstacle = new.first { !$0.isReady }?.obstacle ?? "no other pod has been started"
            return "\(ready) of \(count) new pods are Ready; \(obstacle)"
        }
    }

    private func pods() async throws(KubernetesError) -> [Pod] {
        try await client.list(Pod.self, label: Self.label, value: name).filter(isPredictor)
    }
}
