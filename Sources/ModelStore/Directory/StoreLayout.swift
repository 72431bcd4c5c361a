/// Where things lie in a store: names to paths, and paths' names to what they stand for. Nothing is looked up.
///
/// ```
/// <store>/<model>/
///   model.pkl                  the promoted version
///   <model>_metadata.json      what is known of it
///   v<n>/model.pkl             an immutable version
///   v<n>/metadata.json
///   v<n>/deleted.json          the number was used, the version is gone
///   traffic.json
/// ```
public struct StoreLayout: Hashable, Sendable {
    /// The name of a model's file, at the top of its folder and in each version's.
    public static let modelFile = "model.pkl"
    /// The name of the metadata in a version's folder.
    public static let metadataFile = "metadata.json"
    /// The name of the mark of a deleted version.
    public static let tombstoneFile = "deleted.json"
    /// The name of the file that splits a model's requests.
    public static let trafficFile = "traffic.json"
    /// The names that are taken for the model where several files could be meant.
    public static let preferredFiles = ["model.pkl", "model.joblib", "model.pickle"]
    /// How the names of files end that hold models.
    public static let modelExtensions = [".pkl", ".joblib", ".pickle"]
    /// How the names of files start that are being written.
    public static let temporaryPrefix = ".tmp-"

    /// The path of the store's folder.
    public let path: String

    /// The layout of the store at a path.
    public init(path: String) {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
    }

    /// The folder of a model.
    public func folder(of model: ModelName) -> String { path == "/" ? "/\(model)" : "\(path)/\(model)" }

    /// The file of a model that servers read: a copy of the promoted version's.
    public func promotedFile(of model: ModelName) -> String { "\(folder(of: model))/\(Self.modelFile)" }

    /// The metadata of the promoted version.
    public func promotedMetadata(of model: ModelName) -> String {
        "\(folder(of: model))/\(Self.promotedMetadataFile(of: model))"
    }

    /// The name of the metadata at the top of a model's folder.
    public static func promotedMetadataFile(of model: ModelName) -> String { "\(model)_metadata.json" }

    /// How a model's requests are split between its versions.
    public func traffic(of model: ModelName) -> String { "\(folder(of: model))/\(Self.trafficFile)" }

    /// The folder of a version, as the store writes it; others write `<n>` as well.
    public func folder(of version: ModelVersion, of model: ModelName) -> String { "\(folder(of: model))/\(version)" }

    /// Where older tools put a model: a file beside the folders, `<store>/<model>.pkl`.
    public func legacyFile(of model: ModelName) -> String { "\(folder(of: model)).pkl" }

    /// The version that an entry of a model's folder stands for; nil if it is none.
    public static func version(named name: String) -> ModelVersion? { ModelVersion(name) }

    /// The model that an entry of the store stands for by its name; nil if it is hidden or no model's.
    public static func model(named name: String) -> ModelName? { try? ModelName(name) }

    /// The model that a file beside the folders stands for, as older tools put it there; nil if it is none's.
    public static func model(legacyFile name: String) -> ModelName? {
        name.hasSuffix(".pkl") ? model(named: String(name.dropLast(4))) : nil
    }

    /// Whether a file's name says it holds a model.
    public static func isModelFile(_ name: String) -> Bool {
        !name.hasPrefix(".") && modelExtensions.contains { name.hasSuffix($0) }
    }
}
