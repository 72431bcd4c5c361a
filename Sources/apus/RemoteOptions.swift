import ArgumentParser
import FoundationEssentials
import ModelStore
import RemoteModels
import Serving

/// What commands take that bring models from elsewhere.
struct RemoteOptions: ParsableArguments {
    @Option(
        name: .kserve("cache_dir"),
        help: ArgumentHelp(
            "Where models from elsewhere are kept. (default: $XDG_CACHE_HOME/apus/models, else ~/.cache/apus/models)",
            valueName: "dir"))
    var cacheDir: String?

    /// Addresses and credentials, as the environment tells them.
    static func settings() throws(StoreError) -> RemoteSettings {
        try RemoteSettings(
            environment: ProcessInfo.processInfo.environment, agent: "apus/\(ApusVersion.current)")
    }

    /// The cache, or a part of it for another purpose than serving.
    func cache(_ settings: RemoteSettings, part: String? = nil) throws(StoreError) -> ModelCache {
        guard let path = cacheDir ?? settings.defaultCachePath else {
            throw StoreError(.refused, "there is no home folder to keep models in: name one with --cache-dir")
        }
        return ModelCache(path: part.map { "\(path)/\($0)" } ?? path, writer: "apus \(ApusVersion.current)")
    }
}
