import NIOCore
import NIOPosix
package import NIOSSL
import Synchronization

/// A server on 127.0.0.1 that answers as a test says, byte by byte: it can be slow, wrong, silent, or cut the
/// connection. It ends when the test lets go of it.
package final class ScriptedServer: Sendable {
    /// A request.
    package struct Request: Sendable {
        package let method: String
        /// The path and the query, as they were sent.
        package let target: String
        /// Lower case names.
        package let headers: [String: String]
        package let body: [UInt8]
        /// How many requests came before.
        package let index: Int

        /// The first byte that a `Range` header asks for.
        package var rangeStart: Int { headers["range"].flatMap { Int($0.dropFirst(6).prefix { $0 != "-" }) } ?? 0 }
    }

    /// What the server does next.
    package enum Step: Sendable {
        case send([UInt8])
        case wait(Duration)
        case cut
    }

    private let channel: any Channel
    private let log: Log
    /// The port that the server listens on.
    package let port: Int

    /// Starts a server on a free port.
    package init(
        tls: TLSConfiguration? = nil, _ answer: @escaping @Sendable (Request) -> [Step]
    ) async throws {
        let log = Log()
        let context = try tls.map { try NIOSSLContext(configuration: $0) }
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let context {
                        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                    }
                    try channel.pipeline.syncOperations.addHandler(Handler(log, answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        self.log = log
        port = channel.localAddress?.port ?? 0
    }

    deinit { channel.close(promise: nil) }

    /// `http://127.0.0.1:<port>`.
    package var url: String { "http://127.0.0.1:\(port)" }

    /// `https://127.0.0.1:<port>`.
    package var secureURL: String { "https://127.0.0.1:\(port)" }

    /// The requests so far.
    package var requests: [Request] { log.requests }

    /// Stops listening.
    package func stop() async throws { try await channel.close() }
}

extension ScriptedServer.Step {
    /// A whole answer.
    package static func answer(
        _ status: Int, headers: [(String, String)] = [], body: [UInt8] = [], length: Int? = nil
    ) -> Self {
        let lines = ["HTTP/1.1 \(status) Status", "Content-Length: \(length ?? body.count)"]
        let head = lines + headers.map { "\($0.0): \($0.1)" }
        return .send(Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
    }

    /// A whole answer of text.
    package static func answer(_ status: Int, headers: [(String, String)] = [], text: String) -> Self {
        .answer(status, headers: headers, body: Array(text.utf8))
    }
}

/// What a server has seen.
private final class Log: Sendable {
    private let all = Mutex<[ScriptedServer.Request]>([])
    var requests: [ScriptedServer.Request] { all.withLock { $0 } }

    func add(_ make: (Int) -> ScriptedServer.Request) -> ScriptedServer.Request {
        all.withLock { all in
            let request = make(all.count)
            all.append(request)
            return request
        }
    }
}

/// One connection.
private final class Handler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let log: Log
    private let answer: @Sendable (ScriptedServer.Request) -> [ScriptedServer.Step]
    private var bytes: [UInt8] = []

    init(_ log: Log, _ answer: @escaping @Sendable (ScriptedServer.Request) -> [ScriptedServer.Step]) {
        self.log = log
        self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        bytes += unwrapInboundIn(data).readableBytesView
        while let request = takeRequest() { Self.run(answer(request)[...], context.channel) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func takeRequest() -> ScriptedServer.Request? {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count == 3 else { return nil }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
        }
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        guard bytes.count >= end.upperBound + length else { return nil }
        let body = Array(bytes[end.upperBound..<end.upperBound + length])
        bytes.removeFirst(end.upperBound + length)
        return log.add { index in
            ScriptedServer.Request(
                method: String(words[0]), target: String(words[1]), headers: headers, body: body, index: index)
        }
    }

    private static func run(_ steps: ArraySlice<ScriptedServer.Step>, _ channel: any Channel) {
        guard let step = steps.first else { return }
        let rest = steps.dropFirst()
        switch step {
        case .send(let bytes):
            channel.writeAndFlush(ByteBuffer(bytes: bytes)).whenSuccess { run(rest, channel) }
        case .wait(let time): channel.eventLoop.scheduleTask(in: TimeAmount(time)) { run(rest, channel) }
        case .cut: channel.close(promise: nil)
        }
    }
}
