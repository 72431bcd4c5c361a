/// A model of a store: its promoted file and its versions, as one look found them.
public struct StoredModel: Hashable, Sendable {
    /// Its name.
    public let name: ModelName
    /// Its folder; for a model of an older layout, its file.
    public let path: String
    /// The file that servers read; nil if there is none, or none can be told from others.
    public let file: StoredFile?
    /// The version that the file is a copy of; nil if it is of no version.
    public let promoted: ModelVersion?
    /// What is known of the promoted version, and which were promoted before it.
    public let metadata: PromotedMetadata?
    /// All versions, oldest first.
    public let versions: [StoredVersion]
    /// How its requests are split.
    public let traffic: Traffic
    /// What is wrong with it, a sentence each.
    public let problems: [String]
}

/// A version of a model, as one look found it.
public struct StoredVersion: Hashable, Sendable {
    /// The model.
    public let name: ModelName
    /// The number.
    public let version: ModelVersion
    /// Its folder.
    public let path: String
    /// Its file; nil if there is none.
    public let file: StoredFile?
    /// What it says of itself; nil if others wrote it, or if it cannot be read.
    public let metadata: ModelMetadata?
    /// What is wrong with it.
    public let problem: StoreError?
}

/// A file of a store.
public struct StoredFile: Hashable, Sendable {
    /// Its path.
    public let path: String
    /// Bytes.
    public let size: Int
    /// When it was written.
    public let modified: Timestamp
    /// The inode; a file that is put in the place of another has a new one.
    public let inode: UInt64

    init(_ path: String, _ status: FileStatus) {
        self.path = path
        size = status.size
        modified = status.modified
        inode = status.inode
    }
}

/// What a list says of a model.
public struct ModelSummary: Hashable, Sendable {
    /// Its name.
    public let name: ModelName
    /// Its folder; for a model of an older layout, its file.
    public let path: String
    /// The file that servers read; nil if there is none, or none can be told from others.
    public let file: StoredFile?
    /// The version that the file is a copy of; nil if it is of no version.
    public let promoted: ModelVersion?
    /// What is known of the promoted version.
    public let metadata: PromotedMetadata?
    /// What is wrong with it.
    public let problem: StoreError?
}
