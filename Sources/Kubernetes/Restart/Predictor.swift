import FoundationEssentials
import Outbound

/// The predictor of a KServe InferenceService that reads its model only when it starts, and so has to be restarted once
/// there is a new one.
package struct Predictor<C: Clock<Duration>>: Sendable {
    /// The label of everything that belongs to an InferenceService.
    static var label: String { "serving.kserve.io/inferenceservice" }
    /// The label that tells a predictor from a transformer and an explainer.
    private static var componentLabel: String { "component" }

    let name: String
    let client: KubernetesClient
    let settings: RestartSettings
    let clock: C
    let progress: @Sendable (String) -> Void
    private let endpoint: PredictorEndpoint?

    /// The predictor of an InferenceService.
    ///
    /// - Parameters:
    ///   - endpoint: how to find out that the predictor answers; nil to be content with pods that are Ready.
    ///   - progress: is told of each step in a sentence.
    /// - Throws: ``KubernetesError/Code/invalid`` if no InferenceService can have that name.
    package init(
        _ name: String, client: KubernetesClient, endpoint: PredictorEndpoint? = nil,
        settings: RestartSettings = RestartSettings(), clock: C = ContinuousClock(),
        progress: @escaping @Sendable (String) -> Void = { _ in }
    ) throws(KubernetesError) {
        guard ObjectName.isLabel(name) else {
            throw KubernetesError(.invalid, "\(name.debugDescription) cannot be the name of an InferenceService")
        }
        self.name = name
        self.client = client
        self.endpoint = endpoint
        self.settings = settings
        self.clock = clock
        self.progress = progress
    }

    /// Replaces the predictor's pods, and waits until the new ones are Ready and the predictor answers.
    ///
    /// - Parameter time: now, in seconds since 1970; ``RestartMethod/rolloutDeployment`` writes it down.
    /// - Throws: ``KubernetesError`` that says what is missing, and how far the restart came.
    package func restart(_ method: RestartMethod, at time: Int) async throws(KubernetesError) -> RestartResult {
        let result =
            switch method {
            case .deletePods: try await deletePods()
            case .rolloutDeployment: try await rollOutDeployments(at: time)
            }
        if !result.isScaledToZero { try await waitForAnswer() }
        return result
    }

    /// Whether an object with the label belongs to the predictor.
    func isPredictor(_ object: some APIObject) -> Bool {
        let component = object.metadata.labels?[Self.componentLabel]
        return component == nil || component == "predictor"
    }

    /// Waits until the predictor says that its model is ready.
    private func waitForAnswer() async throws(KubernetesError) {
        guard let endpoint else { return }
        let request: OutboundRequest
        do throws(OutboundError) {
            request = try OutboundRequest(.get, endpoint.url)
        } catch {
            throw KubernetesError(error)
        }
        progress("waiting for the answer to \(request)")
        try await wait(upTo: settings.answerTimeout) { () async throws(KubernetesError) in
            do throws(OutboundError) {
                let answer = try await endpoint.transport.answer(to: request)
                guard answer.status == 200 else { return "\(request): the predictor answers \(answer.status)" }
                return PredictorEndpoint.isReady(answer) ? nil : "\(request): its model is not ready"
            } catch {
                guard error.code != .cancelled else { throw KubernetesError(error) }
                return error.message
            }
        }
    }

    /// Looks again and again until nothing is missing.
    ///
    /// - Parameter missing: what is still missing, in a sentence; nil if nothing is. That the API server is away for a
    ///   while is no reason to give up.
    func wait(
        upTo timeout: Duration, missing: () async throws(KubernetesError) -> String?
    ) async throws(KubernetesError) {
        let end = clock.now.advanced(by: timeout)
        while true {
            var obstacle: String
            do throws(KubernetesError) {
                guard let sentence = try await missing() else { return }
                obstacle = sentence
            } catch {
                guard error.code == .unreachable else { throw error }
                obstacle = error.message
            }
            guard clock.now < end else {
                throw KubernetesError(.timedOut, "not done after \(timeout.components.seconds) s: \(obstacle)")
            }
            do {
                try await clock.sleep(for: settings.pollInterval)
            } catch {
                throw KubernetesError(.cancelled, "cancelled while waiting: \(obstacle)")
            }
        }
    }
}
