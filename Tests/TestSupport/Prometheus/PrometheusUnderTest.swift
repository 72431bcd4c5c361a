import Foundation
import Glibc

/// A real Prometheus server with a history, which scrapes a real node exporter each second; both listen on 127.0.0.1,
/// and end when the test lets go of them.
package final class PrometheusUnderTest: Sendable {
    /// `http://127.0.0.1:<port>`.
    package let url: String
    /// The node exporter's name in the label `instance`.
    package let liveInstance: String
    private let folder: TemporaryFolder
    private let exporter: ServerProcess
    private let server: ServerProcess

    /// Starts both, and waits until the exporter has been scraped.
    ///
    /// - Parameter options: further options of `prometheus`.
    package init(_ history: MetricHistory, options: [String] = []) async throws {
        folder = TemporaryFolder()
        folder.write(history.openMetrics, to: "history")
        try Self.makeBlocks(in: folder)
        let exporterPort = try Self.freePort()
        let collectors = ["cpu", "meminfo", "filesystem", "netdev"].map { "--collector.\($0)" }
        exporter = try ServerProcess(
            program: [
                Self.program("prometheus-node-exporter", "prometheus-node-exporter"),
                "--web.listen-address=127.0.0.1:\(exporterPort)", "--collector.disable-defaults",
            ] + collectors)
        liveInstance = "127.0.0.1:\(exporterPort)"
        folder.write(Array(Self.configuration(target: liveInstance).utf8), to: "prometheus.yml")
        let port = try Self.freePort()
        url = "http://127.0.0.1:\(port)"
        server = try ServerProcess(
            program: [
                Self.program("prometheus", "prometheus"), "--config.file=\(folder.path("prometheus.yml"))",
                "--storage.tsdb.path=\(folder.path("data"))", "--storage.tsdb.retention.time=10y",
                "--web.listen-address=127.0.0.1:\(port)",
            ] + options)
        try await waitUntilScraped(port)
    }

    private static func configuration(target: String) -> String {
        """
        global:
          scrape_interval: 1s
        scrape_configs:
          - job_name: node
            static_configs:
              - targets: ["\(target)"]

        """
    }

    /// A program of a Debian package that `scripts/test` has unpacked.
    package static func program(_ package: String, _ name: String) -> String {
        Cache.folder.appending(path: "debian/\(package)/usr/bin/\(name)").path
    }

    /// Makes the server's folder `data` of the file `history`.
    private static func makeBlocks(in folder: TemporaryFolder) throws {
        let process = Process()
        process.executableURL = URL(filePath: program("prometheus", "promtool"))
        // In large blocks: the file is read once for each.
        process.arguments = [
            "tsdb", "create-blocks-from", "--max-block-duration=100000h", "openmetrics", folder.path("history"),
            folder.path("data"),
        ]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw ServerProcess.Failure(description: "promtool failed: is Prometheus there? run scripts/test")
        }
    }

    private static func freePort() throws -> Int {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, length) == 0 ? getsockname(socket, $0, &length) : -1
            }
        }
        guard status == 0 else { throw ServerProcess.Failure(description: "there is no free port") }
        return Int(in_port_t(bigEndian: address.sin_port))
    }

    /// Waits until two scrapes of the exporter can be asked for, for at most 30 seconds.
    private func waitUntilScraped(_ port: Int) async throws {
        let query = "/api/v1/query?query=count_over_time(node_memory_MemTotal_bytes%7Bjob%3D%22node%22%7D%5B1m%5D)%3E1"
        for _ in 0..<300 {
            if let answer = try? HTTPConnection.ask(port, "GET", query), answer.body.contains(liveInstance) { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw ServerProcess.Failure(
            description: "Prometheus did not scrape; the logs are:\n\(server.log)\n\(exporter.log)")
    }
}
