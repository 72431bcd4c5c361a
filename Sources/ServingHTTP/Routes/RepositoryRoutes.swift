import Hummingbird
import Logging
import NIOPosix
import Serving

/// The model repository extension of the Open Inference Protocol, as Triton and MLServer have it; KServe's agent calls
/// it when it has put a model in place or taken one away.
extension ServingResponder {
    /// The longest body of a request to the repository, in bytes: they hold a flag or nothing.
    private static let maximumBodyBytes = 64 << 10

    /// `POST /v2/repository/index`: all models and their states; with `{"ready": true}` those that answer.
    func repositoryIndex(_ request: Request, _ trail: inout RequestTrail) async throws(ServingError) -> Response {
        try await admitted(request, to: nil, limit: Self.maximumBodyBytes, &trail) { body throws(ServingError) in
            let readyOnly = try RepositoryIndexRequest(body.readableBytesUInt8Span).readyOnly
            return .json(RepositoryIndex(v1.registry.models, readyOnly: readyOnly).encoded())
        }
    }

    /// `POST /v2/repository/models/{name}/load`: reads the model's files now. The body is not needed.
    func load(_ name: String, _ request: Request, _ trail: inout RequestTrail) async throws(ServingError) -> Response {
        try await admitted(request, to: nil, limit: Self.maximumBodyBytes, &trail) { _ in }
        let catalog = catalog
        let events = try await offLoop { () throws(ServingError) in try catalog.load(name) }
        for event in events { event.log(to: logger) }
        return repositoryAnswer(name, "load")
    }

    /// `POST /v2/repository/models/{name}/unload`: the model answers no more until it is loaded.
    func unload(_ name: String, _ request: Request, _ trail: inout RequestTrail) async throws(ServingError) -> Response
    {
        try await admitted(request, to: nil, limit: Self.maximumBodyBytes, &trail) { _ in }
        let catalog = catalog
        try await offLoop { () throws(ServingError) in try catalog.unload(name) }
        logger.info("model unloaded", metadata: ["model": "\(name)"])
        return repositoryAnswer(name, "unload")
    }

    /// KServe's answer: `{"name":"m","load":true}`.
    private func repositoryAnswer(_ name: String, _ verb: String) -> Response {
        var writer = JSONWriter()
        writer.raw("{\"name\":")
        writer.string(name)
        writer.raw(",")
        writer.key(verb)
        writer.raw("true}")
        return .json(writer.bytes)
    }

    /// Does what takes long on a thread that answers no requests.
    private func offLoop<Value: Sendable>(
        _ work: @escaping @Sendable () throws(ServingError) -> Value
    ) async throws(ServingError) -> Value {
        let result = try? await NIOThreadPool.singleton.runIfActive {
            Result { () throws(ServingError) in try work() }
        }
        guard let result else { throw ServingError(.internalError, "the server is shutting down") }
        return try result.get()
    }
}
