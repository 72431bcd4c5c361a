import Glibc
import Logging
import TestSupport
import Testing

@testable import ServingHTTP

@Suite("JSON logs")
struct JSONLogHandlerTests {
    @Test("An event is one line of JSON")
    func line() {
        let event = LogEvent(
            level: .warning, message: "a \"b\"\n", metadata: ["model": "m", "request_id": "7"], source: "s", file: "f",
            function: "g", line: 1)
        let line = JSONLogHandler.line(event, ["z": "1", "model": "other"], nanoseconds: 1_795_251_465_864_323_400)
        #expect(
            String(decoding: line, as: UTF8.self)
                == #"{"timestamp":"2026-11-21T08:57:45.864323Z","level":"warning","message":"a \"b\"\n","model":"m","#
                + "\"request_id\":\"7\",\"z\":\"1\"}\n")
    }

    @Test("Only events of the level and above are written, each to the file at once")
    func level() throws {
        let folder = TemporaryFolder()
        let descriptor = open(folder.path("log"), O_CREAT | O_RDWR, 0o600)
        defer { close(descriptor) }
        let logger = Logger(label: "test") { _ in JSONLogHandler(level: .warning, descriptor: descriptor) }
        logger.info("quiet")
        logger.error("loud")
        var bytes = [UInt8](repeating: 0, count: 1_000)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        #expect(text.contains(#""message":"loud""#))
        #expect(!text.contains("quiet"))
    }

    @Test(
        "KServe's names of levels",
        arguments: [
            ("INFO", Logger.Level.info), ("debug", .debug), ("WARNING", .warning), ("ERROR", .error),
            ("CRITICAL", .critical), ("loud", nil),
        ])
    func levels(_ name: String, _ level: Logger.Level?) {
        #expect(Logger.Level(kserve: name) == level)
    }
}
