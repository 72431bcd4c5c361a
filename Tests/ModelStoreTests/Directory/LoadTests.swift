import Glibc
import TestSupport
import Testing

@testable import ModelStore

@Suite("Loading, and what cannot be trusted")
struct LoadTests {
    private func text(_ loaded: LoadedFile) -> String { String(decoding: loaded.bytes, as: UTF8.self) }

    @Test("The promoted file and each version are read and known")
    func load() throws {
        let fixture = try StoreFixture()
        for letter in ["a", "b"] { try fixture.save("model \(letter)") }
        let promoted = try fixture.store.load(fixture.name)
        #expect(text(promoted) == "model b" && promoted.version?.number == 2 && promoted.metadata?.size == 7)
        let first = try fixture.store.load(fixture.name, fixture.version(1))
        #expect(text(first) == "model a" && first.version?.number == 1)
        #expect(first.path == fixture.path("v1/model.pkl"))
    }

    @Test("A copy out of the store replaces a file when it is whole")
    func copy() throws {
        let fixture = try StoreFixture()
        try fixture.save("model a")
        let destination = fixture.source("old", "copy.pkl")
        #expect(try fixture.store.copy(fixture.name, to: destination).version?.number == 1)
        #expect(try Files.contents(of: destination, limit: 100).bytes == Array("model a".utf8))
        fixture.put("model X", at: "forest/v1/model.pkl")
        #expect(throws: StoreError.self) { try fixture.store.copy(fixture.name, fixture.version(1), to: destination) }
        #expect(try Files.contents(of: destination, limit: 100).bytes == Array("model a".utf8))
        #expect(try Files.entries(ofFolder: fixture.folder.path)?.map(\.name) == ["copy.pkl", "source.pkl", "store"])
    }

    @Test("A file that is not what its metadata says is not loaded")
    func corrupted() throws {
        let fixture = try StoreFixture()
        try fixture.save("model a")
        fixture.put("model X", at: "forest/v1/model.pkl")
        fixture.put("model Y", at: "forest/model.pkl")
        for version in [nil, try fixture.version(1)] {
            let error = #expect(throws: StoreError.self) { try fixture.store.load(fixture.name, version) }
            #expect(error?.code == .corrupted)
            #expect(error?.message.contains("is not the file that was saved: it has 7 bytes") == true)
        }
        #expect(try fixture.store.validate(fixture.name).violations.map(\.rule) == [.metadata, .metadata])
        #expect(try fixture.store.model(fixture.name).problems.count == 1)
        #expect(try fixture.store.models().map(\.problem?.code) == [.corrupted])
    }

    @Test("While others promote and prune, what is loaded is what was saved")
    func changing() async throws {
        let fixture = try StoreFixture()
        try fixture.save("model 0")
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for number in 1...100 { #expect(throws: Never.self) { try fixture.save("model \(number)", keep: 1) } }
            }
            group.addTask {
                for _ in 0..<300 {
                    #expect(throws: Never.self) {
                        let loaded = try fixture.store.load(fixture.name)
                        let number = (loaded.version?.number ?? 0) - 1
                        #expect(loaded.bytes == Array("model \(number)".utf8))
                    }
                }
            }
        }
    }

    @Test(
        "Metadata that lies about the checksum is found out", arguments: ["forest_metadata.json", "v1/metadata.json"])
    func lie(_ file: String) throws {
        let fixture = try StoreFixture()
        try fixture.save("model a")
        let lie = try #require(fixture.text(file)).replacing(#"sha256": ""#, with: #"sha256": "0"#)
        let text = lie.replacing(#/(?<sum>"sha256": "[0-9a-f]{64})[0-9a-f]"/#) { "\($0.output.sum)\"" }
        fixture.put(text, at: "forest/\(file)")
        #expect(try !fixture.store.validate(fixture.name).isValid)
        if file.hasPrefix("v1") {
            #expect(throws: StoreError.self) { try fixture.store.load(fixture.name, fixture.version(1)) }
        } else {
            // The file at the top is the truth: it is that of version 1.
            #expect(try fixture.store.load(fixture.name).version?.number == 1)
        }
    }

    @Test("Metadata that is not JSON is told, and its version not trusted", arguments: ["", "{", "[]", "\u{0}", "NaN"])
    func notJSON(_ text: String) throws {
        let fixture = try StoreFixture()
        try fixture.save("model a")
        try fixture.save("model b")
        fixture.put(text, at: "forest/forest_metadata.json")
        #expect(try fixture.store.load(fixture.name).version?.number == 2)
        #expect(try fixture.store.models().map(\.promoted?.number) == [2])
        guard text != "[]" else { return }
        fixture.put(text, at: "forest/v1/metadata.json")
        let error = #expect(throws: StoreError.self) { try fixture.store.load(fixture.name, fixture.version(1)) }
        #expect(error?.message.hasPrefix("\(fixture.path("v1/metadata.json")) is not JSON") == true)
        #expect(try fixture.store.model(fixture.name).problems.count == 2)
        #expect(try fixture.store.validate(fixture.name).violations.map(\.rule) == [.metadata, .metadata, .metadata])
    }

    @Test("Metadata that names a file elsewhere is refused")
    func path() throws {
        let fixture = try StoreFixture()
        try fixture.save("model a")
        let text = try #require(fixture.text("v1/metadata.json"))
        let path = text.replacing("\"model.pkl\"", with: "\"../model.pkl\"")
        fixture.put(path, at: "forest/v1/metadata.json")
        let error = #expect(throws: StoreError.self) { try fixture.store.load(fixture.name, fixture.version(1)) }
        #expect(error?.message.hasSuffix(#""file" is not the name of a model file"#) == true)
    }

    @Test(
        "Nothing is read through a link that leads out of the store", arguments: ["forest", "v1", "model.pkl", "meta"])
    func linkOut(_ what: String) throws {
        let fixture = try StoreFixture()
        let elsewhere = try StoreFixture()
        try elsewhere.save("model a")
        var place = fixture.path("")
        if what == "forest" {
            place.removeLast()
            symlink(elsewhere.path(""), place)
        } else {
            try fixture.save("model a")
            place = fixture.path(what == "meta" ? "forest_metadata.json" : what)
            Files.clear(place)
            symlink(elsewhere.path(what == "meta" ? "forest_metadata.json" : what), place)
        }
        let version = what == "v1" ? try fixture.version(1) : nil
        if what == "meta" {
            #expect(throws: StoreError.self) { try fixture.store.promotedMetadata(of: fixture.name) }
        } else {
            let error = #expect(throws: StoreError.self) { try fixture.store.load(fixture.name, version) }
            #expect(error?.code == .outsideStore)
            #expect(error?.message.hasPrefix("\(place) is a symbolic link that leads out of the store") == true)
            #expect(try fixture.store.validate(fixture.name).violations.map(\.rule).contains(.inStore))
        }
        if what == "forest" || what == "model.pkl" {
            #expect(try fixture.store.models().map(\.problem?.code) == [.outsideStore])
            #expect(throws: StoreError.self) { try fixture.save("model b") }
        }
    }

    @Test("A link that stays in the store is followed")
    func linkWithin() throws {
        let fixture = try StoreFixture()
        try fixture.save("model a")
        symlink("forest", fixture.folder.path("store/alias"))
        let alias = try ModelName("alias")
        #expect(try text(fixture.store.load(alias)) == "model a")
        #expect(try fixture.store.models().map(\.name.text) == ["alias", "forest"])
    }
}
