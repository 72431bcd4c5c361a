import FoundationEssentials

extension Predictor {
    /// How often a change is made again because the Deployment was changed at the same moment.
    private static var maximumPatches: Int { 5 }

    /// Annotates the pod templates of the predictor's Deployments, and waits until their pods are replaced.
    func rollOutDeployments(at time: Int) async throws(KubernetesError) -> RestartResult {
        let old = try await client.list(Deployment.self, label: Self.label, value: name).filter(isPredictor)
        guard !old.isEmpty else {
            throw KubernetesError(
                .notFound, "no Deployment of the namespace \(client.namespace) has the label \(Self.label)=\(name)")
        }
        if let paused = old.first(where: { $0.spec.paused == true }) {
            throw KubernetesError(
                .refused, "the Deployment \(paused.metadata.name) is paused: resume it (kubectl rollout resume) first")
        }
        let stamp = Date(timeIntervalSince1970: Double(time)).formatted(.iso8601)
        guard old.allSatisfy({ $0.restartedAt != stamp }) else {
            throw KubernetesError(.conflict, "the predictor was restarted within this second: wait for the next one")
        }
        let patch = RestartPatch(restartedAt: stamp)
        for deployment in old {
            progress("rolling out the Deployment \(deployment.metadata.name)")
            try await self.patch(deployment, patch)
        }
        for deployment in old { try await waitForRollout(of: deployment) }
        return RestartResult(
            restarted: old.map(\.metadata.name), isScaledToZero: old.allSatisfy { $0.replicas == 0 })
    }

    private func patch(_ deployment: Deployment, _ patch: RestartPatch) async throws(KubernetesError) {
        for _ in 1..<Self.maximumPatches {
            do throws(KubernetesError) {
                _ = try await client.patch(deployment, patch)
                return
            } catch {
                guard error.code == .conflict else { throw error }
            }
        }
        _ = try await client.patch(deployment, patch)
    }

    private func waitForRollout(of old: Deployment) async throws(KubernetesError) {
        try await wait(upTo: settings.readyTimeout) { () async throws(KubernetesError) in
            let deployment = try await client.get(Deployment.self, old.metadata.name)
            guard deployment.restartedAt != old.restartedAt else {
                throw KubernetesError(
                    .conflict,
                    """
                    the Deployment \(old.metadata.name) was set back by the controller that owns it, so that its pods \
                    stay: restart the predictor by deleting its pods instead
                    """)
            }
            switch deployment.rollout {
            case .complete: return nil
            case .waiting(let sentence): return sentence
            case .failed(let sentence): throw KubernetesError(.rolloutFailed, sentence)
            }
        }
    }
}
