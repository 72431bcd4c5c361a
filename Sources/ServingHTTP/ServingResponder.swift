package import Access
import HTTPTypes
package import Hummingbird
package import Logging
import NIOCore
package import Serving
package import Telemetry

/// What a request brings along besides itself: nothing the data plane needs.
package struct ServingContext: InitializableFromSource {
    package init(source: ApplicationRequestContextSource) {}
}

/// Answers HTTP requests with the data plane.
///
/// The targets are few and fixed, so a switch finds them; each request is answered on the thread that read it.
package struct ServingResponder: HTTPResponder {
    let v1: V1Service
    let v2: V2Service
    /// The predictions that were passed on by those who read them, until they are answered.
    let arrivals: Admission
    /// All requests with bodies that are being read or answered.
    let admission: Admission
    let gate: AccessGate?
    let identity: TLSIdentity?
    let observer: RequestObserver?
    let catalog: ModelCatalog
    let meter: ServerMeter
    let settings: ServerSettings
    let logger: Logger

    package init(
        v1: V1Service, catalog: ModelCatalog, meter: ServerMeter, gate: AccessGate? = nil,
        identity: TLSIdentity? = nil, observer: RequestObserver? = nil, settings: ServerSettings, logger: Logger
    ) {
        self.v1 = v1
        v2 = V2Service(beside: v1)
        arrivals = Admission(maximumRequests: settings.maximumRequestsPerModel)
        admission = Admission(
            maximumBytes: settings.maximumBytesInFlight, maximumRequests: settings.maximumRequestsPerModel)
        self.gate = gate
        self.identity = identity
        self.observer = observer
        self.catalog = catalog
        self.meter = meter
        self.settings = settings
        self.logger = logger
    }

    /// Answers one request, whatever happens, and counts it.
    package func respond(to request: Request, context: ServingContext) async -> Response {
        meter.begin()
        let target = RequestTarget(request.head.path ?? "/")
        var trail = RequestTrail()
        var response = await respond(to: request, target, &trail)
        if let id = request.headers[.requestID] { response.headers[.requestID] = id }
        meter.end(target?.route ?? .other, status: response.status.code)
        if let observer {
            trail.tell(
                observer, method: request.method.rawValue, path: request.head.path ?? "", target, request.headers,
                status: response.status.code, byteCount: response.body.contentLength ?? 0)
        }
        return response
    }

    private func respond(to request: Request, _ target: RequestTarget?, _ trail: inout RequestTrail) async -> Response {
        guard let target else { return .detail(.notFound, "Not Found") }
        switch (request.method, target.isPost) {
        case (.post, true), (.get, false): break
        case (.head, false): return await answer(request, target, &trail).headOnly()
        default:
            var response = Response.detail(.methodNotAllowed, "Method Not Allowed")
            response.headers[.allow] = target.isPost ? "POST" : "GET, HEAD"
            return response
        }
        return await answer(request, target, &trail)
    }

    private func answer(
        _ request: Request, _ target: RequestTarget, _ trail: inout RequestTrail
    ) async -> Response {
        let response: Response
        do throws(ServingError) {
            trail.client = try gate?.check(target.need) { request.headers.value(of: $0) }
            trail.isLetIn = true
            response = try await content(request, target, &trail)
        } catch {
            response = refusal(error, of: request, &trail)
        }
        if target.isAdministrative { audit(request, trail.client, response.status.code) }
        return response
    }

    private func refusal(_ error: ServingError, of request: Request, _ trail: inout RequestTrail) -> Response {
        let status = refuse(error, path: request.head.path ?? "", id: request.headers[.requestID])
        let content = AnswerContent(refusing: error)
        trail.answer = content
        return Response(content, status: HTTPResponse.Status(code: status))
    }

    /// A line for each attempt to change what is served.
    private func audit(_ request: Request, _ client: String?, _ status: Int) {
        logger.notice(
            "administration",
            metadata: [
                "path": "\(request.head.path?.logged ?? "")", "client": "\(client ?? "unknown")", "status": "\(status)",
                "request_id": "\(request.headers[.requestID]?.logged ?? "N.A.")",
            ])
    }

    private func content(
        _ request: Request, _ target: RequestTarget, _ trail: inout RequestTrail
    ) async throws(ServingError) -> Response {
        switch target {
        case .root: return .json("{\"status\":\"alive\"}")
        case .liveness: return liveness()
        case .readiness: return readiness()
        case .metrics: return metrics()
        case .openAPI:
            let document = AnswerContent(OpenAPIDocument.bytes)
            return Response(document.compressed(for: request.headers, from: settings.minimumCompressedBytes))
        case .models: return models()
        case .model(let name): return try model(name)
        case .predict(let name): return try await predict(name, request, &trail)
        case .explain(let name): try v1.explain(name)
        case .serverMetadata: return .json(ServerMetadata.encoded())
        case .serverLive: return .json("{\"live\":true}")
        case .serverReady: return serverReady()
        case .inferenceModels: return models()
        case .modelMetadata(let name, let version): return .json(try v2.metadata(name, version: version).encoded())
        case .modelReady(let name, let version): return try modelReady(name, version)
        case .infer(let name, let version): return try await infer(name, version, request, &trail)
        case .repositoryIndex: return try await repositoryIndex(request, &trail)
        case .load(let name): return try await load(name, request, &trail)
        case .unload(let name): return try await unload(name, request, &trail)
        }
    }

    /// The status of the answer to a request that failed, which is logged.
    func refuse(_ error: ServingError, path: String, id: String?) -> Int {
        let status = error.status(strictlyKServe: settings.strictlyKServeStatus)
        logger.log(
            level: error.logLevel(status: status),
            "\(error.message)",
            metadata: [
                "request_id": "\(id?.logged ?? "N.A.")", "path": "\(path.logged)", "status": "\(status)",
            ]
        )
        return status
    }
}

extension HTTPField.Name {
    /// `x-request-id`; see ``RequestFields/requestID``.
    static let requestID: HTTPField.Name = {
        guard let name = HTTPField.Name("x-request-id") else { preconditionFailure("a valid field name") }
        return name
    }()
}
