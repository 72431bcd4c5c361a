import Foundation
import ModelStore
import TestSupport
import Testing

@Suite("apus models")
struct StoreCommandTests {
    private func json(_ outcome: BuiltTool.Outcome) throws -> JSONValue {
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        return try JSONValue(parsing: Array(outcome.output.utf8))
    }

    @Test("A model's life: saved, listed, promoted, rolled back, split, deleted; Python reads it at each step")
    func life() throws {
        let test = try StoreUnderTest(models: 3)
        let reader = try StockReader()
        for model in test.models {
            let saved = try json(test.apus("save", "forest", model.path, "--json")).object
            #expect(saved?["promoted"] == true)
            #expect(saved?["metadata"]?.object?["sha256"]?.string == model.sha256)
            #expect(try reader.read(test.path("model.pkl")) == model.sha256)
        }
        #expect(try test.apus("rollback", "forest").output == "forest: v2 is promoted\n")
        #expect(try reader.read(test.path("model.pkl")) == test.models[1].sha256)
        #expect(try test.apus("promote", "forest", "v3").output == "forest: v3 is promoted\n")
        #expect(try reader.read(test.path("model.pkl")) == test.models[2].sha256)
        #expect(try test.state() == [[3], [1, 2], [1, 2, 3]])
        let canary = try test.apus("canary", "forest", "2", "--percent", "2.5", "--sticky-header", "X-User")
        #expect(canary.output == "forest: canary v2 2.5 %, by x-user\n")
        #expect(try test.apus("shadow", "forest", "1").exitCode == 0)
        #expect(try test.apus("delete", "forest", "1").errors.contains("v1 of forest gets traffic"))
        let show = try test.apus("show", "forest").output
        for line in [
            "promoted   v3 since 20", ", before it v1, v2\n", "estimator  sklearn.pipeline.Pipeline\n",
            "framework  scikit-learn 1.9.1\n", "inputs     input FP64 [-1, 5]\n", "outputs    predict INT64 [-1]\n",
            "traffic    canary v2 2.5 %, by x-user; shadow v1\n", "\n  v3       20",
        ] {
            #expect(show.contains(line), "\(show)")
        }
        #expect(try test.apus("canary", "forest", "--off").output == "forest: shadow v1\n")
        #expect(try test.apus("shadow", "forest", "--off").output == "forest: all requests to the promoted version\n")
        #expect(try test.apus("delete", "forest", "1").output == "deleted forest v1\n")
        let copy = test.folder.path("copy.pkl")
        #expect(try test.apus("load", "forest", "2", "--output", copy).output == "\(copy): forest v2\n")
        #expect(try Data(contentsOf: URL(filePath: copy)) == Data(contentsOf: URL(filePath: test.models[1].path)))
        #expect(try test.apus("validate").output == "forest: valid\n")
        #expect(try test.apus("delete", "forest", "--all").output == "deleted forest\n")
        #expect(try test.apus("list").output == "no models in \(test.store.layout.path)\n")
    }

    @Test("A list for people and for programs; a thousand models are listed at once")
    func list() throws {
        let test = try StoreUnderTest(models: 1)
        try test.apus("save", "forest", test.models[0].path)
        for index in 0..<1_000 {
            let copy = test.folder.path("store/forest-\(index)")
            try FileManager.default.copyItem(atPath: test.store.layout.folder(of: test.name), toPath: copy)
            try FileManager.default.moveItem(
                atPath: "\(copy)/forest_metadata.json", toPath: "\(copy)/forest-\(index)_metadata.json")
        }
        let lines = try test.apus("list").output.split(separator: "\n")
        #expect(lines.count == 1_002)
        #expect(lines[0].split(separator: " ") == ["NAME", "VERSION", "FRAMEWORK", "ESTIMATOR", "SIZE", "PROMOTED"])
        #expect(lines[1].contains(" v1       scikit-learn 1.9.1  sklearn.pipeline.Pipeline  "))
        let start = ContinuousClock.now
        let models = try test.store.models()
        print("store: \(models.count) models listed in \(ContinuousClock.now - start)")
        #expect(models.allSatisfy { $0.promoted?.number == 1 })
        #expect(try json(test.apus("list", "--json")).array?.count == 1_001)
    }

    @Test(
        "Bad names are refused with the rule and exit code 2",
        arguments: ["a/b", "..", "../etc", "détecteur", String(repeating: "x", count: 300), ".hidden"])
    func badNames(_ name: String) throws {
        let test = try StoreUnderTest(models: 1)
        for words in [["show"], ["save"], ["promote"], ["delete"], ["rollback"], ["uri"], ["validate"]] {
            let rest =
                words == ["save"] ? [test.models[0].path] : words == ["promote"] || words == ["delete"] ? ["1"] : []
            let outcome = try BuiltTool.run(test.arguments(words + [name] + rest))
            #expect(outcome.exitCode == 2)
            #expect(outcome.errors.contains("cannot be the name of a model: a name has 1 to 200 letters"))
            #expect(outcome.errors.filter { $0 == "\n" }.count == 1)
        }
    }

