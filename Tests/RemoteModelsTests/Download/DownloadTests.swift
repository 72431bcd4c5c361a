import Foundation
import ModelStore
import NetworkTestSupport
import Outbound
import Synchronization
import TestSupport
import Testing

@testable import RemoteModels

@Suite("Downloads over HTTP")
struct DownloadTests {
    private let folder = TemporaryFolder()

    private func download(_ server: ScriptedServer, _ name: String = "model.pkl") async throws {
        let model = try RemoteModel(ModelURI("\(server.url)/\(name)"), settings: try hastySettings())
        try await model.copy(to: folder.path("copy"))
    }

    /// The error that a download ends with.
    private func failure(_ server: ScriptedServer, _ name: String = "model.pkl") async throws -> StoreError? {
        let settings = try hastySettings()
        do throws(StoreError) {
            try await RemoteModel(ModelURI("\(server.url)/\(name)"), settings: settings).copy(to: folder.path("copy"))
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "A file arrives as it is, in parts where the server sends them",
        arguments: [0, 1, 65_535, 65_536, 65_537, 1_000_000], [true, false])
    func whole(size: Int, isRanged: Bool) async throws {
        let file = ServedFile(content(size), isRanged: isRanged)
        let server = try await ScriptedServer { [file.answer($0)] }
        try await download(server)
        #expect(folder.read("copy") == file.bytes)
        #expect(folder.files == ["copy"])
        let gets = server.requests.filter { $0.method == "GET" }.count
        #expect(gets == (isRanged ? (size + 65_535) / 65_536 : 1))
    }

    @Test("A server that does not know HEAD, and one that does not say the length, are understood")
    func unusual() async throws {
        let bytes = content(100_000)
        let server = try await ScriptedServer { request in
            guard request.method == "GET" else { return [.answer(405)] }
            return [.send(Array("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".utf8) + bytes), .cut]
        }
        try await download(server)
        #expect(folder.read("copy") == bytes)
    }

    @Test("A connection that is cut again and again brings the file all the same")
    func cuts() async throws {
        let file = ServedFile(content(300_000))
        let cuts = Mutex<[Int: Int]>([:])
        let server = try await ScriptedServer { request in
            // Each piece is cut twice.
            let piece = request.rangeStart / 65_536
            let isCut = cuts.withLock { cuts in
                cuts[piece, default: 0] += 1
                return cuts[piece, default: 0] <= 2
            }
            return request.method == "GET" && isCut ? file.answer(request, cutAfter: 20_000) : [file.answer(request)]
        }
        try await download(server)
        #expect(folder.read("copy") == file.bytes)
        // What had come was not asked for again.
        let starts = Set(server.requests.filter { $0.method == "GET" }.map { $0.rangeStart % 65_536 })
        #expect(starts == [0, 20_000, 40_000])
    }

    @Test("A download that fails is gone on with by the next one")
    func resumed() async throws {
        let file = ServedFile(content(300_000))
        let isBroken = Mutex(true)
        let server = try await ScriptedServer { request in
            request.method == "GET" && request.rangeStart >= 131_072 && isBroken.withLock { $0 }
                ? [.answer(503)] : [file.answer(request)]
        }
        #expect(try await failure(server)?.code == .unavailable)
        #expect(folder.read("copy") == nil)
        #expect(folder.files.count == 2)
        let before = server.requests.count
        isBroken.withLock { $0 = false }
        try await download(server)
        #expect(folder.read("copy") == file.bytes)
        #expect(folder.files == ["copy"])
        let ranges = server.requests[before...].compactMap { $0.headers["range"] }.sorted()
        #expect(ranges == ["bytes=131072-196607", "bytes=196608-262143", "bytes=262144-299999"])
    }

    @Test("What is left of another content is not gone on with")
    func replacedBetween() async throws {
        let files = [ServedFile(content(300_000)), ServedFile(content(300_000, seed: 2), tag: "\"2\"")]
        let index = Mutex(0)
        let server = try await ScriptedServer { request in
            let index = index.withLock { $0 }
            return index == 0 && request.rangeStart > 0 ? [.answer(500)] : [files[index].answer(request)]
        }
        #expect(try await failure(server)?.code == .unavailable)
        index.withLock { $0 = 1 }
        try await download(server)
        #expect(folder.read("copy") == files[1].bytes)
    }

    @Test("A file that is replaced while it is read is never mixed")
    func replacedMeanwhile() async throws {
        let files = [ServedFile(content(300_000)), ServedFile(content(300_000, seed: 2), tag: "\"2\"")]
        let server = try await ScriptedServer { [files[$0.index < 3 ? 0 : 1].answer($0)] }
        let error = try await failure(server)
        #expect(error == StoreError(.refused, "\(server.url)/model.pkl was replaced while it was read"))
        #expect(folder.read("copy") == nil)
    }

    @Test("Statuses, web pages, archives and lies about the length are refused in words")
    func refused() async throws {
        let server = try await ScriptedServer { request in
            switch request.target {
            case "/403.pkl": [.answer(403)]
            case "/404.pkl": [.answer(404)]
            case "/page.pkl": [.answer(200, headers: [("Content-Type", "text/html; charset=utf-8")], text: "<html>")]
            case "/short.pkl":
                request.method == "HEAD" ? [.answer(200, length: 10)] : [.answer(200, body: [1, 2])]
            case "/long.pkl":
                request.method == "HEAD"
                    ? [.answer(200, headers: [("Accept-Ranges", "bytes")], length: 2)]
                    : [.answer(206, headers: [("Content-Range", "bytes 0-9/10")], body: content(10))]
            case "/other.pkl":
                request.method == "HEAD"
                    ? [.answer(200, headers: [("Accept-Ranges", "bytes")], length: 2)]
                    : [.answer(206, headers: [("Content-Range", "bytes 8-9/10")], body: [1, 2])]
            case "/huge.pkl": [.answer(200, length: 5 << 30)]
            default: [.answer(500)]
            }
        }
        for (name, code, sentence) in [
            ("403.pkl", StoreError.Code.denied, "the server answered 403"), ("404.pkl", .notFound, "answered 404"),
            ("500.pkl", .unavailable, "answered 500"), ("page.pkl", .malformed, "is a web page (text/html)"),
            ("short.pkl", .unavailable, "2 bytes came, but it should have 10"),
            ("long.pkl", .malformed, "the server sends more than it is asked for"),
            ("other.pkl", .malformed, "the server sends another part than it was asked for"),
            ("huge.pkl", .refused, "longer than the 4294967296 bytes that a model may have"),
            ("model.tar.gz", .unsupported, "is an archive, which Apus does not unpack"),
        ] {
            let error = try #require(await failure(server, name), "\(name)")
            #expect(error.code == code, "\(name): \(error)")
            #expect(error.message.contains(sentence), "\(name): \(error)")
        }
        #expect(folder.read("copy") == nil)
    }

    @Test("Two downloads to one place at once are one after the other, and both are whole")
    func twoAtOnce() async throws {
        let file = ServedFile(content(500_000))
        let server = try await ScriptedServer { [.wait(.milliseconds(5)), file.answer($0)] }
        let model = try RemoteModel(ModelURI("\(server.url)/model.pkl"), settings: try hastySettings())
        let path = folder.path("copy")
        async let first = model.copy(to: path)
        async let second = model.copy(to: path)
        _ = try await (first, second)
        #expect(folder.read("copy") == file.bytes)
        #expect(folder.files == ["copy"])
    }

    @Test("A folder that is not there, and a volume without space, are said to be so")
    func noPlace() async throws {
        let file = ServedFile(content(10))
        let server = try await ScriptedServer { [file.answer($0)] }
        let model = try RemoteModel(ModelURI("\(server.url)/model.pkl"), settings: try hastySettings())
        let error = await #expect(throws: StoreError.self) { try await model.copy(to: folder.path("no/copy")) }
        #expect(error?.code == .notFound)
    }
}
