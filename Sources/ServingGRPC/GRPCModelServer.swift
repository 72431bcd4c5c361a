package import Access
import Glibc
package import GRPCCore
import GRPCNIOTransportHTTP2Posix
package import Logging
import NIOCore
import NIOPosix
package import Serving
public import ServiceLifecycle
package import Telemetry

/// A gRPC server that answers for models, as a service beside others.
public struct GRPCModelServer: Service {
    /// Why a server could not start.
    public struct StartError: Error, CustomStringConvertible {
        /// What is wrong, for people.
        public let description: String
    }

    private let v2: V2Service
    private let catalog: ModelCatalog
    private let meter: ServerMeter
    private let gate: AccessGate?
    private let identity: TLSIdentity?
    private let observer: RequestObserver?
    private let settings: GRPCSettings
    private let logger: Logger

    /// A server for the models of a catalog.
    ///
    /// - Parameters:
    ///   - meter: counts its calls.
    ///   - gate: who may call; nil lets everybody.
    ///   - identity: what the server proves itself with; nil leaves connections as they are.
    ///   - observer: is told of each call.
    package init(
        v2: V2Service, catalog: ModelCatalog, meter: ServerMeter, gate: AccessGate? = nil,
        identity: TLSIdentity? = nil, observer: RequestObserver? = nil, settings: GRPCSettings, logger: Logger
    ) {
        self.v2 = v2
        self.catalog = catalog
        self.meter = meter
        self.gate = gate
        self.identity = identity
        self.observer = observer
        self.settings = settings
        self.logger = logger
    }

    /// Serves until it is told to stop, then lets the calls in flight finish.
    ///
    /// - Throws: ``StartError`` if it cannot listen.
    public func run() async throws {
        let transport = HTTP2ServerTransport.Posix(
            address: try address(), transportSecurity: try security(), config: configuration)
        let server = GRPCServer(transport: transport, services: services, interceptors: [metering])
        do {
            try await withGracefulShutdownHandler {
                async let announced: Void = announce(transport)
                try await server.serve()
                await announced
            } onGracefulShutdown: {
                server.beginGracefulShutdown()
            }
        } catch let error as RuntimeError {
            guard let cause = error.cause as? IOError else { throw error }
            throw StartError(description: explain(cause))
        }
    }

    /// What the server answers to.
    package var services: [any RegistrableRPCService] {
        [
            InferenceRPCs(v2: v2, catalog: catalog, family: family(InferenceRPCs.name)),
            HealthRPCs(registry: v2.registry, family: family(HealthRPCs.name)),
            ReflectionRPCs(family: family),
        ]
    }

    /// What sees all calls.
    package var metering: any ServerInterceptor { CallMetering(meter: meter, observer: observer) }

    private func family(_ service: String) -> RPCFamily {
        RPCFamily(service: service, limits: limits, gate: gate, observer: observer, logger: logger)
    }

    private func security() throws -> HTTP2ServerTransport.Posix.TransportSecurity {
        guard let identity else { return .plaintext }
        guard let authorities = identity.files.clientAuthorities else { return try .tls(certificateReloader: identity) }
        return try .mTLS(certificateReloader: identity) {
            $0.trustRoots = .certificates([.file(path: authorities, format: .pem)])
        }
    }

    private var limits: MessageLimits {
        MessageLimits(receive: settings.maximumReceiveBytes, send: settings.maximumSendBytes)
    }

    private var configuration: HTTP2ServerTransport.Posix.Config {
        .defaults {
            $0.rpc.maxRequestPayloadSize = limits.transport
            // Messages are held whole before they are looked at.
            $0.http2.maxConcurrentStreams = 128
        }
    }

    private func address() throws -> GRPCNIOTransportHTTP2Posix.SocketAddress {
        let resolved: NIOCore.SocketAddress
        do {
            resolved = try .makeAddressResolvingHost(settings.host, port: settings.port)
        } catch {
            throw StartError(description: "this machine knows no address \(settings.host)")
        }
        let host = resolved.ipAddress ?? settings.host
        return resolved.protocol == .inet6
            ? .ipv6(host: host, port: settings.port) : .ipv4(host: host, port: settings.port)
    }

    private func announce(_ transport: HTTP2ServerTransport.Posix) async {
        // If it does not listen, serving fails, and says why.
        guard let address = try? await transport.listeningAddress else { return }
        let port = address.ipv4?.port ?? address.ipv6?.port ?? settings.port
        logger.info("listening for gRPC", metadata: ["host": "\(settings.host)", "grpc_port": "\(port)"])
    }

    private func explain(_ error: IOError) -> String {
        let place = "port \(settings.port) of \(settings.host)"
        switch error.errnoCode {
        case EADDRINUSE:
            return "\(place) is in use by another program; choose another with --grpc-port, or --enable-grpc false"
        case EACCES: return "\(place) may not be used by this user; choose a port above 1023 with --grpc-port"
        case EADDRNOTAVAIL: return "this machine has no address \(settings.host)"
        default: return "cannot listen on \(place): \(error)"
        }
    }
}
