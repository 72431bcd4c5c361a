import Access

extension RequestTarget {
    /// What a request for it needs.
    var need: AccessNeed {
        switch self {
        case .root, .liveness, .readiness, .serverLive, .serverReady, .modelReady: .nothing
        case .metrics: .metrics
        case .openAPI, .models, .model, .serverMetadata, .inferenceModels, .modelMetadata, .repositoryIndex: .read
        case .predict(let name), .explain(let name), .infer(let name, _): .predict(model: name)
        case .load, .unload: .admin
        }
    }
}
