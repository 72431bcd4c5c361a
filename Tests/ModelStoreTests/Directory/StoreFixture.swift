import Glibc
import TestSupport
import Testing

@testable import ModelStore

/// A store in a folder of its own, and files to save in it.
struct StoreFixture {
    let folder = TemporaryFolder()
    let store: ModelStore
    let name: ModelName

    init(examiner: (any ModelExamining)? = TextExaminer()) throws {
        store = ModelStore(path: folder.path("store"), examiner: examiner, writer: "tests 1.0")
        name = try ModelName("forest")
        folder.makeFolder("store")
    }

    /// The path of something in the model's folder.
    func path(_ rest: String) -> String { "\(store.layout.folder(of: name))/\(rest)" }

    /// Makes a file outside the store.
    func source(_ text: String, _ file: String = "source.pkl") -> String {
        folder.write(Array(text.utf8), to: file)
        return folder.path(file)
    }

    /// Puts a file into the store by hand, as other tools do.
    func put(_ text: String, at rest: String) {
        let path = "store/\(rest)"
        var parent = ""
        for part in path.split(separator: "/").dropLast() {
            parent += "\(part)/"
            folder.makeFolder(parent)
        }
        folder.write(Array(text.utf8), to: path)
    }

    @discardableResult
    func save(_ text: String, promotes: Bool = true, keep: Int? = nil) throws -> SavedModel {
        var options = SaveOptions()
        options.promotes = promotes
        options.keep = keep
        return try store.save(name, from: source(text), options: options)
    }

    func text(_ rest: String) -> String? {
        (try? Files.contents(of: path(rest), limit: 1 << 20)).map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    /// The names in the model's folder, or in one of it.
    func names(_ rest: String = "") throws -> [String] { try Files.entries(ofFolder: path(rest))?.map(\.name) ?? [] }

    func version(_ number: Int) throws -> ModelVersion { try #require(ModelVersion(number)) }

    /// The numbers of the promoted version, of those promoted before, and of all there are.
    func state() throws -> [[Int]] {
        let model = try store.model(name)
        return [
            [model.promoted].compactMap { $0?.number }, model.metadata?.history.map(\.number) ?? [],
            model.versions.map(\.version.number),
        ]
    }

    /// Makes a file or folder look older than it is.
    func age(_ path: String, seconds: Int) {
        var times = [timeval(), timeval()]
        gettimeofday(&times[0], nil)
        times[0].tv_sec -= seconds
        times[1] = times[0]
        lutimes(path, &times)
    }
}

/// Takes texts for models: those that start with `model` are good, `custom` ones hold a class of a notebook.
struct TextExaminer: ModelExamining {
    func examine(path: String) throws -> ModelFacts {
        let text = String(decoding: try Files.contents(of: path, limit: 1 << 20).bytes, as: UTF8.self)
        var details = ModelDetails()
        details.estimator = String(text.prefix { $0.isLetter })
        switch details.estimator {
        case "model": return ModelFacts(details: details)
        case "custom":
            return ModelFacts(
                details: details, refusal: "class __main__.Ensemble is not one Apus can serve",
                foreignClasses: ["__main__.Ensemble"])
        default: throw StoreError(.malformed, "byte 0: no pickle")
        }
    }
}
