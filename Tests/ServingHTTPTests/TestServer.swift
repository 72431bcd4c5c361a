import Access
import Hummingbird
import HummingbirdTesting
import Logging
import Serving
import TestSupport

@testable import ServingHTTP

/// The HTTP part of a server, over a registry that a test fills.
struct TestServer {
    let registry = ModelRegistry()
    var settings = ServerSettings()
    var form = AnswerForm.standard
    /// Who may ask; nil is everybody.
    var gate: AccessGate?
    /// Where models may be loaded from on request.
    var sources: [ModelSource] = []

    init() {
        settings.host = "127.0.0.1"
        settings.port = 0
    }

    /// A server with one model, `m`, of two features.
    static func withModel() -> TestServer {
        let server = TestServer()
        server.registry.set(LoadedModel(name: "m", plan: StubModel().plan()))
        return server
    }

    /// Runs a test against the responder alone or through a socket.
    func test(
        _ depth: TestingSetup, _ body: @Sendable @escaping (any TestClientProtocol) async throws -> Void
    ) async throws {
        var v1 = V1Service.Settings()
        v1.form = form
        v1.maximumRows = settings.maximumRows
        v1.batching = settings.batching
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let catalog = ModelCatalog(
            registry: registry, poller: ModelPoller(sources: sources, registry: registry, interval: .seconds(1)))
        let responder = ServingResponder(
            v1: V1Service(registry: registry, settings: v1), catalog: catalog, meter: ServerMeter(), gate: gate,
            settings: settings, logger: logger)
        let application = ModelServer.application(responder)
        try await application.test(depth, body)
    }
}

/// How deep a test goes: the responder alone, or a socket and a server before it.
enum Depth: CaseIterable {
    case router, live

    var setup: TestingSetup { self == .router ? .router : .live }
}
