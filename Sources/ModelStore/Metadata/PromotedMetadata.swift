/// What the top of a model's folder says in `<model>_metadata.json`: the promoted version's metadata, and how it came
/// to be promoted.
public struct PromotedMetadata: Hashable, Sendable {
    /// The most versions that are remembered as promoted before.
    public static let maximumHistory = 32

    /// The metadata of the version.
    public var metadata: ModelMetadata
    /// When it was promoted: ISO 8601 in UTC.
    public var promoted: String?
    /// The versions promoted before it, oldest first.
    public var history: [ModelVersion]

    /// A promoted version and those before it, of which the newest ``maximumHistory`` are kept.
    public init(_ metadata: ModelMetadata, promoted: String?, history: [ModelVersion]) {
        self.metadata = metadata
        self.promoted = promoted
        self.history = history.suffix(Self.maximumHistory)
    }

    /// Reads what ``json`` writes.
    ///
    /// - Throws: ``StoreError/Code/malformed`` naming the member that is missing or of the wrong kind.
    public init(json: JSONValue) throws(StoreError) {
        var fields = try JSONFields(json)
        let promoted = try fields.optional("promoted", "a string") { $0.string }
        let history = try fields.optional("history", "a list of the numbers of versions") { value -> [ModelVersion]? in
            guard let versions = value.array?.map({ $0.integer.flatMap { ModelVersion($0) } }) else { return nil }
            return versions.contains(nil) ? nil : versions.compactMap(\.self)
        }
        self.init(try ModelMetadata(json: .object(fields.rest)), promoted: promoted, history: history ?? [])
    }

    /// The metadata as the file holds it.
    public var json: JSONValue {
        guard case .object(var object) = metadata.json else { return metadata.json }
        object["promoted"] = promoted.map(JSONValue.string)
        object["history"] = .array(history.map { .integer($0.number) })
        return .object(object)
    }
}
