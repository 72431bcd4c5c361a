import Glibc
import Serving
import TestSupport
import Testing

@testable import Telemetry

@Suite("What waits to be told")
struct OutboxTests {
    private let folder = TemporaryFolder()

    @Test("Neither more elements nor more bytes wait than may, and what finds no room is counted")
    func bounds() {
        let outbox = Outbox<Int>(maximumCount: 3, maximumCost: 10)
        for (element, cost) in [(1, 4), (2, 7), (3, 6), (4, 0), (5, 0)] { outbox.add(element, cost: cost) }
        #expect(outbox.takeAll() == [1, 3, 4] && outbox.droppedCount == 2)
        outbox.add(6, cost: 10)
        outbox.add(7, cost: .max)
        #expect(outbox.takeAll() == [6] && outbox.takeAll().isEmpty && outbox.droppedCount == 3)
    }

    private func line(_ number: Int) -> [UInt8] { Array("line \(number)\n".utf8) }

    @Test("A file that grows too long is moved away, some of those are kept, and none is longer")
    func rotation() async throws {
        let file = LogFile(path: folder.path("log"), maximumBytes: 20, keptCount: 2)
        for number in 0..<9 { await file.append([line(number)]) }
        #expect(folder.read("log") == line(8))
        #expect(folder.read("log.1") == line(6) + line(7) && folder.read("log.2") == line(4) + line(5))
        await file.append((0..<5).map(line))
        #expect(folder.read("log") == line(3) + line(4) && folder.read("log.1") == line(1) + line(2))
        let long = [UInt8](repeating: UInt8(ascii: "x"), count: 50)
        await file.append([long])
        #expect(folder.read("log") == long && file.failedCount == 0)
    }

    @Test("A file that was moved away is begun anew, and lines that cannot be written are counted")
    func failures() async throws {
        let file = LogFile(path: folder.path("log"))
        await file.append([line(1)])
        folder.move("log", to: "old")
        await file.append([line(2)])
        #expect(folder.read("old") == line(1) && folder.read("log") == line(2))
        // A pipe that nobody reads would hold whoever opens it.
        #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
        for path in [folder.path("pipe"), "/dev/full", folder.path("nowhere/log"), folder.path("")] {
            let file = LogFile(path: path)
            await file.append([line(1), line(2)])
            #expect(file.failedCount == 2, "\(path)")
        }
    }

    @Test("A line of the access log is one line of JSON, whatever the client sent, and not longer than it may be")
    func accessLog() throws {
        var exchange = Exchange(method: "POST", status: 200, start: 1_700_000_000_123_456_789, nanoseconds: 1_500_000)
        exchange.path = "/v1/models/\"\n\u{1}\\:predict" + String(repeating: "x", count: 1_000)
        exchange.requestID = "\n"
        exchange.model = "m"
        let text = String(decoding: AccessLog.line(exchange, nil), as: UTF8.self)
        #expect(text.hasPrefix(#"{"timestamp":"2023-11-14T22:13:20.123456Z","type":"access","protocol":"http","#))
        #expect(text.contains(#""path":"/v1/models/\"\n\u0001\\:predictxx"#) && text.utf8.count < 600)
        #expect(text.contains(#""request_id":"\n""#) && text.contains(#""duration_us":1500"#))
        #expect(text.dropLast().allSatisfy { $0 != "\n" } && text.hasSuffix("}\n"))
        // One character.
        exchange.requestID = "e" + String(repeating: "\u{301}", count: 40_000)
        #expect(AccessLog.line(exchange, nil).count < 900)
    }
}
