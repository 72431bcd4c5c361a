import ArgumentParser
import FoundationEssentials
import Kubernetes
import ModelStore
import Outbound

/// What happens after a promotion.
struct TrainTriggerOptions: ParsableArguments {
    /// The ways to make servers read a promoted version.
    enum Trigger: String, CaseIterable, ExpressibleByArgument {
        case none
        case deletePods = "delete-pods"
        case rollout

        fileprivate var method: RestartMethod? {
            switch self {
            case .none: nil
            case .deletePods: .deletePods
            case .rollout: .rolloutDeployment
            }
        }
    }

    @Option(
        help: """
            What happens after a promotion: none, as servers of Apus see it by themselves; or delete-pods or rollout, \
            which restart a KServe predictor through the API of the cluster that this runs in, and wait until it \
            answers.
            """)
    var trigger = Trigger.none

    @Option(help: "The InferenceService to restart. (default: what the model is called)")
    var inferenceService: String?

    @Option(help: "The namespace of the InferenceService. (default: this pod's)")
    var namespace: String?

    @Option(
        name: .customLong("predictor-url"),
        help: """
            Where the predictor answers. (default: http://NAME-predictor.NAMESPACE.svc; of a headless service, \
            add :8080)
            """)
    var predictorURL: String?

    func validate() throws {
        guard trigger == .none, inferenceService ?? namespace ?? predictorURL != nil else { return }
        throw ValidationError("--inference-service, --namespace and --predictor-url need --trigger")
    }

    /// Whether one InferenceService is named, which can be that of one model only.
    var namesService: Bool { inferenceService != nil || predictorURL != nil }

    /// What restarts a model's predictor; nil if nothing is to.
    ///
    /// - Parameter observe: is told of each step.
    /// - Throws: ``KubernetesError`` if this is no pod of a cluster, or a name can be none.
    func trigger(
        for model: ModelName, observe: @escaping @Sendable (String) -> Void
    ) throws -> PredictorRestart? {
        guard let method = trigger.method else { return nil }
        let access = try ClusterAccess(environment: ProcessInfo.processInfo.environment)
        let client = try KubernetesClient(
            access, namespace: namespace, transport: OutboundClient(access.outboundSettings))
        let service = inferenceService ?? model.text
        let endpoint = PredictorEndpoint(
            url: predictorURL ?? "http://\(service)-predictor.\(client.namespace).svc", model: model.text,
            transport: try OutboundClient())
        return PredictorRestart(
            predictor: try Predictor(service, client: client, endpoint: endpoint, progress: observe), method: method)
    }
}
