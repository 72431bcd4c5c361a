public import ArgumentParser
import FoundationEssentials
import Logging
import Outbound
import Serving
public import Telemetry

/// What `apus serve` tells of requests, and to whom.
struct TelemetryOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Where a collector takes traces by OTLP over HTTP, e.g. http://localhost:4318; OpenTelemetry's variables \
            say the rest. ($OTEL_EXPORTER_OTLP_ENDPOINT)
            """, valueName: "url"))
    var otlpEndpoint: String?

    @Option(help: ArgumentHelp("A line of JSON for each request: a file, or - for standard error.", valueName: "path"))
    var accessLog: String?

    @Option(help: ArgumentHelp("Warn of requests that take so many milliseconds.", valueName: "ms"))
    var slowRequests: Int?

    @Option(
        name: .kserve("log_url"),
        help: ArgumentHelp(
            "Where bodies of requests and answers go as CloudEvents: a server's URL, or a file that is rotated.",
            valueName: "url|path"))
    var logURL: String?

    @Option(name: .kserve("log_mode"), help: "Which bodies are logged: all, request or response.")
    var logMode = PayloadLogSettings.Mode.all

    @Option(name: .kserve("log_sample"), help: "Which share of the predictions is logged, from 0 to 1.")
    var logSample = 1.0

    @Option(name: .kserve("source_uri"), help: "The source of logged events.")
    var sourceURI = "apus"

    @Option(name: .kserve("inference_service"), help: "The inference service, as logged events tell it.")
    var inferenceService = ""

    @Option(name: .kserve("namespace"), help: "Its namespace.")
    var namespace = ""

    @Option(name: .kserve("component"), help: "Its component.")
    var component = "predictor"

    @Option(name: .kserve("endpoint"), help: "Its endpoint.")
    var endpoint = "default"

    @Option(
        name: .kserve("metadata_headers"),
        help: "The headers of requests that logged events tell, with commas between; never those of secrets.")
    var metadataHeaders = ""

    func validate() throws {
        guard 0...1 ~= logSample else { throw ValidationError("--log-sample must be from 0 to 1") }
        guard slowRequests.map({ $0 > 0 }) ?? true else { throw ValidationError("--slow-requests must be positive") }
    }

    /// What is to be told of each request; nil for nothing.
    func observer(_ logger: Logger) throws -> RequestObserver? {
        RequestObserver(
            payloads: try payloadSettings.map { try PayloadLog($0, outbound: outbound, logger: logger) },
            accessLog: accessLog.map { AccessLog(path: $0 == "-" ? nil : $0) },
            slowRequests: slowRequests.map { SlowRequestLog(threshold: .milliseconds($0), logger: logger) },
            tracer: try traceSettings().map { try RequestTracer($0, outbound: outbound, logger: logger) })
    }

    private var outbound: OutboundSettings {
        var settings = OutboundSettings()
        settings.userAgent = "apus/\(ApusVersion.current)"
        return settings
    }

    private func traceSettings() throws -> TraceSettings? {
        try TraceSettings(
            environment: ProcessInfo.processInfo.environment, endpoint: otlpEndpoint, version: ApusVersion.current)
    }

    private var payloadSettings: PayloadLogSettings? {
        guard let logURL else { return nil }
        let isServer = logURL.hasPrefix("http://") || logURL.hasPrefix("https://")
        var settings = PayloadLogSettings(sink: isServer ? .server(url: logURL) : .file(path: logURL))
        settings.mode = logMode
        settings.share = logSample
        settings.source = sourceURI
        settings.inferenceService = inferenceService
        settings.namespace = namespace
        settings.component = component
        settings.endpoint = endpoint
        settings.metadataFields = metadataHeaders.split(separator: ",").map {
            String($0.drop { $0 == " " })
        }
        return settings
    }
}

extension PayloadLogSettings.Mode: ExpressibleByArgument {}
