import Foundation
import ModelStore
import TestSupport
import Testing

@testable import RemoteModels

@Suite("Pushing models")
struct PushTests {
    private let folder = TemporaryFolder()
    private let store: ModelStore
    private let name: ModelName

    init() throws {
        store = ModelStore(path: folder.path("store"), writer: "tests")
        name = try ModelName("forest")
        for seed in 1...2 {
            folder.write(content(100, seed: UInt64(seed)), to: "model.pkl")
            try store.save(name, from: folder.path("model.pkl"))
        }
    }

    private func push(_ version: ModelVersion? = nil) async throws -> PushedModel {
        let uri = try ModelURI("file://\(folder.path("there"))")
        return try await store.push(name, version, to: uri, settings: try hastySettings())
    }

    @Test("What was pushed is a store whose promoted version is the one that was pushed last")
    func store() async throws {
        #expect(try await push(ModelVersion(1)).wasThere == false)
        let pushed = try await push()
        #expect(pushed.uri.description == "file://\(folder.path("there"))/forest")
        #expect(pushed.version.number == 2)
        let there = ModelStore(path: folder.path("there"), writer: "tests")
        let model = try there.model(name)
        #expect(model.problems == [])
        #expect(model.promoted?.number == 2)
        #expect(model.metadata?.history.map(\.number) == [1])
        #expect(try there.load(name).bytes == content(100, seed: 2))
        #expect(try there.load(name, ModelVersion(1)).bytes == content(100, seed: 1))
        #expect(try there.validate(name).isValid)
        #expect(folder.files.filter { $0.hasPrefix("there/") && $0.hasSuffix(".pkl") }.count == 3)
    }

    @Test("A version that is there is only promoted; another one of its number is refused")
    func again() async throws {
        _ = try await push()
        _ = try await push(ModelVersion(1))
        let again = try await push()
        #expect(again.wasThere)
        let other = ModelStore(path: folder.path("other"), writer: "tests")
        try other.save(name, from: folder.path("model.pkl"))
        let uri = try ModelURI("file://\(folder.path("there"))")
        let settings = try hastySettings()
        let error = await #expect(throws: StoreError.self) { try await other.push(name, to: uri, settings: settings) }
        #expect(error?.code == .refused)
        #expect(error?.message.contains("there/forest/v1/ holds another version of that number") == true)
        #expect(folder.read("there/forest/model.pkl") == content(100, seed: 2))
    }

    @Test("Where KServe would find a second model file, nothing is pushed")
    func second() async throws {
        folder.makeFolder("there")
        folder.makeFolder("there/forest")
        folder.write([1], to: "there/forest/old.joblib")
        let error = await #expect(throws: StoreError.self) { _ = try await push() }
        #expect(error?.code == .refused)
        #expect(error?.message.contains("forest/old.joblib is another model file beside model.pkl") == true)
        #expect(folder.files.filter { $0.hasPrefix("there/") } == ["there/forest/old.joblib"])
    }

    @Test("What is not there, damaged, or has no place to go is refused")
    func refused() async throws {
        let missing = await #expect(throws: StoreError.self) { _ = try await push(ModelVersion(9)) }
        #expect(missing?.code == .notFound)
        let settings = try hastySettings()
        for text in ["https://host/models", "models:/pm/1"] {
            let error = await #expect(throws: StoreError.self) {
                _ = try await store.push(name, to: ModelURI(text), settings: settings)
            }
            #expect(error?.code == .unsupported)
        }
        folder.write(content(100, seed: 3), to: "store/forest/v2/model.pkl")
        let damaged = await #expect(throws: StoreError.self) { _ = try await push() }
        #expect(damaged?.code == .corrupted)
    }

    @Test("A model from elsewhere is saved with what is known of it there")
    func saving() async throws {
        _ = try await push()
        let model = try RemoteModel(
            ModelURI("file://\(folder.path("there"))/forest"), settings: try hastySettings())
        let cache = ModelCache(path: folder.path("cache"), writer: "tests")
        let other = ModelStore(path: folder.path("other"), writer: "tests")
        var options = SaveOptions()
        options.details.seed = 42
        let saved = try await other.save(ModelName("copy"), from: model, by: cache, options: options)
        #expect(saved.isPromoted)
        let loaded = try other.load(ModelName("copy"))
        #expect(loaded.bytes == content(100, seed: 2))
        #expect(loaded.metadata?.details.seed == 42)
        #expect(loaded.metadata?.details.other["source"]?.string == model.uri.description)
        #expect(folder.files.filter { $0.hasPrefix("cache/") } == [])
    }
}
