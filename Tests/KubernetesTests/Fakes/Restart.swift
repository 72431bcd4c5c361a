import Kubernetes

/// Restarts the predictor of a cluster, by a clock that does not keep a test waiting.
func restart(
    _ cluster: FakeCluster, _ method: RestartMethod, name: String = "anomaly-detector",
    account: ServiceAccount = ServiceAccount(), predictor: FakePredictor? = nil, at time: Int = 1_795_000_000,
    progress: @escaping @Sendable (String) -> Void = { _ in }
) async throws -> RestartResult {
    let client = try KubernetesClient(account.access(), transport: cluster)
    let endpoint = predictor.map {
        PredictorEndpoint(url: "http://predictor.models.svc:8080/", model: name, transport: $0)
    }
    return try await Predictor(
        name, client: client, endpoint: endpoint, clock: SteppingClock(), progress: progress
    ).restart(method, at: time)
}

/// The error that a restart ends with; nil if it succeeds.
func failure(
    of cluster: FakeCluster, _ method: RestartMethod, name: String = "anomaly-detector",
    predictor: FakePredictor? = nil
) async throws -> KubernetesError? {
    do {
        _ = try await restart(cluster, method, name: name, predictor: predictor)
        return nil
    } catch let error as KubernetesError {
        return error
    }
}
