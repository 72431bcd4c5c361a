import Foundation
import ModelStore
import TestSupport
import Testing

@Suite("The store, several writers at once")
struct StoreWritersTests {
    /// Runs shell commands at once, each a loop of its own, and waits for all.
    private func atOnce(_ commands: [String]) throws -> BuiltTool.Outcome {
        let script = commands.map { "(set -e; \($0)) & jobs+=($!)" }.joined(separator: "\n")
        return try BuiltTool.shell(
            "jobs=()\n\(script)\nfor job in ${jobs[@]}; do wait $job || exit 1; done", seconds: 300)
    }

    @Test("Two processes save 50 versions each: 100 versions, none lost, none mixed", .timeLimit(.minutes(10)))
    func twoWriters() throws {
        let test = try StoreUnderTest()
        let outcome = try atOnce(
            test.models.map { model in
                "for i in $(seq 50); do apus models save forest \(model.path) --store \(test.store.layout.path); done"
            })
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let model = try test.store.model(test.name)
        #expect(model.versions.map(\.version.number) == Array(1...100))
        #expect(Set(model.versions.compactMap(\.metadata?.id)).count == 100)
        for (_, sha256) in test.models {
            #expect(model.versions.filter { $0.metadata?.sha256 == sha256 }.count == 50)
        }
        try test.checkWhole()
        #expect(try test.store.validate(test.name).violations == [])
        let names = try FileManager.default.contentsOfDirectory(atPath: test.path(""))
        #expect(names.filter { $0.hasPrefix(".") } == [])
        let promoted = try #require(model.promoted?.number)
        print("writers: 2 x 50 saves, \(model.versions.count) versions, v\(promoted) promoted")
    }

    @Test("Saves, promotions, rollbacks and deletions at once leave a whole model", .timeLimit(.minutes(10)))
    func mixed() throws {
        let test = try StoreUnderTest(models: 3)
        for model in test.models { try test.apus("save", "forest", model.path) }
        let store = "--store \(test.store.layout.path)"
        // Some are refused, as what they name may be gone by then.
        let outcome = try atOnce([
            "for i in $(seq 20); do apus models save forest \(test.models[0].path) --keep 4 \(store) || true; done",
            "for i in $(seq 20); do apus models save forest \(test.models[1].path) --no-promote \(store) || true; done",
            "for i in $(seq 20); do apus models promote forest $((i + 2)) \(store) || true; done",
            "for i in $(seq 20); do apus models rollback forest \(store) || true; done",
            "for i in $(seq 20); do apus models delete forest $((i + 1)) \(store) || true; done",
        ])
        #expect(outcome.exitCode == 0)
        for line in outcome.errors.split(separator: "\n") {
            #expect(line.hasPrefix("apus: "), "\(line)")
        }
        #expect(try test.apus("save", "forest", test.models[2].path).exitCode == 0)
        try test.checkWhole()
        #expect(try test.store.validate(test.name).violations == [])
        #expect(try test.store.load(test.name).metadata?.sha256 == test.models[2].sha256)
    }
}
