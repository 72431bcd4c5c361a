/// The names in folders, read again only when a folder has changed.
///
/// Looking at a thousand folders each second has to cost next to nothing: a folder's own time changes with its entries,
/// so that one look at it replaces the reading of it.
struct FolderListings {
    /// How long a folder must have been left alone before its time is trusted, in nanoseconds: two changes within the
    /// grain of a file system's clock look like one.
    private static let settlingTime: Int64 = 3_000_000_000

    private struct Listing {
        let signature: FileSignature
        let names: [String]
        let isSettled: Bool
    }

    private var listings: [String: Listing] = [:]
    private var looks: Set<String> = []

    /// The names in a folder, without those that are hidden, sorted.
    mutating func names(inFolder path: String, _ signature: FileSignature, now: Int64) throws(FileError) -> [String] {
        looks.insert(path)
        if let known = listings[path], known.isSettled, known.signature == signature { return known.names }
        let names = try FilePaths.entries(ofFolder: path).filter { !$0.hasPrefix(".") }.sorted()
        let isSettled = now - signature.modified > Self.settlingTime
        listings[path] = Listing(signature: signature, names: names, isSettled: isSettled)
        return names
    }

    /// Forgets the folders that were not asked for since this was called before.
    mutating func forgetOthers() {
        listings = listings.filter { looks.contains($0.key) }
        looks.removeAll(keepingCapacity: true)
    }
}
