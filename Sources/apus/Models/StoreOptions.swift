import ArgumentParser
import FoundationEssentials
import ModelStore
import Serving

/// What all commands over a store take.
struct StoreOptions: ParsableArguments {
    @Option(help: "The store's folder. (default: $APUS_STORE, else /mnt/models if there is one, else ./models)")
    var store: String?

    @Flag(help: "Print JSON for programs.")
    var json = false

    /// The store that is meant.
    var modelStore: ModelStore {
        ModelStore(path: path, examiner: ScikitLearnExaminer(), writer: "apus \(ApusVersion.current)")
    }

    private var path: String {
        if let store { return store }
        if let path = ProcessInfo.processInfo.environment["APUS_STORE"], !path.isEmpty { return path }
        return FileManager.default.fileExists(atPath: "/mnt/models") ? "/mnt/models" : "models"
    }

    /// Prints what a command did, for programs or for people.
    func report(_ value: @autoclosure () -> JSONValue, _ text: @autoclosure () -> String) {
        print(json ? String(decoding: value().encoded(), as: UTF8.self) : text())
    }
}
