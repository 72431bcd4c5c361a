/// What a version says of itself in its `metadata.json`.
public struct ModelMetadata: Hashable, Sendable {
    /// The model's name.
    public var name: String
    /// The version's number.
    public var version: ModelVersion
    /// What tells this version from every other one ever written: a UUID.
    public var id: String
    /// When it was saved: ISO 8601 in UTC, e.g. `2026-11-21T10:35:12Z`.
    public var created: String
    /// What is known of the model itself.
    public var details: ModelDetails
    /// The name of its file, beside the metadata.
    public var file: String
    /// Bytes of the file.
    public var size: Int
    /// The file's SHA-256: 64 hexadecimal digits, lower case.
    public var sha256: String
    /// The program that saved it, e.g. `apus 0.1.0`.
    public var writtenBy: String

    /// The metadata of a version.
    public init(
        name: String, version: ModelVersion, id: String, created: String, details: ModelDetails,
        file: String = StoreLayout.modelFile, size: Int, sha256: String, writtenBy: String
    ) {
        self.name = name
        self.version = version
        self.id = id
        self.created = created
        self.details = details
        self.file = file
        self.size = size
        self.sha256 = sha256
        self.writtenBy = writtenBy
    }
}

extension ModelMetadata {
    /// Reads what ``json`` writes.
    ///
    /// - Throws: ``StoreError/Code/malformed`` naming the member that is missing or of the wrong kind.
    public init(json: JSONValue) throws(StoreError) {
        var fields = try JSONFields(json)
        name = try fields.string("name")
        version = try fields.version("version")
        id = try fields.string("id")
        created = try fields.string("created")
        file = try fields.require("file", "the name of a model file") {
            $0.string.flatMap { StoreLayout.isModelFile($0) && !$0.contains("/") ? $0 : nil }
        }
        size = try fields.require("size", "a number of bytes") { $0.integer.flatMap { $0 >= 0 ? $0 : nil } }
        sha256 = try fields.require("sha256", "64 hexadecimal digits, lower case") {
            $0.string.flatMap { Self.isSHA256($0) ? $0 : nil }
        }
        writtenBy = try fields.string("written_by")
        details = try ModelDetails(json: .object(fields.rest))
    }

    /// The metadata as `metadata.json` holds it; members that Apus does not know come last.
    public var json: JSONValue {
        var object: JSONValue.Object = [
            "name": .string(name), "version": .integer(version.number), "id": .string(id), "created": .string(created),
        ]
        for member in details.knownMembers { object[member.key] = member.value }
        object["file"] = .string(file)
        object["size"] = .integer(size)
        object["sha256"] = .string(sha256)
        object["written_by"] = .string(writtenBy)
        for member in details.other.members where object[member.key] == nil { object[member.key] = member.value }
        return .object(object)
    }

    private static func isSHA256(_ text: String) -> Bool {
        text.utf8.count == 64
            && text.utf8.allSatisfy {
                UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
            }
    }
}
