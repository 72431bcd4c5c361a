public import Access
import NIOCore
public import Serving

/// How the HTTP server listens and answers.
public struct ServerSettings: Sendable {
    /// The address to listen on.
    public var host = "0.0.0.0"
    /// The port to listen on; 0 takes a free one.
    public var port = 8080
    /// The port, without TLS and keys, of health and metrics alone; nil for none, 0 takes a free one.
    public var operationsPort: Int?
    /// The file of the keys that clients need; nil asks for none.
    public var keyFile: String?
    /// The tokens that clients may have instead; nil for none.
    public var tokens: TokenSettings?
    /// Whether metrics need a key or a token, too.
    public var guardsMetrics = false
    /// What makes connections secure; nil leaves them as they are.
    public var tls: TLSFiles?
    /// How many rows a request may have.
    public var maximumRows = Int.max
    /// How many threads read and answer; nil is one per processor.
    public var threads: Int?
    /// The longest body that is read, in bytes.
    public var maximumBodyBytes = 64 << 20
    /// How long a connection may stay without a request.
    public var idleTimeout = Duration.seconds(65)
    /// How long a request may take to come in, from its head to the end of its body.
    public var requestTimeout = Duration.seconds(60)
    /// The longest body, in bytes, that is answered on the thread that read it; longer ones go to a pool of threads.
    public var maximumInlineBodyBytes = 64 << 10
    /// How many bytes of bodies are held at once, besides those that are answered where they are read.
    public var maximumBytesInFlight = 512 << 20
    /// How many requests to one model wait or are answered at once, besides those answered where they are read. As many
    /// for each processor, so that the last of them waits for about as many times what one takes.
    public var maximumRequestsPerModel = 24 * System.coreCount
    /// When requests of several callers are answered together; nil answers each at once.
    public var batching: BatchPolicy?
    /// The shortest answer, in bytes, that is compressed for clients that accept it.
    public var minimumCompressedBytes = 16 << 10
    /// How answers to CloudEvents are told.
    public var cloudEvents = CloudEventSettings()
    /// How long requests in flight may take once the server is told to stop.
    public var drainTimeout = Duration.seconds(30)
    /// How long the server goes on answering, but not ready, before it stops listening.
    public var drainDelay = Duration.zero
    /// The time between two looks at the model files.
    public var pollInterval = Duration.seconds(1)
    /// Whether mistakes of clients get the status 500 where KServe's Python server answers so.
    public var strictlyKServeStatus = false
    /// Whether the times of each request are logged.
    public var logsLatency = false

    /// The defaults.
    public init() {}
}
