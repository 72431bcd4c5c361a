package import Hummingbird
import HummingbirdCore
public import Logging
import Glibc
import NIOCore
import NIOPosix
public import Serving
public import ServiceLifecycle
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
        v1.batching = settings.batching
        self.v1 = V1Service(registry: registry, settings: v1)
    }

    /// The Open Inference Protocol, for other transports to answer with.
    package var v2: V2Service { V2Service(beside: v1) }

    /// Serves until the process is told to stop, then lets the requests in flight finish.
    ///
    /// SIGTERM and SIGINT stop the server; a second one ends the process at once.
    /// - Parameter transports: run beside the server, and stop listening when it does.
    /// - Throws: ``StartError`` if it cannot listen.
    public func run(beside transports: [any Service] = []) async throws {
        let identity = try settings.tls.map(Self.identity)
        let gate = try settings.keyFile.map(gate)
        let renewal = RenewalService(identity: identity, gate: gate, interval: settings.pollInterval, logger: logger)
        let services: [any Service] =
            [SecondSignalService(logger: logger)] + suppliers + [
                renewal,
                PollingService(catalog: catalog, interval: settings.pollInterval, logger: logger),
                Self.application(
                    v1: v1, catalog: catalog, identity: identity, gate: gate, settings: settings, logger: logger),
            ] + transports + [
                DrainService(registry: catalog.registry, delay: settings.drainDelay, logger: logger)
            ]
        var configuration = ServiceGroupConfiguration(
            services: services,
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Self.quiet(logger)
        )
        configuration.maximumGracefulShutdownDuration = settings.drainTimeout + settings.drainDelay
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch let error as IOError {
            throw StartError(description: explain(error))
        }
    }

    private static func identity(_ files: TLSFiles) throws(StartError) -> TLSIdentity {
        do throws(TLSIdentity.Failure) { return try TLSIdentity(files) } catch {
            throw StartError(description: error.description)
        }
    }

    private func gate(_ path: String) throws(StartError) -> AccessGate {
        do throws(KeyRing.Failure) {
            return try AccessGate(path: path, guardsMetrics: settings.guardsMetrics)
        } catch {
            throw StartError(description: error.description)
        }
    }

    private func explain(_ error: IOError) -> String {
        let place = "port \(settings.port) of \(settings.host)"
        switch error.errnoCode {
        case EADDRINUSE: return "\(place) is in use by another program; choose another with --http-port"
        case EACCES: return "\(place) may not be used by this user; choose a port above 1023 with --http-port"
        case EADDRNOTAVAIL: return "this machine has no address \(settings.host)"
        default: return "cannot listen on \(place): \(error)"
        }
    }

    /// The HTTP part alone.
    package static func application(
        v1: V1Service,
        catalog: ModelCatalog,
        identity: TLSIdentity? = nil,
        gate: AccessGate? = nil,
        settings: ServerSettings,
        logger: Logger
    ) -> Application<ServingResponder> {
        let responder = ServingResponder(
            v1: v1, catalog: catalog, meter: ServerMeter(), gate: gate, settings: settings, logger: logger)
        let threads = settings.threads.map { MultiThreadedEventLoopGroup(numberOfThreads: max(1, $0)) }
        return Application(
            responder: responder,
            server: HTTPServerBuilder { ServingChannel(responder, identity, $0) },
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
