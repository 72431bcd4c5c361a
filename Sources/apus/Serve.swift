import Access
import ArgumentParser
import Logging
import RemoteModels
import Serving
import ServingGRPC
import ServingHTTP

/// `apus serve`: flags and environment into a running server.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Answer prediction requests for models over HTTP and gRPC.",
        usage: """
            apus serve [NAME=]PATH|URI ... [options]
            apus serve --model-dir DIR|URI [--model-name NAME] [options]
            """,
        discussion: """
            PATH is a model.pkl that scikit-learn wrote (by pickle or joblib), a folder that holds one, or a folder of \
            such folders, one for each model. The model is called after its folder or file; NAME=PATH calls it NAME. A \
            file that is not there yet is waited for, and one that changes is loaded again: until every model \
            answers, /ready says 503 and why.

            URI is s3://bucket/prefix, https://host/model.pkl, or MLflow's models:/name/3, models:/name/Production, \
            models:/name@alias or runs:/id/path. The model is downloaded into a cache and served from there; a newer \
            one is looked for every minute. Addresses and credentials come from the environment, by the names that \
            KServe and MLflow give them (AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, MLFLOW_TRACKING_URI, ...).

              GET  /v1/models                  the models' names
              GET  /v1/models/NAME             whether a model answers
              POST /v1/models/NAME:predict     {"instances": [[1.0, 2.0], ...]}
              GET  /health  /ready  /metrics

            The flags of KServe's Python server are understood as KServe spells them, underscores included; those that \
            mean nothing here are ignored.
            """
    )

    @Argument(
        parsing: .allUnrecognized,
        help: ArgumentHelp("Models to serve.", valueName: "[NAME=]PATH|URI")
    )
    var models: [String] = []

    @Option(
        name: .kserve("model_dir"),
        help: "A folder with a model file, or with a folder for each model, as KServe mounts it; or a URI."
    )
    var modelDir: String?

    @Option(name: .kserve("model_name"), help: "What the model of --model-dir is called. (default: model)")
    var modelName: String?

    @Option(name: .kserve("model_version"), help: "The version to report for the models.")
    var modelVersion: String?

    @Option(
        name: .kserve("http_port"),
        help: "The port to listen on; 0 takes a free one. (default: 8080, or 8443 with a certificate)")
    var httpPort: Int?

    @Option(help: "The address to listen on.")
    var host = "0.0.0.0"

    @Option(
        name: .kserve("ssl_certfile"),
        help: "The server's certificate, read anew when it changes. ($KSERVE_TLS_CERT_FILE)")
    var sslCertfile: String?

    @Option(name: .kserve("ssl_keyfile"), help: "The certificate's key. ($KSERVE_TLS_KEY_FILE)")
    var sslKeyfile: String?

    @Option(
        name: .kserve("ssl_ca_certs"),
        help: "Certificates of authorities: only clients with a certificate of theirs are answered.")
    var sslCACerts: String?

    @OptionGroup(title: "Who may ask") var access: AccessOptions

    @Option(help: "How many threads read and answer requests. (default: one per processor)")
    var workers: Int?

    @Option(
        help: """
            What an answer holds: standard (predictions, model_name, model_version), kserve (predictions alone, byte \
            for byte as KServe answers) or full (with the probabilities of classifiers).
            """
    )
    var answer = AnswerForm.standard

    @Flag(
        name: .kserve("strict_kserve_status"),
        help: "Answer 500 where KServe does, although the client is to blame; 400 otherwise."
    )
    var strictKServeStatus = false

    @Option(name: .kserve("body_limit"), help: "The longest body that is read, in bytes.")
    var bodyLimit = ServerSettings().maximumBodyBytes

    @Option(
        name: .kserve("queue_limit"),
        help: "Requests to one model that wait or are answered at once; more get 503. Short ones never wait.")
    var queueLimit = ServerSettings().maximumRequestsPerModel

    @Option(
        name: .kserve("memory_limit"),
        help: "Bytes of bodies held at once; more get 503. (default: 512 MB, or twice --body-limit if that is more)")
    var memoryLimit: Int?

    @Option(name: .kserve("row_limit"), help: "Rows of a request; more get 413. (default: no limit)")
    var rowLimit: Int?

    @Option(
        name: .kserve("operations_port"),
        help: ArgumentHelp(
            "A port for /health, /ready and /metrics alone, without TLS and keys, answered by a thread of its own.",
            valueName: "port"))
    var operationsPort: Int?

    @Option(name: .kserve("poll_interval"), help: "Seconds between two looks at the model files.")
    var pollInterval = 1.0

    @Option(name: .kserve("remote_interval"), help: "Seconds between two looks for newer models at URIs.")
    var remoteInterval = 60.0

    @OptionGroup var remote: RemoteOptions
    @OptionGroup var grpc: GRPCOptions
    @OptionGroup(title: "Logs and traces") var telemetry: TelemetryOptions
    @OptionGroup var batch: BatchOptions

    @Option(name: .kserve("timeout_keep_alive"), help: "Seconds a connection may stay without a request.")
    var timeoutKeepAlive = 65.0

    @Option(
        name: .kserve("drain_delay"),
        help: "Seconds to go on answering, while /ready says 503, before the server stops listening."
    )
    var drainDelay = 0.0

    @Option(
        name: .kserve("enable_latency_logging"),
        help: """
            Log the times of each request, as KServe does unless told not to (y/n). Here it must be asked for: \
            writing a line takes longer than answering. /metrics has the times in any case.
            """
    )
    var enableLatencyLogging = KServeBool(false)

    func validate() throws {
        guard httpPort.map({ 0...65_535 ~= $0 }) ?? true else {
            throw ValidationError("--http-port must be from 0 to 65535")
        }
        guard operationsPort.map({ 0...65_535 ~= $0 }) ?? true, rowLimit.map({ $0 > 0 }) ?? true else {
            throw ValidationError("--operations-port must be from 0 to 65535, and --row-limit at least 1")
        }
        guard workers.map({ 1...1_024 ~= $0 }) ?? true else {
            throw ValidationError("--workers must be from 1 to 1024")
        }
        guard 1...(1 << 40) ~= bodyLimit, queueLimit > 0 else {
            throw ValidationError("--body-limit must be from 1 byte to 1 TB, and --queue-limit at least 1")
        }
        guard memoryLimit.map({ $0 >= 2 * bodyLimit }) ?? true else {
            throw ValidationError("--memory-limit must be at least twice --body-limit: a compressed body is held twice")
        }
        guard 0.01...86_400 ~= pollInterval else { throw ValidationError("--poll-interval must be from 0.01 to 86400") }
        guard 0.1...604_800 ~= remoteInterval else {
            throw ValidationError("--remote-interval must be from 0.1 seconds to a week")
        }
        guard 0...86_400 ~= timeoutKeepAlive, 0...3_600 ~= drainDelay else {
            throw ValidationError("--timeout-keep-alive and --drain-delay must be at most a day and an hour")
        }
        let arguments = try arguments()
        guard !arguments.sources.isEmpty || !arguments.remotes.isEmpty else {
            throw ValidationError("name a model file or folder, e.g. apus serve model.pkl, or --model-dir DIR")
        }
    }

    func run() async throws {
        OpenFileLimit.raise()
        let environment = ServeEnvironment()
        let logger = Logger(label: "apus") { _ in JSONLogHandler(level: environment.logLevel) }
        let arguments = try arguments()
        for flag in arguments.ignoredFlags { logger.warning("unknown flag \(flag) is ignored") }
        let notices = ModelNotices()
        let (places, suppliers) = try bring(arguments.remotes, notices, logger)
        let server = ModelServer(
            sources: arguments.sources + places,
            notices: notices,
            suppliers: suppliers,
            version: modelVersion,
            form: answer,
            prefersProbabilities: environment.prefersProbabilities,
            settings: try settings(environment),
            logger: logger
        )
        do {
            try await server.run(watchedBy: try telemetry.observer(logger)) { grpc.servers(beside: $0, host: host) }
        } catch let error as ModelServer.StartError {
            throw Refusal(error.description)
        } catch let error as GRPCModelServer.StartError {
            throw Refusal(error.description)
        }
    }

    /// The models to serve, and flags that mean nothing.
    private func arguments() throws -> LenientArguments {
        var arguments = try LenientArguments(models)
        if let modelDir { try arguments.add(modelDir, name: modelName ?? "model") }
        return arguments
    }

    /// Where models from elsewhere will be, and what brings them there.
    private func bring(
        _ remotes: [LenientArguments.Remote], _ notices: ModelNotices, _ logger: Logger
    ) throws -> ([ModelSource], [RemoteModelsService]) {
        guard !remotes.isEmpty else { return ([], []) }
        let settings = try RemoteOptions.settings()
        let cache = try remote.cache(settings)
        let entries = try remotes.map {
            RemoteModelsService.Entry(name: $0.name, model: try RemoteModel($0.uri, settings: settings))
        }
        let service = RemoteModelsService(
            entries: entries,
            cache: cache, interval: .seconds(remoteInterval), notices: notices, logger: logger)
        return (entries.map { ModelSource(path: cache.folder(of: $0.model), name: $0.name) }, [service])
    }

    /// The files of a certificate; nil without one.
    private func tls(_ environment: ServeEnvironment) throws -> TLSFiles? {
        let files = (sslCertfile ?? environment.certificateFile, sslKeyfile ?? environment.keyFile)
        switch files {
        case (let certificate?, let key?):
            return TLSFiles(certificate: certificate, key: key, clientAuthorities: sslCACerts)
        case (nil, nil) where sslCACerts == nil: return nil
        default: throw ValidationError("--ssl-certfile and --ssl-keyfile go together, and --ssl-ca-certs with both")
        }
    }

    private func settings(_ environment: ServeEnvironment) throws -> ServerSettings {
        var settings = ServerSettings()
        settings.tls = try tls(environment)
        settings.keyFile = access.apiKeys
        settings.tokens = access.tokens
        settings.guardsMetrics = access.guardMetrics
        settings.cloudEvents = environment.cloudEvents
        settings.host = host
        settings.port = httpPort ?? (settings.tls == nil ? 8_080 : 8_443)
        settings.threads = workers
        settings.operationsPort = operationsPort
        settings.maximumRows = rowLimit ?? settings.maximumRows
        settings.maximumBodyBytes = bodyLimit
        settings.maximumRequestsPerModel = queueLimit
        settings.maximumBytesInFlight = memoryLimit ?? max(settings.maximumBytesInFlight, 2 * bodyLimit)
        settings.batching = batch.policy
        settings.pollInterval = .seconds(pollInterval)
        settings.idleTimeout = .seconds(timeoutKeepAlive)
        settings.drainDelay = .seconds(drainDelay)
        settings.strictlyKServeStatus = strictKServeStatus
        settings.logsLatency = enableLatencyLogging.value
        return settings
    }
}
