import Glibc
import TestSupport
import Testing

@testable import ModelStore

@Suite("Saving")
struct SaveTests {
    @Test("A model becomes a version, and its file the top one")
    func first() throws {
        let fixture = try StoreFixture()
        let saved = try fixture.save("model a")
        #expect(saved.version.version.number == 1 && saved.isPromoted && saved.removed.isEmpty)
        #expect(try fixture.names() == ["forest_metadata.json", "model.pkl", "v1"])
        #expect(try fixture.names("v1") == ["metadata.json", "model.pkl"])
        #expect(fixture.text("model.pkl") == "model a" && fixture.text("v1/model.pkl") == "model a")
        let metadata = try #require(saved.version.metadata)
        #expect(metadata.name == "forest" && metadata.size == 7 && metadata.writtenBy == "tests 1.0")
        #expect(metadata.details.estimator == "model")
        #expect(metadata.created.count == 20 && metadata.created.hasSuffix("Z"))
        #expect(try fixture.state() == [[1], [], [1]])
    }

    @Test("The checksum is that of sha256sum")
    func checksum() throws {
        let fixture = try StoreFixture(examiner: nil)
        // The one-block and two-block messages of FIPS 180-2, appendix B.
        let messages = [
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ]
        for (text, sha256) in messages { #expect(try fixture.save(text).version.metadata?.sha256 == sha256) }
    }

    @Test("Versions are numbered, and what was promoted is remembered")
    func numbers() throws {
        let fixture = try StoreFixture()
        for letter in ["a", "b", "c"] { try fixture.save("model \(letter)") }
        #expect(try fixture.state() == [[3], [1, 2], [1, 2, 3]])
        #expect(fixture.text("model.pkl") == "model c" && fixture.text("v1/model.pkl") == "model a")
    }

    @Test("A version that is not promoted changes nothing but the first one")
    func withoutPromotion() throws {
        let fixture = try StoreFixture()
        #expect(try fixture.save("model a", promotes: false).isPromoted)
        #expect(try !fixture.save("model b", promotes: false).isPromoted)
        #expect(try fixture.state() == [[1], [], [1, 2]])
        #expect(fixture.text("model.pkl") == "model a")
    }

    @Test("The promoted file is a copy: writing to it leaves the version alone")
    func copy() throws {
        let fixture = try StoreFixture()
        try fixture.save("model a")
        fixture.put("model X", at: "forest/model.pkl")
        #expect(fixture.text("v1/model.pkl") == "model a")
    }

    @Test("A folder is saved by its one model file, with what its metadata says")
    func folder() throws {
        let fixture = try StoreFixture()
        fixture.folder.makeFolder("out")
        fixture.folder.write(Array("model a".utf8), to: "out/iforest.joblib")
        let metadata = #"{"name": "x", "version": "1.0", "seed": 42, "scores": {"f1": 0.9}, "trained_at": "today"}"#
        fixture.folder.write(Array(metadata.utf8), to: "out/metadata.json")
        var options = SaveOptions()
        options.details.estimator = "Given"
        let saved = try fixture.store.save(fixture.name, from: fixture.folder.path("out"), options: options)
        let details = try #require(saved.version.metadata?.details)
        #expect(details.estimator == "Given" && details.seed == 42)
        #expect(details.scores == ["f1": .double(0.9)])
        #expect(details.other == ["trained_at": "today", "adopted_metadata": ["name": "x", "version": "1.0"]])
        #expect(try fixture.names("v1") == ["metadata.json", "model.pkl"])
    }

    @Test("A version that was copied out of a store is saved as a new one")
    func copiedVersion() throws {
        let fixture = try StoreFixture()
        let first = try #require(try fixture.save("model a").version.metadata)
        let second = try #require(try fixture.store.save(fixture.name, from: fixture.path("v1")).version.metadata)
        #expect(second.version.number == 2 && second.id != first.id && second.details == first.details)
    }

    @Test("Metadata beside a model that Apus cannot understand is kept as it is")
    func foreignMetadata() throws {
        let fixture = try StoreFixture()
        fixture.folder.makeFolder("out")
        fixture.folder.write(Array("model a".utf8), to: "out/model.pkl")
        fixture.folder.write(Array(#"{"framework": "sklearn"}"#.utf8), to: "out/metadata.json")
        let saved = try fixture.store.save(fixture.name, from: fixture.folder.path("out"))
        let details = try #require(saved.version.metadata?.details)
        #expect(details.framework == nil && details.other["adopted_metadata"] == ["framework": "sklearn"])
    }

    @Test("Only the newest versions stay, and those that are needed")
    func retention() throws {
        let fixture = try StoreFixture()
        for letter in ["a", "b", "c", "d"] { try fixture.save("model \(letter)") }
        try fixture.store.promote(fixture.name, fixture.version(1))
        try fixture.store.setTraffic(Traffic(shadow: fixture.version(2)), of: fixture.name)
        let saved = try fixture.save("model e", promotes: false, keep: 1)
        // 5 is the newest, 1 promoted, 2 the shadow, 4 what a rollback would promote.
        #expect(saved.removed.map(\.number) == [3])
        #expect(try fixture.state() == [[1], [1, 2, 3, 4], [1, 2, 4, 5]])
        #expect(throws: StoreError(.refused, "at least one version is kept, not 0")) {
            try fixture.save("model f", keep: 0)
        }
        #expect(try fixture.state()[2] == [1, 2, 4, 5])
    }

    @Test("What is no model, or none that Apus can serve, is refused, and leaves no trace")
    func refused() throws {
        let fixture = try StoreFixture()
        let sources = [
            (fixture.source("garbage", "a"), "holds no model: byte 0: no pickle"),
            (fixture.source("", "b"), "is empty"),
            (fixture.source("custom", "c"), "holds a model that Apus cannot serve: class __main__.Ensemble"),
            (fixture.folder.path("missing"), "no such file or folder"), (fixture.folder.path("store"), "no model file"),
            ("/dev/null", "is not a regular file"),
        ]
        for (source, sentence) in sources {
            let error = #expect(throws: StoreError.self) { try fixture.store.save(fixture.name, from: source) }
            #expect(error?.message.contains(sentence) == true, "\(String(describing: error))")
            #expect(error?.message.contains(source) == true)
            #expect(try Files.entries(ofFolder: fixture.folder.path("store"))?.isEmpty == true)
        }
        var options = SaveOptions()
        options.refusesUnservable = false
        #expect(try fixture.store.save(fixture.name, from: fixture.folder.path("c"), options: options).isPromoted)
    }

    @Test("A folder with two model files is refused with KServe's sentence")
    func ambiguousSource() throws {
        let fixture = try StoreFixture()
        fixture.folder.makeFolder("out")
        for file in ["a.pkl", "b.pkl"] { fixture.folder.write([1], to: "out/\(file)") }
        let error = #expect(throws: StoreError.self) {
            try fixture.store.save(fixture.name, from: fixture.folder.path("out"))
        }
        #expect(error?.message.hasPrefix("More than one model file is detected") == true)
    }

    @Test("A file that grows while it is copied is refused")
    func growing() throws {
        let fixture = try StoreFixture()
        let source = fixture.source("half")
        let error = #expect(throws: StoreError.self) {
            try Files.pass(source) { _ in fixture.folder.write(Array("the whole".utf8), to: "source.pkl") }
        }
        #expect(error?.code == .refused)
        #expect(error?.message.hasSuffix("from 4 to 9 bytes: wait until it is whole") == true)
    }

