import FoundationEssentials

/// Versions of models in a folder that notebooks, trainers and servers share, on one host or on several.
///
/// ```swift
/// let store = ModelStore(path: "/mnt/models", examiner: ScikitLearnExaminer(), writer: "trainer 1.0")
/// let saved = try store.save(ModelName("anomaly-detector"), from: "model.pkl")
/// try store.rollback(saved.version.name)
/// ```
///
/// Every change is atomic: whoever reads sees the store before it or after it, and a writer killed at any moment leaves
/// one of the two. Several writers may work at once. What is asked of the volume is that `rename` is atomic within a
/// folder and fails where a folder would replace one that is not empty, and that `fsync` keeps its promise; POSIX, NFS
/// and CephFS all do so. No file is locked, linked or watched. ``StoreLayout`` shows where things lie.
public struct ModelStore: Sendable {
    /// The most bytes of a metadata or traffic file that are read.
    public static let maximumMetadataBytes = 1 << 20
    /// The claim that KServe mounts the store's volume by, unless one is named.
    public static let defaultClaim = "model-storage-pvc"

    /// Where things lie.
    public let layout: StoreLayout
    /// What looks into model files; without it the store keeps any bytes.
    let examiner: (any ModelExamining)?
    /// The program that writes, as metadata names it.
    let writer: String

    /// A store over a folder, which need not be there yet.
    ///
    /// - Parameters:
    ///   - path: the store's folder, e.g. `/mnt/models`.
    ///   - examiner: what looks into the files that are saved and validated.
    ///   - writer: the program and its release, e.g. `apus 0.1.0`.
    public init(path: String, examiner: (any ModelExamining)? = nil, writer: String) {
        layout = StoreLayout(path: path)
        self.examiner = examiner
        self.writer = writer
    }

    /// How KServe names a model of a store on a volume claim: `pvc://model-storage-pvc/anomaly-detector`.
    public static func uri(of model: ModelName, claim: String = defaultClaim) -> String { "pvc://\(claim)/\(model)" }

    /// The time as metadata tells it: ISO 8601 in UTC.
    static func now() -> String { Date().formatted(.iso8601) }

    /// What tells a version from every other one ever written.
    static func newIdentifier() -> String { UUID().uuidString.lowercased() }
}

extension ModelStore {
    /// What stands at a path of the store, symbolic links followed as far as they stay in the store.
    ///
    /// - Throws: ``StoreError/Code/outsideStore`` if a link leads out of it.
    func status(of path: String) throws(StoreError) -> FileStatus? {
        let status = try FileStatus(of: path, followingLinks: false)
        guard status?.kind == .link else { return status }
        guard let target = try Files.real(path), let root = try Files.real(layout.path) else { return nil }
        guard target.hasPrefix(root == "/" ? root : "\(root)/") else {
            throw StoreError(
                .outsideStore,
                "\(path) is a symbolic link that leads out of the store, to \(target): it is not followed")
        }
        return try FileStatus(of: path)
    }

    /// The JSON in a small file of the store; nil if there is no file.
    ///
    /// - Throws: ``StoreError/Code/malformed`` if it is none.
    func json(of path: String) throws(StoreError) -> JSONValue? {
        guard try status(of: path) != nil else { return nil }
        do throws(StoreError) {
            return try JSONValue(parsing: try Files.contents(of: path, limit: Self.maximumMetadataBytes).bytes)
        } catch {
            // Somebody removed it between the two looks.
            if error.code == .notFound { return nil }
            throw error.code == .malformed ? StoreError(.malformed, "\(path) is \(error)") : error
        }
    }
}
