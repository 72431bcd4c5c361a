/// What is logged of the bodies of requests and answers, and where to, by the terms of KServe's agent.
public struct PayloadLogSettings: Sendable {
    /// Where events go.
    public enum Sink: Hashable, Sendable {
        /// To a server, each by a `POST` in the binary mode of CloudEvents.
        case server(url: String)
        /// To a file, each as a line of JSON, in the structured mode of CloudEvents.
        case file(path: String)
    }

    /// Which bodies are logged.
    public enum Mode: String, CaseIterable, Sendable {
        case all, request, response
    }

    /// Where events go.
    public var sink: Sink
    /// Which bodies are logged.
    public var mode = Mode.all
    /// Which share of the exchanges is logged, from 0 to 1; replicas agree on it by the event's id.
    public var share = 1.0
    /// `source` of the events.
    public var source = "apus"
    /// The extensions `inferenceservicename`, `namespace`, `component` and `endpoint`; empty ones are left out.
    public var inferenceService = ""
    /// See ``inferenceService``.
    public var namespace = ""
    /// See ``inferenceService``.
    public var component = "predictor"
    /// See ``inferenceService``.
    public var endpoint = "default"
    /// The fields of requests that the extension `metadata` tells; those that hold secrets are never told.
    public var metadataFields: [String] = []
    /// How many events wait at most.
    public var maximumEvents = 4_096
    /// How many bytes of bodies wait at most.
    public var maximumBytes = 64 << 20
    /// How long events are still sent when the server stops.
    public var lastTime = Duration.seconds(5)
    /// How long a file grows before it is moved away, in bytes.
    public var maximumFileBytes = 100 << 20
    /// How many files that were moved away are kept.
    public var keptFiles = 4

    /// The defaults, for a sink.
    public init(sink: Sink) { self.sink = sink }
}
