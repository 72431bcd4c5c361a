package import Access
package import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
import NIOPosix
public import Serving
public import ServiceLifecycle
package import Telemetry
import UnixSignals

/// An HTTP server that answers for models, from its start to its orderly end.
public struct ModelServer: Sendable {
    /// Why a server could not start.
    public struct StartError: Error, CustomStringConvertible {
        /// What is wrong, for people.
        public let description: String
    }

    private let settings: ServerSettings
    private let logger: Logger
    /// The models, for other transports to answer for.
    package let catalog: ModelCatalog
    private let v1: V1Service
    private let suppliers: [any Service]

    /// A server for the models at some places.
    ///
    /// - Parameters:
    ///   - version: the version to report for the models, if it is known.
    ///   - form: which members the answers have.
    ///   - notices: what is known of the models besides their files.
    ///   - suppliers: run beside the server, to bring files to the places, for instance.
    ///   - prefersProbabilities: whether `predictions` are probabilities where a model has them.
    public init(
        sources: [ModelSource],
        notices: ModelNotices = ModelNotices(),
        suppliers: [any Service] = [],
        version: String? = nil,
        form: AnswerForm = .standard,
        prefersProbabilities: Bool = false,
        settings: ServerSettings = ServerSettings(),
        logger: Logger
    ) {
        self.settings = settings
        self.logger = logger
        self.suppliers = suppliers
        let registry = ModelRegistry()
        catalog = ModelCatalog(
            registry: registry,
            poller: ModelPoller(
                sources: sources, registry: registry, notices: notices, version: version,
                interval: settings.pollInterval))
        var v1 = V1Service.Settings()
        v1.form = form
        v1.prefersProbabilities = prefersProbabilities
        v1.threads = settings.threads ?? System.coreCount
        v1.maximumRows = settings.maximumRows
        v1.batching = settings.batching
        self.v1 = V1Service(registry: registry, settings: v1)
    }

    /// What another transport answers with, beside HTTP.
    package struct Parts: Sendable {
        /// The Open Inference Protocol.
        package let v2: V2Service
        /// The models' files.
        package let catalog: ModelCatalog
        /// What counts requests.
        package let meter: ServerMeter
        /// Who may ask; nil lets everybody.
        package let gate: AccessGate?
        /// What the server proves itself with; nil leaves connections as they are.
        package let identity: TLSIdentity?
        /// What is told of each call.
        package let observer: RequestObserver?
        /// Where things are told.
        package let logger: Logger
    }

    /// Serves until the process is told to stop, then lets the requests in flight finish.
    ///
    /// SIGTERM and SIGINT stop the server; a second one ends the process at once.
    /// - Throws: ``StartError`` if it cannot listen.
    public func run() async throws { try await run(watchedBy: nil) { _ in [] } }

    /// The same, with other transports.
    ///
    /// - Parameters:
    ///   - observer: is told of each request.
    ///   - transports: run beside the server, and stop listening when it does.
    package func run(
        watchedBy observer: RequestObserver?, beside transports: (Parts) -> [any Service]
    ) async throws {
        let identity = try settings.tls.map(Self.identity)
        let access = try await access()
        let gate = access.gate
        let files: [(any RenewableFile)?] = [identity, access.keys]
        let renewal = RenewalService(
            files: files.compactMap(\.self), tokens: access.tokens, interval: settings.pollInterval,
            logger: logger)
        let meter = ServerMeter()
        let responder = ServingResponder(
            v1: v1, catalog: catalog, meter: meter, gate: gate, identity: identity, observer: observer,
            settings: settings, logger: logger)
        let parts = Parts(
            v2: V2Service(beside: v1), catalog: catalog, meter: meter, gate: gate, identity: identity,
            observer: observer, logger: logger)
        let services: [any Service] =
            [SecondSignalService(logger: logger)] + (observer?.services ?? []) + suppliers + [
                renewal,
                PollingService(catalog: catalog, interval: settings.pollInterval, logger: logger),
            ] + operations(responder) + [
                listening(Self.application(responder), settings.port, "--http-port")
            ] + transports(parts) + [
                DrainService(registry: catalog.registry, delay: settings.drainDelay, logger: logger)
            ]
        var configuration = ServiceGroupConfiguration(
            services: services,
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Self.quiet(logger)
        )
        configuration.maximumGracefulShutdownDuration = settings.drainTimeout + settings.drainDelay
        try await ServiceGroup(configuration: configuration).run()
    }

    /// The port of health and metrics, which listens as long as the others do.
    private func operations(_ responder: ServingResponder) -> [any Service] {
        guard let port = settings.operationsPort else { return [] }
        let application = Application(
            responder: OperationsResponder(serving: responder),
            configuration: ApplicationConfiguration(address: .hostname(settings.host, port: port)),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? port
                logger.info("listening for operations", metadata: ["operations_port": "\(port)"])
            },
            eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup(numberOfThreads: 1)),
            logger: Self.quiet(logger))
        return [listening(application, port, "--operations-port")]
    }

    private func listening(_ application: some Service, _ port: Int, _ flag: String) -> any Service {
        ListeningService(host: settings.host, port: port, flag: flag, base: application)
    }

    private static func identity(_ files: TLSFiles) throws(StartError) -> TLSIdentity {
        do throws(AccessFailure) { return try TLSIdentity(files) } catch {
            throw StartError(description: error.description)
        }
    }

    /// Who may ask, and what that is read from.
    private func access() async throws(StartError) -> (gate: AccessGate?, keys: KeyFile?, tokens: TokenVerifier?) {
        do throws(AccessFailure) {
            let keys = try settings.keyFile.map { path throws(AccessFailure) in try KeyFile(path: path) }
            let tokens = try settings.tokens.map { tokens throws(AccessFailure) in try TokenVerifier(tokens) }
            // A server of keys may be away for a while; a file that is not right is a mistake.
            if case .file = settings.tokens?.keys { try await tokens?.read() }
            guard keys != nil || tokens != nil else { return (nil, nil, nil) }
            return (AccessGate(keys: keys, tokens: tokens, guardsMetrics: settings.guardsMetrics), keys, tokens)
        } catch {
            throw StartError(description: error.description)
        }
    }

    /// The HTTP part alone.
    package static func application(_ responder: ServingResponder) -> Application<ServingResponder> {
        let (settings, logger) = (responder.settings, responder.logger)
        let threads = settings.threads.map { MultiThreadedEventLoopGroup(numberOfThreads: max(1, $0)) }
        return Application(
            responder: responder,
            server: HTTPServerBuilder { ServingChannel(responder, $0) },
            configuration: ApplicationConfiguration(address: .hostname(settings.host, port: settings.port)),
            onServerRunning: { channel in
                logger.info(
                    "listening",
                    metadata: ["host": "\(settings.host)", "port": "\(channel.localAddress?.port ?? settings.port)"]
                )
            },
            eventLoopGroupProvider: threads.map { .shared($0) } ?? .singleton,
            logger: quiet(logger)
        )
    }

    /// A logger for the libraries below, whose information is not ours to repeat.
    private static func quiet(_ logger: Logger) -> Logger {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        return quiet
    }
}
