import ModelStore
import TestSupport
import Testing

@testable import Serving

@Suite("Models of a store, as they change")
struct ModelFolderTests {
    private let folder = TemporaryFolder()
    private let registry = ModelRegistry()
    private let later = Clocks.wallNanoseconds() + 60_000_000_000

    private func poller() -> ModelPoller {
        ModelPoller(
            sources: [ModelSource(path: folder.path, name: "models")], registry: registry, loader: StubModelLoader(),
            interval: .seconds(1))
    }

    /// Writes a version of model `m`, and what the store writes beside it.
    private func write(version number: Int, _ bytes: [UInt8], isPromoted: Bool = false) throws {
        folder.makeFolder("m")
        folder.makeFolder("m/v\(number)")
        let metadata = try metadata(number, bytes)
        folder.write(bytes, to: "m/v\(number)/model.pkl")
        folder.write(metadata.json.encoded(), to: "m/v\(number)/metadata.json")
        guard isPromoted else { return }
        folder.write(bytes, to: "m/model.pkl")
        let promoted = PromotedMetadata(metadata, promoted: nil, history: [])
        folder.write(promoted.json.encoded(), to: "m/m_metadata.json")
    }

    private func metadata(_ number: Int, _ bytes: [UInt8]) throws -> ModelMetadata {
        let content = ModelContent(bytes)
        return ModelMetadata(
            name: "m", version: try #require(ModelVersion(number)), id: "id-\(number)", created: "2026-01-01T00:00:00Z",
            details: ModelDetails(), size: content.size, sha256: content.sha256, writtenBy: "test")
    }

    private func write(traffic: String) { folder.write(Array(traffic.utf8), to: "m/traffic.json") }

    private var deployment: Deployment {
        get throws { try registry.deployment("m") }
    }

    @Test("The version is the metadata's, and follows a promotion")
    func promotion() throws {
        var poller = poller()
        try write(version: 1, [1], isPromoted: true)
        _ = poller.poll(now: later)
        #expect(try deployment.promoted.version == "1")
        try write(version: 2, [1, 2], isPromoted: true)
        _ = poller.poll(now: later)
        #expect(try deployment.promoted.version == "2")
        #expect(try deployment.problem == nil)
    }

    @Test("Between the two renames of a promotion, the file is the truth")
    func betweenRenames() throws {
        var poller = poller()
        try write(version: 1, [1], isPromoted: true)
        try write(version: 2, [1, 2])
        _ = poller.poll(now: later)
        folder.write([1, 2], to: "m/model.pkl")
        _ = poller.poll(now: later)
        #expect(try deployment.promoted.version == "2")
    }

    @Test("A file that its metadata and no version vouch for is not served; the one before goes on")
    func damaged() throws {
        var poller = poller()
        try write(version: 1, [1], isPromoted: true)
        _ = poller.poll(now: later)
        folder.write([1, 9, 9], to: "m/model.pkl")
        _ = poller.poll(now: later)
        #expect(try deployment.promoted.version == "1")
        #expect(try deployment.problem?.contains("is damaged, or was replaced without its metadata") == true)
        folder.write(
            PromotedMetadata(try metadata(7, [1, 9, 9]), promoted: nil, history: []).json.encoded(),
            to: "m/m_metadata.json")
        _ = poller.poll(now: later)
        #expect(try deployment.promoted.version == "7")
        #expect(try deployment.problem == nil)
    }

    @Test("A split loads its versions, and lets them go")
    func traffic() throws {
        var poller = poller()
        try write(version: 1, [1], isPromoted: true)
        try write(version: 2, [1, 2])
        try write(version: 3, [1, 2, 3])
        write(traffic: #"{"canary": {"version": 2, "percent": 10}, "shadow": {"version": 3}}"#)
        _ = poller.poll(now: later)
        #expect(try deployment.versions.map(\.role) == ["promoted", "canary", "shadow"])
        #expect(try deployment.versions.map(\.model.version) == ["1", "2", "3"])
        write(traffic: "{}")
        _ = poller.poll(now: later)
        #expect(try deployment.versions.map(\.role) == ["promoted"])
    }

    @Test(
        "A split that cannot be followed says why and leaves all to the promoted version",
        arguments: [
            (#"{"canary": {"version": 9, "percent": 10}}"#, "v9: it does not exist"),
            (#"{"canary": {"version": 2, "percent": 10}}"#, "v2: not a model"),
            (#"{"canary": {"version": 3, "percent": 10}}"#, "v3: v3 has 2 bytes"),
            (#"{"canary": {"version": 1, "percent": 101}}"#, "from 0 to 100"),
            ("hello", "traffic.json: "),
        ])
    func badTraffic(text: String, problem: String) throws {
        var poller = poller()
        try write(version: 1, [1], isPromoted: true)
        try write(version: 2, [0])
        try write(version: 3, [1, 1, 1])
        folder.write([1, 1], to: "m/v3/model.pkl")
        write(traffic: text)
        _ = poller.poll(now: later)
        #expect(try deployment.versions.map(\.role) == ["promoted"])
        #expect(try #require(deployment.problem).contains(problem))
    }

    @Test("Models appear and disappear with their folders, but not with the folder of all")
    func disappears() throws {
        var poller = poller()
        for name in ["a", "b"] {
            folder.makeFolder(name)
            folder.write([1], to: "\(name)/model.pkl")
        }
        _ = poller.poll(now: later)
        #expect(registry.names == ["a", "b"])
        folder.move("a", to: ".tmp-deleted-a")
        #expect(poller.poll(now: later).count == 1)
        #expect(registry.names == ["b"])
        folder.move("b/model.pkl", to: "b/.gone")
        _ = poller.poll(now: later)
        #expect(registry.names == ["b"])
        #expect(try registry.deployment("b").promoted.name == "b")
    }

    @Test("A client has a model unloaded, and loaded again")
    func unload() throws {
        var poller = poller()
        try write(version: 1, [1], isPromoted: true)
        _ = poller.poll(now: later)
        try poller.unload("m")
        _ = poller.poll(now: later)
        #expect(throws: ServingError.self) { try deployment }
        #expect(registry.names.isEmpty)
        #expect(registry.obstacles.isEmpty)
        _ = try poller.load("m")
        #expect(try deployment.promoted.version == "1")
        #expect(throws: ServingError.self) { try poller.load("n") }
        #expect(throws: ServingError.self) { try poller.unload("n") }
    }

    @Test("A client has a file loaded that was just written, and hears why it cannot be")
    func loadNow() throws {
        var poller = poller()
        try write(version: 1, [1], isPromoted: true)
        _ = try poller.load("m")
        #expect(try deployment.promoted.version == "1")
        folder.write([0], to: "m/model.pkl")
        #expect(throws: ServingError(.modelNotReady, "Model with name m is not ready. not a model")) {
            try poller.load("m")
        }
        #expect(try deployment.promoted.version == "1")
    }
}
