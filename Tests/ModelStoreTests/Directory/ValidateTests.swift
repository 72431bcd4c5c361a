import TestSupport
import Testing

@testable import ModelStore

@Suite("Validating")
struct ValidateTests {
    private func rules(_ fixture: StoreFixture) throws -> [ValidationRule] {
        try fixture.store.validate(fixture.name).violations.map(\.rule)
    }

    @Test("A saved model keeps all rules")
    func valid() throws {
        let fixture = try StoreFixture()
        for letter in ["a", "b"] { try fixture.save("model \(letter)") }
        #expect(try fixture.store.validate(fixture.name).isValid)
        #expect(throws: StoreError.self) { try fixture.store.validate(ModelName("other")) }
    }

    @Test("A second file at the top is named")
    func twoFiles() throws {
        let fixture = try StoreFixture()
        try fixture.save("model a")
        fixture.put("x", at: "forest/ensemble_config.pkl")
        let violation = try #require(try fixture.store.validate(fixture.name).violations.first)
        #expect(violation.rule == .oneFile)
        #expect(violation.problem.hasSuffix("holds 2 model files: ensemble_config.pkl, model.pkl"))
        #expect(violation.remedy.hasPrefix("keep one of them"))
    }

    @Test("No file at the top, and an empty one")
    func noFile() throws {
        let fixture = try StoreFixture()
        try fixture.save("model a")
        fixture.put("", at: "forest/model.pkl")
        #expect(try rules(fixture) == [.notEmpty])
        Files.clear(fixture.path("model.pkl"))
        #expect(try rules(fixture) == [.oneFile])
        Files.clear(fixture.path("v1"))
        let remedy = try fixture.store.validate(fixture.name).violations.first?.remedy
        #expect(remedy == "save a model (apus models save)")
    }

    @Test("What Apus, and what scikit-learn cannot load")
    func unservable() throws {
        let fixture = try StoreFixture()
        fixture.put("custom", at: "forest/model.pkl")
        let violations = try fixture.store.validate(fixture.name).violations
        #expect(violations.map(\.rule) == [.apus, .scikitLearn])
        #expect(violations[1].problem == "it holds __main__.Ensemble")
        fixture.put("garbage", at: "forest/model.pkl")
        #expect(try rules(fixture) == [.apus, .scikitLearn])
    }

    @Test("A model of an older layout is told to migrate")
    func flat() throws {
        let fixture = try StoreFixture()
        fixture.put("model a", at: "forest.pkl")
        let violations = try fixture.store.validate(fixture.name).violations
        #expect(violations.map(\.remedy) == ["run: apus models migrate forest"])
    }

    @Test("A model as a notebook writes it keeps all rules, until it has versions and is none of them")
    func foreign() throws {
        let fixture = try StoreFixture()
        fixture.put("model a", at: "forest/model.pkl")
        #expect(try rules(fixture) == [])
        fixture.put("model b", at: "forest/v1/model.pkl")
        #expect(try rules(fixture) == [.metadata])
        try fixture.store.migrate(fixture.name)
        #expect(try rules(fixture) == [])
    }

    @Test("Metadata of another model, or another version, is not true")
    func copied() throws {
        let fixture = try StoreFixture()
        for letter in ["a", "b"] { try fixture.save("model \(letter)") }
        let metadata = try #require(fixture.text("v2/metadata.json"))
        fixture.put(metadata.replacing(#""name": "forest""#, with: #""name": "tree""#), at: "forest/v2/metadata.json")
        let violation = try #require(try fixture.store.validate(fixture.name).violations.first)
        #expect(violation.problem == "\(fixture.path("v2")) says that it is v2 of \"tree\"")
    }
}
