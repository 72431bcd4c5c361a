import Glibc
import Inference
import Synchronization
import TestSupport
import Testing

@testable import Serving

@Suite("Polling for models")
struct ModelPollerTests {
    private let folder = TemporaryFolder()
    private let registry = ModelRegistry()
    private let loader = StubModelLoader()

    private func poller() -> ModelPoller {
        ModelPoller(
            sources: [ModelSource(path: folder.path, name: "m")], registry: registry, loader: loader,
            interval: .seconds(1))
    }

    private var state: String {
        switch registry.models["m"] {
        case nil: "unknown"
        case .waiting(let reason): "waiting: \(reason)"
        case .failed(let reason): "failed: \(reason)"
        case .ready(let deployment): deployment.problem.map { "ready, but \($0)" } ?? "ready"
        case .unloaded: "unloaded"
        }
    }

    private var loads: Int { loader.loads.withLock { $0 } }
    /// A time at which every file has been still for long.
    private let later = Clocks.wallNanoseconds() + 60_000_000_000

    @Test("A model is waited for, loaded when it appears, and not loaded again")
    func appears() {
        var poller = poller()
        _ = poller.poll()
        #expect(state == "waiting: waiting for model file in \(folder.path)")
        #expect(poller.poll().isEmpty)
        folder.write([1], to: "model.pkl")
        #expect(poller.poll(now: later).count == 1)
        #expect(state == "ready")
        #expect(poller.poll(now: later).isEmpty)
        #expect(loads == 1)
    }

    @Test("What is known besides the files is why there is none, and what is wrong with one that answers")
    func notices() {
        let notices = ModelNotices()
        var poller = ModelPoller(
            sources: [ModelSource(path: folder.path("later"), name: "m")], registry: registry, loader: loader,
            notices: notices, interval: .seconds(1))
        notices.set("m", "downloading s3://bucket/m")
        #expect(poller.poll().count == 1)
        #expect(state == "waiting: downloading s3://bucket/m")
        #expect(poller.poll().isEmpty)
        notices.set("m", nil)
        folder.makeFolder("later")
        folder.write([1], to: "later/model.pkl")
        _ = poller.poll(now: later)
        #expect(state == "ready")
        notices.set("m", "cannot be downloaded: 503")
        notices.set("other", "is of no model")
        #expect(poller.poll(now: later).count == 1)
        #expect(state == "ready, but cannot be downloaded: 503")
        #expect(registry.models["other"] == nil)
        notices.set("m", nil)
        _ = poller.poll(now: later)
        #expect(state == "ready")
        #expect(loads == 1)
    }

    @Test("A file that was just written is loaded once it has been still for an interval")
    func still() {
        var poller = poller()
        folder.write([1], to: "model.pkl")
        _ = poller.poll(now: Clocks.wallNanoseconds())
        #expect(state == "waiting: waiting until \(folder.path)/model.pkl is written")
        folder.write([1, 2], to: "model.pkl")
        _ = poller.poll(now: Clocks.wallNanoseconds())
        #expect(loads == 0)
        _ = poller.poll(now: Clocks.wallNanoseconds())
        #expect(state == "ready")
    }

    @Test("A file that is no model is not ready, and tried again when it changes")
    func failed() {
        var poller = poller()
        folder.write([0], to: "model.pkl")
        _ = poller.poll(now: later)
        _ = poller.poll(now: later)
        #expect(state == "failed: not a model")
        #expect(loads == 1)
        folder.write([1, 1], to: "model.pkl")
        _ = poller.poll(now: later)
        #expect(state == "ready")
    }

    @Test("A model keeps answering when its next file fails, is ambiguous or goes")
    func keepsLastGood() throws {
        var poller = poller()
        folder.write([1], to: "model.pkl")
        _ = poller.poll(now: later)
        let first = try registry.deployment("m").promoted
        folder.write([0, 0], to: "model.pkl")
        _ = poller.poll(now: later)
        #expect(state == "ready, but not a model")
        #expect(try registry.deployment("m").promoted === first)
        folder.write([1, 1, 1], to: "model.pkl")
        _ = poller.poll(now: later)
        #expect(state == "ready")
        #expect(try registry.deployment("m").promoted !== first)
        #expect(try registry.deployment("m").promoted.meter === first.meter)
    }

    @Test("A folder of models takes the place of the model that was waited for")
    func folders() {
        var poller = poller()
        _ = poller.poll(now: later)
        folder.makeFolder("one")
        folder.write([1], to: "one/model.pkl")
        _ = poller.poll(now: later)
        #expect(registry.names == ["one"])
    }

    @Test("Readiness is that of all models, and of none while stopping")
    func readiness() {
        #expect(registry.obstacles == ["server": "no model found yet"])
        registry.setWaiting("a", reason: "r")
        registry.set(LoadedModel(name: "b", plan: StubModel().plan()))
        #expect(registry.obstacles == ["a": "r"])
        registry.set(LoadedModel(name: "a", plan: StubModel().plan()))
        #expect(registry.obstacles.isEmpty)
        registry.setFailed("a", reason: "worse")
        #expect(registry.obstacles.isEmpty)
        registry.beginDraining()
        #expect(registry.obstacles == ["server": "shutting down"])
    }

    @Test("A file that is no pickle says so")
    func notAPickle() {
        folder.write(Array("hello".utf8), to: "model.pkl")
        #expect(throws: (any Error).self) { try PickleModelLoader().load(path: folder.path("model.pkl")) }
        #expect(throws: (any Error).self) { try PickleModelLoader().load(path: folder.path("missing.pkl")) }
    }
}
