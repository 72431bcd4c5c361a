import Glibc
import TestSupport
import Testing

@testable import ModelStore

@Suite("Deleting and sweeping")
struct DeleteTests {
    @Test("A version is deleted, and its number not used again")
    func version() throws {
        let fixture = try StoreFixture()
        for letter in ["a", "b", "c"] { try fixture.save("model \(letter)", promotes: letter == "a") }
        try fixture.store.delete(fixture.name, fixture.version(3))
        #expect(try fixture.state() == [[1], [], [1, 2]])
        #expect(try fixture.names("v3") == ["deleted.json"])
        #expect(try fixture.save("model d").version.version.number == 4)
        #expect(throws: StoreError(.notFound, "forest has no version v3; it has v1, v2, v4")) {
            try fixture.store.delete(fixture.name, fixture.version(3))
        }
    }

    @Test("A version that is needed is not deleted")
    func needed() throws {
        let fixture = try StoreFixture()
        for letter in ["a", "b"] { try fixture.save("model \(letter)") }
        try fixture.store.setTraffic(Traffic(shadow: fixture.version(1)), of: fixture.name)
        #expect(throws: StoreError(.refused, "v2 of forest is promoted: promote another version first")) {
            try fixture.store.delete(fixture.name, fixture.version(2))
        }
        #expect(throws: StoreError(.refused, "v1 of forest gets traffic: end its canary or shadow first")) {
            try fixture.store.delete(fixture.name, fixture.version(1))
        }
        #expect(try fixture.state()[2] == [1, 2])
    }

    @Test("A link to a version is deleted, not the version")
    func link() throws {
        let fixture = try StoreFixture()
        for letter in ["a", "b"] { try fixture.save("model \(letter)") }
        symlink("v1", fixture.path("v3"))
        #expect(try fixture.state()[2] == [1, 2, 3])
        try fixture.store.delete(fixture.name, fixture.version(3))
        #expect(try fixture.state()[2] == [1, 2])
        #expect(fixture.text("v1/model.pkl") == "model a")
        #expect(try fixture.save("model c").version.version.number == 4)
    }

    @Test("A model is deleted with all its versions, and its legacy file")
    func model() throws {
        let fixture = try StoreFixture()
        for letter in ["a", "b"] { try fixture.save("model \(letter)") }
        fixture.put("model", at: "forest.pkl")
        fixture.put("{}", at: "forest_metadata.json")
        try fixture.store.delete(fixture.name)
        #expect(try Files.entries(ofFolder: fixture.folder.path("store"))?.isEmpty == true)
        #expect(throws: StoreError.self) { try fixture.store.delete(fixture.name) }
        #expect(try fixture.save("model c").version.version.number == 1)
    }

    @Test("What dead writers left is swept after an hour, what live ones write is not")
    func sweep() throws {
        let fixture = try StoreFixture()
        try fixture.save("model a")
        for path in ["forest/.tmp-version-old/model.pkl", "forest/.tmp-version-new/model.pkl"] {
            fixture.put("half", at: path)
        }
        fixture.put("half", at: "forest/.tmp-promote-old")
        fixture.put("half", at: ".tmp-deleted-old/v1/model.pkl")
        // Old folders with a file that is still being written.
        fixture.put("half", at: "forest/.tmp-version-slow/model.pkl")
        for path in [
            ".tmp-version-old/model.pkl", ".tmp-version-old", ".tmp-promote-old", "../.tmp-deleted-old/v1",
            "../.tmp-deleted-old", ".tmp-version-slow",
        ] {
            fixture.age(fixture.path(path), seconds: 4_000)
        }
        try fixture.save("model b")
        #expect(try fixture.names().filter { $0.hasPrefix(".") } == [".tmp-version-new", ".tmp-version-slow"])
        #expect(try Files.entries(ofFolder: fixture.folder.path("store"))?.map(\.name) == ["forest"])
        #expect(try fixture.store.models().count == 1)
    }

    @Test("A deletion that was killed half-way is finished by the next writer, and tombstones go in the end")
    func tombstones() throws {
        let fixture = try StoreFixture()
        for letter in ["a", "b", "c"] { try fixture.save("model \(letter)") }
        fixture.put("{}", at: "forest/v1/deleted.json")
        #expect(try fixture.state() == [[3], [1, 2], [2, 3]])
        try fixture.save("model d")
        #expect(try fixture.names("v1") == ["deleted.json"])
        for path in ["v1/deleted.json", "v1"] { fixture.age(fixture.path(path), seconds: 4_000) }
        try fixture.save("model e")
        #expect(try fixture.names() == ["forest_metadata.json", "model.pkl", "v2", "v3", "v4", "v5"])
    }

    @Test("The tombstone of the highest number stays")
    func highest() throws {
        let fixture = try StoreFixture()
        for letter in ["a", "b"] { try fixture.save("model \(letter)", promotes: false) }
        try fixture.store.delete(fixture.name, fixture.version(2))
        for path in ["v2/deleted.json", "v2"] { fixture.age(fixture.path(path), seconds: 4_000) }
        let folder = try #require(try FileStatus(of: fixture.path("")))
        fixture.store.sweep(fixture.name, now: folder.modified)
        #expect(try fixture.names("v2") == ["deleted.json"])
    }

    @Test("The KServe URI")
    func uri() throws {
        let name = try ModelName("anomaly-detector")
        #expect(ModelStore.uri(of: name) == "pvc://model-storage-pvc/anomaly-detector")
        #expect(ModelStore.uri(of: name, claim: "gpu") == "pvc://gpu/anomaly-detector")
    }
}
