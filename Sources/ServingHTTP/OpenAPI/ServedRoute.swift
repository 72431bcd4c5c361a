/// Every route that is served: the one description from which `/openapi.json` is written.
///
/// ``RequestTarget/served`` has one for each target, so a route cannot be served without being described.
enum ServedRoute: CaseIterable {
    case root, liveness, readiness, metrics, openAPI
    case models, model, predict, explain
    case serverMetadata, serverLive, serverReady, inferenceModels
    case modelMetadata, versionMetadata, modelReady, versionReady, modelInfer, versionInfer
    case repositoryIndex, repositoryLoad, repositoryUnload

    /// Its paths, parameters in braces (RFC 6570); several where one answer has several names.
    var paths: [String] {
        let model = "/v2/models/{model_name}"
        let version = "\(model)/versions/{model_version}"
        switch self {
        case .root: return ["/"]
        case .liveness: return ["/health", "/health/live"]
        case .readiness: return ["/ready", "/health/ready"]
        case .metrics: return ["/metrics"]
        case .openAPI: return ["/openapi.json"]
        case .models: return ["/v1/models"]
        case .model: return ["/v1/models/{model_name}"]
        case .predict: return ["/v1/models/{model_name}:predict"]
        case .explain: return ["/v1/models/{model_name}:explain"]
        case .serverMetadata: return ["/v2"]
        case .serverLive: return ["/v2/health/live"]
        case .serverReady: return ["/v2/health/ready"]
        case .inferenceModels: return ["/v2/models"]
        case .modelMetadata: return [model]
        case .versionMetadata: return [version]
        case .modelReady: return ["\(model)/ready"]
        case .versionReady: return ["\(version)/ready"]
        case .modelInfer: return ["\(model)/infer"]
        case .versionInfer: return ["\(version)/infer"]
        case .repositoryIndex: return ["/v2/repository/index"]
        case .repositoryLoad: return ["/v2/repository/models/{model_name}/load"]
        case .repositoryUnload: return ["/v2/repository/models/{model_name}/unload"]
        }
    }

    /// Whether it is asked with `POST`; else with `GET` or `HEAD`.
    var isPost: Bool {
        switch self {
        case .predict, .explain, .modelInfer, .versionInfer, .repositoryIndex, .repositoryLoad, .repositoryUnload: true
        default: false
        }
    }

    /// What it does, in a line.
    var summary: String {
        switch self {
        case .root, .liveness: "Whether the process answers, whatever its models do"
        case .readiness: "Whether every model answers, and if not, why"
        case .metrics: "Metrics in Prometheus' text format"
        case .openAPI: "This description"
        case .models, .inferenceModels: "The names of all models, ready or not"
        case .model: "Whether a model answers, in which versions, and what is wrong"
        case .predict: "Predictions for rows (KServe's V1 protocol)"
        case .explain: "Explanations, which no model has (KServe's V1 protocol)"
        case .serverMetadata: "Name, version and extensions of the server"
        case .serverLive: "Whether the process answers"
        case .serverReady: "Whether every model answers"
        case .modelMetadata, .versionMetadata: "The tensors a model takes and gives"
        case .modelReady, .versionReady: "Whether a model answers"
        case .modelInfer, .versionInfer: "Outputs for tensors (Open Inference Protocol)"
        case .repositoryIndex: "All models and their states"
        case .repositoryLoad: "Reads a model's files now"
        case .repositoryUnload: "Makes a model answer no more until it is loaded"
        }
    }

    /// The schema of the body it takes; nil if it takes none.
    var requestSchema: String? {
        switch self {
        case .predict, .explain: "V1Request"
        case .modelInfer, .versionInfer: "InferenceRequest"
        case .repositoryIndex: "RepositoryIndexRequest"
        case .repositoryLoad, .repositoryUnload: "RepositoryRequest"
        default: nil
        }
    }

    /// The schema of its answer; nil if that is text.
    var responseSchema: String? {
        switch self {
        case .metrics: nil
        case .root, .liveness, .readiness: "Status"
        case .openAPI, .explain: "Object"
        case .models, .inferenceModels: "ModelNames"
        case .model, .modelReady, .versionReady: "ModelReady"
        case .predict: "V1Answer"
        case .serverMetadata: "ServerMetadata"
        case .serverLive: "ServerLive"
        case .serverReady: "ServerReady"
        case .modelMetadata, .versionMetadata: "ModelMetadata"
        case .modelInfer, .versionInfer: "InferenceResponse"
        case .repositoryIndex: "RepositoryIndex"
        case .repositoryLoad, .repositoryUnload: "RepositoryAnswer"
        }
    }

    /// The statuses of its refusals, and what they mean.
    var refusals: [(status: Int, description: String)] {
        switch self {
        case .readiness, .serverReady: [(503, "Not ready")]
        case .model, .modelReady, .versionReady, .modelMetadata, .versionMetadata:
            [(404, "There is no such model or version"), (503, "The model is not ready")]
        case .predict, .modelInfer, .versionInfer, .repositoryLoad, .repositoryUnload:
            [
                (400, "The request is none, or not for this model"), (404, "There is no such model or version"),
                (413, "The body is too long"), (415, "The body is in an unknown coding"),
                (503, "The model is not ready"),
            ]
        case .repositoryIndex:
            [
                (400, "The request is none"), (413, "The body is too long"), (415, "The body is in an unknown coding"),
            ]
        case .explain:
            [
                (404, "There is no such model"), (501, "The model has no explainer"), (503, "The model is not ready"),
            ]
        default: []
        }
    }
}
