import Foundation
import ModelStore
import TestSupport
import Testing

@testable import RemoteModels

@Suite("The cache of models from elsewhere")
struct CacheTests {
    private let folder = TemporaryFolder()

    /// The cache, and a model in a folder that stands for a source.
    private func fixture() throws -> (cache: ModelCache, model: RemoteModel) {
        folder.makeFolder("source")
        let uri = try ModelURI("file://\(folder.path("source"))")
        return (
            ModelCache(path: folder.path("cache"), writer: "tests"),
            try RemoteModel(uri, settings: try hastySettings())
        )
    }

    /// What the cache holds of the model, by name, apart from what is hidden.
    private func held(_ fetched: ModelCache.Fetched) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        let names = try FileManager.default.subpathsOfDirectory(atPath: fetched.folder)
        for name in names where !name.hasPrefix(".") {
            files[name] = FileManager.default.contents(atPath: "\(fetched.folder)/\(name)").map { Array($0) }
        }
        return files
    }

    @Test("A model is brought once, and again when it is another")
    func fetching() async throws {
        let (cache, model) = try fixture()
        folder.write(content(100), to: "source/model.pkl")
        let first = try await cache.fetch(model)
        #expect(first.isNew)
        #expect(first.folder == cache.folder(of: model))
        #expect(try held(first) == ["model.pkl": content(100)])
        #expect(try await cache.fetch(model).isNew == false)
        folder.write(content(100, seed: 2), to: "source/new")
        folder.move("source/new", to: "source/model.pkl")
        let second = try await cache.fetch(model)
        #expect(second.isNew)
        #expect(try held(second) == ["model.pkl": content(100, seed: 2)])
    }

    @Test("A lone model of another name becomes model.pkl; what the source has no more goes")
    func names() async throws {
        let (cache, model) = try fixture()
        folder.write(content(10), to: "source/forest.joblib")
        folder.write([1], to: "source/notes.txt")
        folder.write(Array("{}".utf8), to: "source/forest_metadata.json")
        #expect(
            try held(try await cache.fetch(model))
                == ["model.pkl": content(10), "forest_metadata.json": Array("{}".utf8)])
        unlink(folder.path("source/forest_metadata.json"))
        #expect(try held(try await cache.fetch(model)) == ["model.pkl": content(10)])
    }

    @Test("Of versions the metadata comes along, and of those that get traffic the model")
    func traffic() async throws {
        let (cache, model) = try fixture()
        folder.write(content(10), to: "source/model.pkl")
        for version in 1...3 {
            folder.makeFolder("source/v\(version)")
            folder.write(content(10, seed: UInt64(version)), to: "source/v\(version)/model.pkl")
            folder.write(Array("{}".utf8), to: "source/v\(version)/metadata.json")
        }
        folder.write(Array(#"{"canary": {"version": 2, "percent": 10}}"#.utf8), to: "source/traffic.json")
        let files = try held(try await cache.fetch(model))
        #expect(
            files.keys.sorted() == [
                "model.pkl", "traffic.json", "v1/metadata.json", "v2/metadata.json", "v2/model.pkl", "v3/metadata.json",
            ])
        #expect(files["v2/model.pkl"] == content(10, seed: 2))
        folder.write(Array(#"{"canary": 1}"#.utf8), to: "source/traffic.json")
        let error = await #expect(throws: StoreError.self) { try await cache.fetch(model) }
        #expect(error?.message.hasPrefix("traffic.json: ") == true)
    }

    @Test("Several models in one place, and none, are refused; what was there before stays")
    func unclear() async throws {
        let (cache, model) = try fixture()
        let none = await #expect(throws: StoreError.self) { try await cache.fetch(model) }
        #expect(none?.code == .notFound)
        folder.write(content(10), to: "source/a.pkl")
        let fetched = try await cache.fetch(model)
        folder.write(content(10), to: "source/b.pkl")
        let several = await #expect(throws: StoreError.self) { try await cache.fetch(model) }
        #expect(several?.code == .refused)
        #expect(several?.message.hasPrefix("More than one model file is detected") == true)
        #expect(try held(fetched) == ["model.pkl": content(10)])
    }

    @Test("A file that somebody took out of the cache is brought again")
    func damaged() async throws {
        let (cache, model) = try fixture()
        folder.write(content(10), to: "source/model.pkl")
        let fetched = try await cache.fetch(model)
        unlink("\(fetched.folder)/model.pkl")
        #expect(try await cache.fetch(model).isNew)
        #expect(try held(fetched) == ["model.pkl": content(10)])
        try Data().write(to: URL(filePath: "\(fetched.folder)/.source.json"))
        #expect(try await cache.fetch(model).isNew)
    }

    @Test("Ten that fetch at once have the model once")
    func many() async throws {
        let (cache, model) = try fixture()
        folder.write(content(1_000_000), to: "source/model.pkl")
        let fresh = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<10 { group.addTask { try await cache.fetch(model).isNew } }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(fresh == 1)
        #expect(try held(try await cache.fetch(model)) == ["model.pkl": content(1_000_000)])
    }

    @Test("Models of one name at different places are apart")
    func apart() throws {
        let cache = ModelCache(path: "/cache", writer: "tests")
        let uris = ["s3://a/m", "s3://b/m", "https://h/m.pkl?a", "https://h/m.pkl?b", "models:/m/1", "s3://a/../m"]
        var folders: Set<String> = []
        for server in ["http://one", "http://two"] {
            let settings = try hastySettings([
                "AWS_ENDPOINT_URL": server, "MLFLOW_TRACKING_URI": server, "awsAnonymousCredential": "true",
            ])
            for uri in uris { folders.insert(cache.folder(of: try RemoteModel(ModelURI(uri), settings: settings))) }
        }
        // Those on the web name their server themselves.
        #expect(folders.count == 2 * uris.count - 2)
        #expect(folders.allSatisfy { $0.hasPrefix("/cache/m-") && !$0.dropFirst(7).contains("/") })
    }
}