    @Test("What is not there, and what is no model, is refused in one line with exit code 2")
    func refused() throws {
        let test = try StoreUnderTest(models: 1)
        try test.apus("save", "forest", test.models[0].path)
        let custom = test.folder.path("custom.pkl")
        try Data("c__main__\nEnsemble\n)\u{81}.".unicodeScalars.map { UInt8($0.value) }).write(
            to: URL(filePath: custom))
        let half = test.folder.path("half.pkl")
        try Data(contentsOf: URL(filePath: test.models[0].path)).prefix(10_000).write(to: URL(filePath: half))
        for (words, sentence) in [
            (["promote", "forest", "7"], "forest has no version v7; it has v1"),
            (["show", "tree"], "there is no model tree in "),
            (["rollback", "forest"], "no version was promoted before v1"),
            (["delete", "forest", "1"], "v1 of forest is promoted: promote another version first"),
            (["save", "forest", half], "\(half) holds no model: "),
            (["save", "forest", "README.md"], "holds no model: "),
            (["save", "forest", custom], "holds a model that Apus cannot serve: "),
            (["save", "forest", "/nonexistent"], "cannot read /nonexistent: no such file or folder"),
            (["canary", "forest", "1", "--percent", "101"], "from 0 to 100 percent, not 101.0"),
            (["canary", "forest", "1", "--percent", "1", "--sticky-header", "a b"], "not the name of an HTTP header"),
            (["migrate", "tree"], "there is no model tree in "),
        ] {
            let outcome = try BuiltTool.run(test.arguments(words))
            #expect(outcome.exitCode == 2, "\(words)")
            #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
            #expect(outcome.errors.hasPrefix("apus: ") && outcome.errors.filter { $0 == "\n" }.count == 1)
        }
        try test.checkWhole()
        #expect(try test.state() == [[1], [], [1]])
    }

    @Test(
        "Mistakes of usage",
        arguments: [
            ["canary", "forest"], ["canary", "forest", "1"], ["canary", "forest", "1", "--percent", "1", "--off"],
            ["shadow", "forest"], ["shadow", "forest", "1", "--off"], ["delete", "forest"],
            ["delete", "forest", "1", "--all"], ["promote", "forest", "one"], ["save", "forest", "x", "--keep", "0"],
        ])
    func usage(_ words: [String]) throws {
        #expect(try BuiltTool.run(["models"] + words).exitCode == 64)
    }

    @Test("Validation names what is broken and what to do, with exit code 2")
    func validate() throws {
        let test = try StoreUnderTest(models: 1)
        try test.apus("save", "forest", test.models[0].path)
        let custom = Data("c__main__\nEnsemble\n)\u{81}.".unicodeScalars.map { UInt8($0.value) })
        try custom.write(to: URL(filePath: test.path("ensemble.pkl")))
        try custom.write(to: URL(filePath: test.path("model.pkl")))
        let outcome = try test.apus("validate", "forest")
        #expect(outcome.exitCode == 2)
        for line in [
            "forest: not valid\n", "  one-file: ", "holds 2 model files: ensemble.pkl, model.pkl\n", "  apus: ",
            "  scikit-learn: it holds __main__.Ensemble\n", "  metadata: ", "apus models migrate forest",
        ] {
            #expect(outcome.output.contains(line), "\(outcome.output)")
        }
        let programs = try JSONValue(parsing: Array(try test.apus("validate", "--json").output.utf8))
        #expect(programs.array?.first?.object?["valid"] == false)
    }

    @Test("Models of older layouts migrate, all at once")
    func migrate() throws {
        let test = try StoreUnderTest()
        test.folder.makeFolder("store")
        test.folder.makeFolder("store/forest")
        try FileManager.default.copyItem(atPath: test.models[0].path, toPath: test.folder.path("store/tree.pkl"))
        try FileManager.default.copyItem(atPath: test.models[1].path, toPath: test.path("x.joblib"))
        #expect(try test.apus("migrate").output == "forest: v1 is promoted\ntree: v1 is promoted\n")
        #expect(try test.apus("validate").output == "forest: valid\ntree: valid\n")
        #expect(try test.apus("migrate").output == "nothing to migrate\n")
        #expect(try StockReader().read(test.path("model.pkl")) == test.models[1].sha256)
        let source = test.models[0].path
        #expect(
            try test.apus("migrate", "forest", source, "--remove-source").output.hasPrefix("saved and promoted forest"))
        #expect(!FileManager.default.fileExists(atPath: source))
    }

    @Test("The store is $APUS_STORE, unless one is named")
    func environment() throws {
        let test = try StoreUnderTest(models: 1)
        let path = test.models[0].path
        let command =
            "APUS_STORE=\(test.store.layout.path) apus models save forest \(path) && apus models list --store "
        let outcome = try BuiltTool.shell("cd /tmp && \(command)\(test.store.layout.path)")
        #expect(outcome.output.contains("saved and promoted forest v1"))
        #expect(outcome.output.contains("\nforest  v1 "))
        #expect(try test.apus("uri", "forest").output == "pvc://model-storage-pvc/forest\n")
        #expect(try test.apus("uri", "forest", "--claim", "gpu").output == "pvc://gpu/forest\n")
    }
}