    @Test("A store whose folder is missing is made, one whose parent is missing is refused")
    func missingStore() throws {
        let fixture = try StoreFixture()
        let source = fixture.source("model a")
        let new = ModelStore(path: fixture.folder.path("new"), writer: "tests")
        #expect(try new.save(fixture.name, from: source).isPromoted)
        let misspelt = ModelStore(path: fixture.folder.path("no/such"), writer: "tests")
        #expect(throws: StoreError.self) { try misspelt.save(fixture.name, from: source) }
        #expect(throws: StoreError.self) { try misspelt.models() }
        let file = ModelStore(path: source, writer: "tests")
        #expect(throws: StoreError.self) { try file.save(fixture.name, from: source) }
    }

    @Test("The group may write where it may in the volume")
    func groupRights() throws {
        let fixture = try StoreFixture()
        chmod(fixture.folder.path("store"), 0o2775)
        try fixture.save("model a")
        for folder in ["", "v1"] {
            #expect(try FileStatus(of: fixture.path(folder))?.permissions == 0o2775)
        }
    }

    @Test("A number that another writer took is left to it")
    func takenNumber() throws {
        let fixture = try StoreFixture()
        fixture.put("", at: "forest/v2")
        fixture.put("{}", at: "forest/v3/metadata.json")
        let metadata = try #require(try fixture.save("model a").version.metadata)
        for taken in ["v2", "v3"] {
            let draft = fixture.path(".tmp-version-x")
            fixture.put("x", at: "forest/.tmp-version-x/model.pkl")
            #expect(try !fixture.store.put(draft, at: fixture.path(taken), metadata, in: fixture.path("")))
        }
    }

    @Test("A rename that was done, but seems not to have been, is recognised by the version's identity")
    func retransmittedRename() throws {
        let fixture = try StoreFixture()
        let metadata = try #require(try fixture.save("model a").version.metadata)
        let gone = fixture.path(".tmp-version-gone")
        #expect(try fixture.store.put(gone, at: fixture.path("v1"), metadata, in: fixture.path("")))
        var other = metadata
        other.id = "another"
        let error = #expect(throws: StoreError.self) {
            try fixture.store.put(gone, at: fixture.path("v1"), other, in: fixture.path(""))
        }
        #expect(error?.message.hasSuffix("was removed while a version was saved in it") == true)
    }

    @Test("Several writers at once each get numbers of their own")
    func concurrent() async throws {
        let fixture = try StoreFixture()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    let source = fixture.source("model \(writer)", "source-\(writer)")
                    for _ in 0..<10 { try fixture.store.save(fixture.name, from: source) }
                }
            }
            try await group.waitForAll()
        }
        let model = try fixture.store.model(fixture.name)
        #expect(model.versions.map(\.version.number) == Array(1...40))
        #expect(Set(model.versions.compactMap(\.metadata?.id)).count == 40)
        #expect(Set(model.versions.compactMap { fixture.text("\($0.version)/model.pkl") }).count == 4)
        #expect(try fixture.store.validate(fixture.name).violations == [])
        #expect(try fixture.names().filter { $0.hasPrefix(".") } == [])
    }
}
