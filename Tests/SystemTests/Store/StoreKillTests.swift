import Foundation
import Glibc
import ModelStore
import TestSupport
import Testing

@Suite("The store, its writers killed")
struct StoreKillTests {
    /// How far a save got before it was killed, by what it left; `promoting` is between the two renames.
    private enum Place: String, CaseIterable {
        case untouched, copying, saved, promoting, deleting, finished
    }

    private static let kills = 500

    @Test("500 saves are killed at random moments, and the store is whole each time", .timeLimit(.minutes(20)))
    func kills() throws {
        let seed =
            ProcessInfo.processInfo.environment["APUS_KILL_SEED"].flatMap { UInt64($0) } ?? .random(in: 0...9_999)
        var generator = SeededGenerator(seed: seed)
        let test = try StoreUnderTest(models: 3)
        let reader = try StockReader()
        var places: [Place: Int] = [:]
        var seconds = 0.0
        var run = 0
        while run - (places[.finished] ?? 0) < Self.kills {
            let model = test.models[run % test.models.count]
            if run % 25 == 0 {
                seconds = try duration(of: test, model.path)
                #expect(try test.store.validate(test.name).violations == [])
                #expect(try reader.read(test.path("model.pkl")) == model.sha256)
            }
            let before = try Snapshot(test)
            let tool = try SpawnedTool(test.arguments(["save", "forest", model.path, "--keep", "3"]))
            let isDone = try tool.end(after: Double.random(in: 0..<seconds, using: &generator))
            try test.checkWhole()
            places[isDone ? .finished : place(before, try Snapshot(test)), default: 0] += 1
            run += 1
        }
        let counts = Place.allCases.map { "\($0.rawValue) \(places[$0] ?? 0)" }.joined(separator: ", ")
        print("kills: seed \(seed), a save takes \(Int(seconds * 1_000)) ms, of \(run) saves: \(counts)")
        // Part of a process's time goes into its start, but the kills must meet each part of a save.
        let inside = [Place.copying, .saved, .promoting, .deleting].reduce(0) { $0 + (places[$1] ?? 0) }
        #expect(inside >= Self.kills / 4)
        #expect(places[.copying] ?? 0 > 0 && places[.saved] ?? 0 > 0)
        try leftoversAreSwept(test)
    }

    /// How long a save takes that is not killed, in seconds; it has to work, whatever earlier ones left.
    private func duration(of test: StoreUnderTest, _ model: String) throws -> Double {
        let start = ContinuousClock.now
        let tool = try SpawnedTool(test.arguments(["save", "forest", model, "--keep", "3"]))
        #expect(try tool.end(after: 60))
        return (ContinuousClock.now - start) / .seconds(1)
    }

    private func place(_ before: Snapshot, _ after: Snapshot) -> Place {
        if after.promoted != before.promoted { return after.isTold ? .deleting : .promoting }
        if after.highest != before.highest { return .saved }
        return after.temporaryItems > before.temporaryItems ? .copying : .untouched
    }

    /// After an hour, the next save removes what the killed ones left.
    private func leftoversAreSwept(_ test: StoreUnderTest) throws {
        let old = [timeval(tv_sec: 1_000_000_000, tv_usec: 0), timeval(tv_sec: 1_000_000_000, tv_usec: 0)]
        for case let path as String in FileManager.default.enumerator(atPath: test.path("")) ?? .init() {
            if path.hasPrefix(".tmp-") { lutimes(test.path(path), old) }
        }
        #expect(try test.apus("save", "forest", test.models[0].path).exitCode == 0)
        #expect(try Snapshot(test).temporaryItems == 0)
        #expect(try test.store.validate(test.name).violations == [])
    }

    /// What is seen of a model's folder.
    private struct Snapshot {
        let temporaryItems: Int
        let highest: ModelVersion?
        let promoted: ModelVersion?
        /// Whether the metadata at the top is of the promoted version.
        let isTold: Bool

        init(_ test: StoreUnderTest) throws {
            let names = try FileManager.default.contentsOfDirectory(atPath: test.path(""))
            temporaryItems = names.filter { $0.hasPrefix(".tmp-") }.count
            highest = names.compactMap(StoreLayout.version).max()
            promoted = try test.store.model(test.name).promoted
            let metadata = try Data(contentsOf: URL(filePath: test.store.layout.promotedMetadata(of: test.name)))
            isTold = try PromotedMetadata(json: JSONValue(parsing: Array(metadata))).metadata.version == promoted
        }
    }
}
