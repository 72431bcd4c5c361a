import Glibc
import TestSupport
import Testing

@testable import ModelStore

@Suite("What others wrote")
struct ForeignLayoutTests {
    @Test("A lone file is a model without a version", arguments: ["model.pkl", "x.joblib", "x.pickle"])
    func lone(_ file: String) throws {
        let fixture = try StoreFixture()
        fixture.put("model a", at: "forest/\(file)")
        fixture.put(#"{"model_name": "forest", "accuracy": NaN}"#, at: "forest/forest_metadata.json")
        #expect(try fixture.store.models().map(\.file?.path) == [fixture.path(file)])
        #expect(try fixture.state() == [[], [], []])
        let loaded = try fixture.store.load(fixture.name)
        #expect(loaded.version == nil && loaded.metadata == nil && loaded.path == fixture.path(file))
        try fixture.save("model b")
        #expect(try fixture.state() == [[2], [1], [1, 2]])
        #expect(try fixture.names() == ["forest_metadata.json", "model.pkl", "v1", "v2"])
        #expect(try fixture.store.rollback(fixture.name).metadata.version.number == 1)
        #expect(fixture.text("model.pkl") == "model a")
        #expect(fixture.text("v1/metadata.json")?.contains("accuracy") == true)
    }

    @Test("A flat file is a model, and migrates with what is said of it")
    func flat() throws {
        let fixture = try StoreFixture()
        fixture.put("model a", at: "forest.pkl")
        fixture.put(#"{"trained_at": "today", "seed": 7}"#, at: "forest_metadata.json")
        #expect(try fixture.store.models().map(\.path) == [fixture.folder.path("store/forest.pkl")])
        #expect(try fixture.store.load(fixture.name).bytes == Array("model a".utf8))
        #expect(throws: StoreError.self) { try fixture.store.promote(fixture.name, fixture.version(1)) }
        let promoted = try fixture.store.migrate(fixture.name)
        #expect(promoted.metadata.version.number == 1 && promoted.metadata.details.seed == 7)
        #expect(promoted.metadata.details.other == ["trained_at": "today"])
        #expect(try Files.entries(ofFolder: fixture.folder.path("store"))?.map(\.name) == ["forest"])
        #expect(try fixture.state() == [[1], [], [1]])
        #expect(try fixture.store.migrate(fixture.name) == promoted)
    }

    @Test("A flat file beside a folder is newer than it, unless it is the same")
    func flatAgain() throws {
        let fixture = try StoreFixture()
        try fixture.save("model a")
        fixture.put("model a", at: "forest.pkl")
        #expect(try fixture.store.migrate(fixture.name).metadata.version.number == 1)
        fixture.put("custom b", at: "forest.pkl")
        #expect(try fixture.store.migrate(fixture.name).metadata.version.number == 2)
        #expect(fixture.text("model.pkl") == "custom b")
        #expect(try Files.entries(ofFolder: fixture.folder.path("store"))?.map(\.name) == ["forest"])
    }

    @Test("A flat file is saved over: it becomes the first version")
    func saveOverFlat() throws {
        let fixture = try StoreFixture()
        fixture.put("model a", at: "forest.pkl")
        try fixture.save("model b")
        #expect(try fixture.state() == [[2], [1], [1, 2]])
        #expect(try Files.entries(ofFolder: fixture.folder.path("store"))?.map(\.name) == ["forest"])
    }

    @Test("A flat link is not moved, as it could lead elsewhere from there")
    func flatLink() throws {
        let fixture = try StoreFixture()
        fixture.put("model a", at: "shared.pkl")
        symlink("shared.pkl", fixture.folder.path("store/forest.pkl"))
        #expect(try fixture.store.load(fixture.name).bytes == Array("model a".utf8))
        symlink("/etc/passwd", fixture.folder.path("store/out.pkl"))
        #expect(try fixture.store.models().map(\.name.text) == ["forest", "out", "shared"])
        #expect(try fixture.store.models().map(\.problem?.code) == [nil, .outsideStore, nil])
        Files.clear(fixture.folder.path("store/out.pkl"))
        let error = #expect(throws: StoreError.self) { try fixture.store.migrate(fixture.name) }
        #expect(error?.message.hasSuffix("is a symbolic link: replace it by a copy of what it leads to") == true)
        #expect(try Files.entries(ofFolder: fixture.folder.path("store"))?.map(\.name) == ["forest.pkl", "shared.pkl"])
    }

    @Test(
        "Of several writers at once, one adopts a file",
        arguments: ["forest.pkl", "forest/x.joblib", "forest/model.pkl"])
    func adoptedOnce(_ place: String) async throws {
        for _ in 0..<10 {
            let fixture = try StoreFixture()
            fixture.put("model by hand", at: place)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<4 {
                    let source = fixture.source("model \(writer)", "source-\(writer)")
                    group.addTask { _ = try fixture.store.save(fixture.name, from: source) }
                }
                try await group.waitForAll()
            }
            #expect(try fixture.state()[2] == [1, 2, 3, 4, 5])
            let texts = (1...5).compactMap { fixture.text("v\($0)/model.pkl") }
            #expect(texts.filter { $0 == "model by hand" }.count == 1)
            #expect(try fixture.store.validate(fixture.name).violations == [])
            #expect(try Files.entries(ofFolder: fixture.folder.path("store"))?.map(\.name) == ["forest"])
        }
    }

    @Test("A model anywhere migrates, whatever Apus can make of it", arguments: [false, true])
    func custom(_ removesSource: Bool) throws {
        let fixture = try StoreFixture()
        let source = fixture.source("custom")
        let saved = try fixture.store.migrate(fixture.name, from: source, removesSource: removesSource)
        #expect(saved.version.version.number == 1)
        #expect(try (FileStatus(of: source) == nil) == removesSource)
    }

    @Test("What is not there cannot migrate")
    func nothing() throws {
        let fixture = try StoreFixture()
        #expect(throws: StoreError.self) { try fixture.store.migrate(fixture.name) }
        fixture.folder.makeFolder("store/forest")
        #expect(throws: StoreError.self) { try fixture.store.migrate(fixture.name) }
        fixture.put("", at: "forest.pkl")
        let error = #expect(throws: StoreError.self) { try fixture.store.migrate(fixture.name) }
        #expect(error?.message.hasSuffix("forest.pkl is empty") == true)
    }

    @Test("Versions in folders of bare numbers, without metadata, can be promoted")
    func bareNumbers() throws {
        let fixture = try StoreFixture()
        fixture.put("model a", at: "forest/1/model.joblib")
        fixture.put("model b", at: "forest/v2/model.pkl")
        fixture.put(#"{"trained_at": "today", "sklearn version": "1.5.2"}"#, at: "forest/v2/metadata.json")
        #expect(try fixture.state() == [[], [], [1, 2]])
        #expect(try fixture.store.models().map(\.problem?.message) == ["no version of forest is promoted"])
        let two = try fixture.store.promote(fixture.name, fixture.version(2))
        #expect(two.metadata.details.other["trained_at"] == "today" && two.metadata.details.estimator == "model")
        try fixture.store.promote(fixture.name, fixture.version(1))
        #expect(fixture.text("model.pkl") == "model a")
        #expect(try fixture.state() == [[1], [2], [1, 2]])
        #expect(try fixture.save("model c").version.version.number == 3)
    }

    @Test("Two files at the top are told with KServe's sentence, and nothing is saved over them")
    func ambiguous() throws {
        let fixture = try StoreFixture()
        for file in ["a.pkl", "b.joblib"] { fixture.put("model", at: "forest/\(file)") }
        let sentence =
            "More than one model file is detected, Only one is allowed within model_dir: "
            + "[PosixPath('\(fixture.path("a.pkl"))'), PosixPath('\(fixture.path("b.joblib"))')]"
        #expect(try fixture.store.models().map(\.problem?.message) == [sentence])
        #expect(throws: StoreError(.refused, sentence)) { try fixture.store.load(fixture.name) }
        #expect(throws: StoreError(.refused, sentence)) { try fixture.save("model c") }
        #expect(try fixture.store.model(fixture.name).problems == [sentence])
        #expect(try fixture.names() == ["a.pkl", "b.joblib"])
    }

    @Test("Folders that hold no model, hidden ones and files of other kinds are none")
    func noModels() throws {
        let fixture = try StoreFixture()
        for path in ["lost+found/x", "notebooks/a.ipynb", ".git/model.pkl", "é/model.pkl", "README.md", "x.joblib"] {
            fixture.put("model", at: path)
        }
        #expect(try fixture.store.models().isEmpty)
    }

    @Test("A list believes metadata that is younger than the file and knows its size")
    func list() throws {
        let fixture = try StoreFixture()
        for index in 0..<100 {
            let name = try ModelName("model-\(index)")
            try fixture.store.save(name, from: fixture.source("model \(index)"))
        }
        let models = try fixture.store.models()
        #expect(models.map(\.name.text) == (0..<100).map { "model-\($0)" }.sorted())
        #expect(models.allSatisfy { $0.promoted?.number == 1 && $0.problem == nil && $0.metadata != nil })
    }
}
