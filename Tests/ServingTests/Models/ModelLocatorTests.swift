import Glibc
import TestSupport
import Testing

@testable import Serving

@Suite("Finding model files")
struct ModelLocatorTests {
    private let folder = TemporaryFolder()

    private func located(_ source: ModelSource? = nil) -> [String: String] {
        var locator = ModelLocator()
        let source = source ?? ModelSource(path: folder.path, name: "m")
        return locator.locate([source], now: Clocks.wallNanoseconds()).models.mapValues { placement in
            switch placement.model {
            case .file(let path, _): String(path.dropFirst(folder.path.count + 1))
            case .none(let reason): reason
            }
        }
    }

    @Test("An empty folder is waited for")
    func empty() {
        #expect(located() == ["m": "waiting for model file in \(folder.path)"])
    }

    @Test("A lone model file is taken, whatever its name", arguments: ["x.pkl", "x.joblib", "x.pickle", "model.pkl"])
    func lone(_ name: String) {
        folder.write([1], to: name)
        folder.write([1], to: "m_metadata.json")
        folder.write([1], to: ".hidden.pkl")
        folder.makeFolder("checkpoints.pkl")
        #expect(located() == ["m": name])
    }

    @Test("A preferred name wins over strays", arguments: ["model.pkl", "model.joblib", "model.pickle"])
    func preferred(_ name: String) {
        for stray in [name, "ensemble_config.pkl", "z.joblib"] { folder.write([1], to: stray) }
        #expect(located() == ["m": name])
    }

    @Test("Two candidates get KServe's sentence")
    func ambiguous() {
        for name in ["b.pkl", "a.joblib"] { folder.write([1], to: name) }
        #expect(
            located() == [
                "m": "More than one model file is detected, Only one is allowed within model_dir: "
                    + "[PosixPath('\(folder.path)/a.joblib'), PosixPath('\(folder.path)/b.pkl')]"
            ])
    }

    @Test("A folder of folders holds a model in each that has a file")
    func folders() {
        for name in ["one", "two", "three", "empty", ".git"] { folder.makeFolder(name) }
        folder.write([1], to: "one/model.pkl")
        folder.write([1], to: "two/x.joblib")
        folder.write([1], to: ".git/x.pkl")
        for name in ["three/a.pkl", "three/b.pkl"] { folder.write([1], to: name) }
        let models = located()
        #expect(models.keys.sorted() == ["one", "three", "two"])
        #expect(models["one"] == "one/model.pkl")
        #expect(models["two"] == "two/x.joblib")
        #expect(models["three"]?.hasPrefix("More than one model file is detected") == true)
    }

    @Test("A file is itself, and one that is missing is waited for")
    func file() {
        folder.write([1], to: "any.name")
        let source = ModelSource(path: folder.path("any.name"), name: "m")
        #expect(located(source) == ["m": "any.name"])
        let missing = ModelSource(path: folder.path("missing.pkl"), name: "m")
        #expect(located(missing) == ["m": "waiting for model file \(folder.path("missing.pkl"))"])
    }

    @Test("What cannot be read says why")
    func unreadable() {
        symlink("loop", folder.path("loop"))
        let source = ModelSource(path: folder.path("loop"), name: "m")
        #expect(located(source) == ["m": "cannot read \(folder.path("loop")): Too many levels of symbolic links"])
    }

    @Test(
        "Models are called after their folder or file",
        arguments: [
            ("/models/anomaly-detector/model.pkl", "anomaly-detector"), ("/models/forest.joblib", "forest"),
            ("/models/anomaly-detector", "anomaly-detector"), ("/models/anomaly-detector/", "anomaly-detector"),
            ("/models/v1.5", "v1.5"), ("/", "model"), ("model.pickle", nil),
        ])
    func names(_ path: String, _ name: String?) {
        let expected = name ?? FilePaths.absolute("").split(separator: "/").last.map(String.init)
        #expect(ModelSource(path: path).name == expected)
    }
}
