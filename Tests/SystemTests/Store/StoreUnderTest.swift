import Foundation
import ModelStore
import TestSupport
import Testing

/// A store in a folder of its own, models to save in it, and the tool that does so.
struct StoreUnderTest {
    let folder = TemporaryFolder()
    let models: [(path: String, sha256: String)]
    let name: ModelName
    let store: ModelStore

    init(models count: Int = 2) throws {
        folder.makeFolder("models")
        models = try StockReader.makeModels(count, in: folder.path("models"))
        name = try ModelName("forest")
        store = ModelStore(path: folder.path("store"), writer: "tests")
    }

    /// The path of something in the model's folder.
    func path(_ rest: String) -> String { "\(store.layout.folder(of: name))/\(rest)" }

    /// The arguments of a command over the store.
    func arguments(_ words: [String]) -> [String] { ["models"] + words + ["--store", folder.path("store")] }

    /// Runs a command over the store to its end.
    @discardableResult
    func apus(_ words: String...) throws -> BuiltTool.Outcome { try BuiltTool.run(arguments(words)) }

    /// The number of the promoted version, of those promoted before, and of all there are.
    func state() throws -> [[Int]] {
        let model = try store.model(name)
        return [
            [model.promoted].compactMap { $0?.number }, model.metadata?.history.map(\.number) ?? [],
            model.versions.map(\.version.number),
        ]
    }

    /// Checks that whoever reads the store finds whole and known models, and nothing else that looks like one.
    func checkWhole(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let known = Set(models.map(\.sha256))
        let model = try store.model(name)
        #expect(model.problems == [], sourceLocation: sourceLocation)
        let promoted = try store.load(name)
        #expect(known.contains(promoted.metadata?.sha256 ?? ""), sourceLocation: sourceLocation)
        #expect(promoted.version != nil, sourceLocation: sourceLocation)
        for version in model.versions {
            let loaded = try store.load(name, version.version)
            #expect(known.contains(loaded.metadata?.sha256 ?? ""), sourceLocation: sourceLocation)
            #expect(loaded.metadata?.version == version.version, sourceLocation: sourceLocation)
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: path(""))
        let files = names.filter(StoreLayout.isModelFile)
        #expect(files == ["model.pkl"], sourceLocation: sourceLocation)
    }
}
