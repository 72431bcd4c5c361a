/// How the gRPC server listens and answers.
public struct GRPCSettings: Sendable {
    /// The address to listen on.
    public var host = "0.0.0.0"
    /// The port to listen on; 0 takes a free one.
    public var port = 8081
    /// The longest message that is read, in bytes.
    public var maximumReceiveBytes = 8 << 20
    /// The longest message that is sent, in bytes.
    public var maximumSendBytes = 8 << 20

    /// The defaults, which are those of KServe's server.
    public init() {}
}
