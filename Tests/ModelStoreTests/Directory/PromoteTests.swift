import Glibc
import TestSupport
import Testing

@testable import ModelStore

@Suite("Promoting and rolling back")
struct PromoteTests {
    @Test("A version is promoted, and rollbacks go back one by one")
    func rollback() throws {
        let fixture = try StoreFixture()
        for letter in ["a", "b", "c"] { try fixture.save("model \(letter)") }
        try fixture.store.promote(fixture.name, fixture.version(1))
        #expect(try fixture.state() == [[1], [1, 2, 3], [1, 2, 3]])
        #expect(fixture.text("model.pkl") == "model a")
        for (promoted, history) in [(3, [1, 2]), (2, [1]), (1, [])] {
            #expect(try fixture.store.rollback(fixture.name).metadata.version.number == promoted)
            #expect(try fixture.state() == [[promoted], history, [1, 2, 3]])
        }
        let error = #expect(throws: StoreError.self) { try fixture.store.rollback(fixture.name) }
        #expect(error?.code == .refused)
        #expect(fixture.text("model.pkl") == "model a")
    }

    @Test("Promoting what is promoted changes nothing")
    func again() throws {
        let fixture = try StoreFixture()
        for letter in ["a", "b"] { try fixture.save("model \(letter)") }
        let before = try #require(try FileStatus(of: fixture.path("model.pkl")))
        try fixture.store.promote(fixture.name, fixture.version(2))
        #expect(try FileStatus(of: fixture.path("model.pkl")) == before)
        #expect(try fixture.state() == [[2], [1], [1, 2]])
    }

    @Test("A version that is not there is refused, and those there are named")
    func missing() throws {
        let fixture = try StoreFixture()
        let none = #expect(throws: StoreError.self) { try fixture.store.promote(fixture.name, fixture.version(1)) }
        #expect(none?.message.hasPrefix("there is no model forest") == true)
        for letter in ["a", "b"] { try fixture.save("model \(letter)") }
        #expect(throws: StoreError(.notFound, "forest has no version v7; it has v1, v2")) {
            try fixture.store.promote(fixture.name, fixture.version(7))
        }
        #expect(try fixture.state() == [[2], [1], [1, 2]])
    }

    @Test("A version that is not what was saved is not promoted")
    func corrupted() throws {
        let fixture = try StoreFixture()
        for letter in ["a", "b"] { try fixture.save("model \(letter)") }
        fixture.put("model X", at: "forest/v1/model.pkl")
        let error = #expect(throws: StoreError.self) { try fixture.store.promote(fixture.name, fixture.version(1)) }
        #expect(error?.code == .corrupted)
        #expect(fixture.text("model.pkl") == "model b")
        #expect(try fixture.names() == ["forest_metadata.json", "model.pkl", "v1", "v2"])
    }

    @Test("A rollback skips versions that are gone")
    func gone() throws {
        let fixture = try StoreFixture()
        for letter in ["a", "b", "c"] { try fixture.save("model \(letter)") }
        try fixture.store.delete(fixture.name, fixture.version(2))
        #expect(try fixture.store.rollback(fixture.name).metadata.version.number == 1)
        #expect(try fixture.state() == [[1], [], [1, 3]])
    }

    /// A writer was killed after the first of the two renames of a promotion.
    @Test("Metadata behind the truth is seen through, and repaired by the next writer")
    func killedBetweenRenames() throws {
        let fixture = try StoreFixture()
        for letter in ["a", "b", "c"] { try fixture.save("model \(letter)", promotes: letter != "c") }
        #expect(try fixture.state() == [[2], [1], [1, 2, 3]])
        fixture.put("model c", at: "forest/.tmp-promote-dead")
        rename(fixture.path(".tmp-promote-dead"), fixture.path("model.pkl"))
        #expect(try fixture.state() == [[3], [1, 2], [1, 2, 3]])
        #expect(try fixture.store.models().map(\.promoted?.number) == [3])
        #expect(try fixture.store.load(fixture.name).version?.number == 3)
        #expect(try fixture.store.validate(fixture.name).violations.map(\.rule) == [.metadata])
        try fixture.save("model d")
        #expect(try fixture.state() == [[4], [1, 2, 3], [1, 2, 3, 4]])
        #expect(try fixture.store.validate(fixture.name).violations == [])
    }

    @Test("A rollback that was killed half-way is a rollback")
    func killedRollback() throws {
        let fixture = try StoreFixture()
        for letter in ["a", "b", "c"] { try fixture.save("model \(letter)") }
        fixture.put("model b", at: "forest/model.pkl")
        #expect(try fixture.state() == [[2], [1], [1, 2, 3]])
        #expect(try fixture.store.rollback(fixture.name).metadata.version.number == 1)
    }

    @Test("A file that others put at the top becomes a version before it is replaced")
    func adopted() throws {
        let fixture = try StoreFixture()
        try fixture.save("model a")
        fixture.put("model by hand", at: "forest/model.pkl")
        #expect(try fixture.state() == [[], [], [1]])
        try fixture.save("model b")
        #expect(try fixture.state() == [[3], [1, 2], [1, 2, 3]])
        #expect(fixture.text("v2/model.pkl") == "model by hand")
    }

    @Test("The split of requests follows a promotion")
    func traffic() throws {
        let fixture = try StoreFixture()
        for letter in ["a", "b", "c"] { try fixture.save("model \(letter)", promotes: false) }
        let split = try Traffic(
            canary: Traffic.Canary(version: fixture.version(2), percent: 10), shadow: fixture.version(3))
        try fixture.store.setTraffic(split, of: fixture.name)
        #expect(try fixture.store.model(fixture.name).traffic == split)
        try fixture.store.promote(fixture.name, fixture.version(2))
        #expect(try fixture.store.traffic(of: fixture.name).json.text == #"{"shadow":{"version":3}}"#)
        try fixture.store.promote(fixture.name, fixture.version(3))
        #expect(try !fixture.names().contains("traffic.json"))
    }

    @Test("Traffic to a version that is not there is refused, a broken file is told")
    func badTraffic() throws {
        let fixture = try StoreFixture()
        try fixture.save("model a")
        #expect(throws: StoreError.self) {
            try fixture.store.setTraffic(Traffic(shadow: fixture.version(9)), of: fixture.name)
        }
        for text in ["{", #"{"canary": {"version": 1, "percent": 200}}"#] {
            fixture.put(text, at: "forest/traffic.json")
            let error = #expect(throws: StoreError.self) { try fixture.store.traffic(of: fixture.name) }
            #expect(error?.message.hasPrefix(fixture.path("traffic.json")) == true)
            #expect(try fixture.store.model(fixture.name).problems.count == 1)
            #expect(try fixture.store.validate(fixture.name).violations.map(\.rule) == [.traffic])
        }
    }
}
