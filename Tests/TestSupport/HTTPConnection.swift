import Glibc

/// A connection to a server on this machine, for tests that decide which bytes go when.
package final class HTTPConnection {
    /// Why there is no connection or no answer.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// An answer.
    package struct Answer: Hashable, Sendable {
        /// The status code.
        package let status: Int
        /// The body.
        package let body: String

        package init(status: Int, body: String) {
            self.status = status
            self.body = body
        }
    }

    private let socket: Int32

    /// Connects to a port of 127.0.0.1; nothing on the connection waits longer than 20 seconds.
    ///
    /// - Parameter receiveBytes: how many bytes the system holds for a client that does not read; nil for its default.
    package init(port: Int, receiveBytes: Int32? = nil) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var receiveBytes {
            setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &receiveBytes, socklen_t(MemoryLayout<Int32>.size))
        }
        var timeout = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        // A request goes in several pieces, the later of which would wait for the first one to be acknowledged.
        var isEager: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &isEager, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw Failure(description: "cannot connect: \(String(cString: strerror(errno)))") }
    }

    deinit { close(socket) }

    /// Sends bytes as they are.
    package func send(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(description: "cannot send: \(String(cString: strerror(errno)))") }
            rest = rest.dropFirst(count)
        }
    }

    /// Says that nothing more will be sent.
    package func finishSending() { shutdown(socket, Int32(SHUT_WR)) }

    /// Sends text as it is.
    package func send(_ text: String) throws { try send(Array(text.utf8)) }

    /// Sends a request.
    package func send(_ method: String, _ path: String, body: [UInt8] = []) throws {
        try send("\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.count)\r\n\r\n")
        try send(body)
    }

    /// Reads one answer whose length is announced.
    package func receive() throws -> Answer {
        var bytes: [UInt8] = []
        let end = Array("\r\n\r\n".utf8)
        while bytes.suffix(4) != end[...] { bytes += try receive(upTo: 1) }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n")
        let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        let length = lines.first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.split(separator: " ").last ?? "") }
        guard let status, let length else { throw Failure(description: "no answer: \(lines)") }
        var body: [UInt8] = []
        while body.count < length { body += try receive(upTo: length - body.count) }
        return Answer(status: status, body: String(decoding: body, as: UTF8.self))
    }

    private func receive(upTo count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let received = recv(socket, &bytes, count, 0)
        guard received > 0 else { throw Failure(description: "the connection ended") }
        return Array(bytes.prefix(received))
    }

    /// Asks once, over a connection of its own.
    package static func ask(_ port: Int, _ method: String, _ path: String, body: String = "") throws -> Answer {
        let connection = try HTTPConnection(port: port)
        try connection.send(method, path, body: Array(body.utf8))
        return try connection.receive()
    }
}
