import Foundation
import TestSupport
import Testing

@Suite("apus train --schedule")
struct TrainServiceTests {
    private let folder = TemporaryFolder()

    private func start(_ more: [String] = [], schedule: String = "0 2 * * 0") throws -> ServerProcess {
        let options = ["--days", "2", "--trees", "5", "--store", folder.path("models"), "--schedule", schedule]
        return try ServerProcess(["train", "anomaly-detector"] + options + more)
    }

    private func versions() throws -> [String] {
        let path = folder.path("models/anomaly-detector")
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasPrefix("v") }.sorted()
    }

    private func stop(_ service: ServerProcess) async throws {
        service.send(SIGTERM)
        #expect(try await service.exitCode() == 0)
    }

    @Test("A model without a version is trained at once, then waits for its time in its zone, through restarts")
    func first() async throws {
        let first = try start(["--time-zone", "Asia/Kolkata"])
        try await first.wait("it waits") { $0.contains("next run at ") ? true : nil }
        #expect(first.log.contains("T02:00:00+05:30"), "\(first.log)")
        try await stop(first)
        #expect(try versions() == ["v1"])
        let second = try start()
        try await second.wait("it waits") { $0.contains("T02:00:00Z") ? true : nil }
        try await stop(second)
        #expect(try versions() == ["v1"])
    }

    @Test("What was missed while nothing ran is made up for once")
    func missed() async throws {
        let first = try start()
        try await first.wait("it waits") { $0.contains("next run at ") ? true : nil }
        try await stop(first)
        let metadata = URL(filePath: folder.path("models/anomaly-detector/v1/metadata.json"))
        let text = try String(contentsOf: metadata, encoding: .utf8)
        let created = try #require(text.firstMatch(of: /"created": "[^"]+"/))
        let older = text.replacingCharacters(in: created.range, with: #""created": "2026-01-01T00:00:00Z""#)
        try Data(older.utf8).write(to: metadata)
        let second = try start()
        try await second.wait("it waits") { $0.contains("next run at ") ? true : nil }
        try await stop(second)
        #expect(try versions() == ["v1", "v2"])
    }

    @Test("A run that fails is told and tried again, and the service goes on")
    func failure() async throws {
        let url = ["--prometheus-url", "http://127.0.0.1:9", "--timeout", "1"]
        let service = try start(url)
        try await service.wait("it waits", seconds: 60) { $0.contains("next run at ") ? true : nil }
        #expect(service.log.contains("127.0.0.1:9"))
        let announced = try #require(service.log.firstMatch(of: /next run at (\S+)/)?.output.1)
        let next = try Date(String(announced), strategy: .iso8601)
        #expect(next.timeIntervalSinceNow < 61, "\(service.log)")
        try await stop(service)
        #expect(try versions() == [])
    }

    @Test("SIGTERM in the middle of a fit ends the service, and saves nothing")
    func stopped() async throws {
        let service = try start(["--trees", "100000"])
        try await service.wait("it fits") { $0.contains("features:") ? true : nil }
        // By then each processor grows a tree: a signal was once not heard before the last of them.
        try await Task.sleep(for: .milliseconds(300))
        try await stop(service)
        #expect(try versions() == [])
    }
}
