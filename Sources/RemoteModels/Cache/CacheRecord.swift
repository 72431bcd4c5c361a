import ModelStore

/// What a folder of the cache holds: `.source.json` in it.
struct CacheRecord: Hashable, Sendable {
    static let fileName = ".source.json"

    /// A file in the folder, and the one of the source that it is a copy of.
    struct Entry: Hashable, Sendable {
        /// Its path below the folder.
        let path: String
        /// Bytes.
        let size: Int
        /// What the source said of the content.
        let validator: String?
    }

    /// Where the files come from, as people name it.
    let uri: String
    /// What the source said of them all; nil if it does not tell one content from another.
    let revision: String?
    let entries: [Entry]

    init(uri: String, revision: String?, entries: [Entry]) {
        self.uri = uri
        self.revision = revision
        self.entries = entries
    }

    /// The record of a folder; nil if there is none, or none that can be read.
    init?(ofFolder folder: String) {
        guard
            let bytes = try? Files.contents(
                of: "\(folder)/\(Self.fileName)", limit: ModelStore.maximumMetadataBytes
            ).bytes,
            let object = (try? JSONValue(parsing: bytes))?.object, let uri = object["uri"]?.string,
            let files = object["files"]?.array
        else { return nil }
        self.uri = uri
        revision = object["revision"]?.string
        entries = files.compactMap { file in
            guard let members = file.object, let path = members["path"]?.string, let size = members["size"]?.integer
            else { return nil }
            return Entry(path: path, size: size, validator: members["validator"]?.string)
        }
    }

    func write(toFolder folder: String) throws(StoreError) {
        let files = entries.map { entry -> JSONValue in
            ["path": .string(entry.path), "size": .integer(entry.size), "validator": .init(entry.validator)]
        }
        let json: JSONValue = ["uri": .string(uri), "revision": .init(revision), "files": .array(files)]
        try TemporaryItem.replace("\(folder)/\(Self.fileName)", in: folder, with: json.encoded())
    }
}

extension JSONValue {
    fileprivate init(_ text: String?) { self = text.map(JSONValue.string) ?? .null }
}
