import Glibc

extension ModelStore {
    /// Deletes a version; its number is not used again.
    ///
    /// - Throws: ``StoreError/Code/refused`` if it is promoted or named by the traffic.
    public func delete(_ name: ModelName, _ version: ModelVersion) throws(StoreError) {
        let folder = try requireFolder(of: name)
        let stored = try self.version(version, in: folder)
        if try promotedVersion(in: folder) == version {
            throw StoreError(.refused, "\(version) of \(name) is promoted: promote another version first")
        }
        let traffic = try traffic(of: name)
        guard !traffic.versions.contains(version) else {
            throw StoreError(.refused, "\(version) of \(name) gets traffic: end its canary or shadow first")
        }
        try bury(stored)
    }

    /// Deletes a model with all its versions.
    ///
    /// - Throws: ``StoreError/Code/notFound`` if there is none.
    public func delete(_ name: ModelName) throws(StoreError) {
        let path = layout.folder(of: name)
        let legacy = try legacyFile(of: name)
        let status = try FileStatus(of: path, followingLinks: false)
        guard legacy != nil || status != nil else {
            throw StoreError(.notFound, "there is no model \(name) in \(layout.path)")
        }
        if status != nil {
            // Readers see the whole model or none of it.
            let grave = TemporaryItem("deleted", in: layout.path)
            try Files.move(path, to: grave.path, in: layout.path)
        }
        if let legacy {
            try Files.remove(file: legacy.path)
            try Files.remove(file: "\(layout.path)/\(StoreLayout.promotedMetadataFile(of: name))")
        }
    }

    /// Deletes old versions.
    ///
    /// - Parameter count: how many of the newest stay. The promoted version, those that get traffic, and the one that a
    ///   rollback would promote stay besides.
    /// - Returns: the versions deleted, oldest first.
    @discardableResult
    public func prune(_ name: ModelName, keeping count: Int) throws(StoreError) -> [ModelVersion] {
        try Self.check(keep: count)
        let folder = try requireFolder(of: name)
        let versions = versions(in: folder)
        let present = Set(versions.map(\.version))
        var kept = Set(versions.suffix(count).map(\.version))
        kept.formUnion(try traffic(of: name).versions)
        if let file = try folder.file() {
            let promoted = try identify(file, of: name)
            kept.formUnion([promoted.number, promoted.history.last(where: present.contains)].compactMap(\.self))
        }
        var removed: [ModelVersion] = []
        for version in versions where !kept.contains(version.version) {
            try bury(version)
            removed.append(version.version)
        }
        return removed
    }

    static func check(keep count: Int) throws(StoreError) {
        guard count > 0 else { throw StoreError(.refused, "at least one version is kept, not \(count)") }
    }

    private func promotedVersion(in folder: ModelFolder) throws(StoreError) -> ModelVersion? {
        guard let file = try folder.file() else { return nil }
        return try identify(file, of: folder.name).number
    }

    /// Marks a version as deleted, so that its number stays used, and removes its files.
    private func bury(_ version: StoredVersion) throws(StoreError) {
        if try FileStatus(of: version.path, followingLinks: false)?.kind == .link {
            // What the link leads to is not this version's own.
            try Files.remove(file: version.path)
            try Files.makeFolder(version.path, in: layout.folder(of: version.name))
        }
        let tombstone: JSONValue = ["deleted": .string(Self.now()), "written_by": .string(writer)]
        try TemporaryItem.replace(
            "\(version.path)/\(StoreLayout.tombstoneFile)", in: version.path, with: tombstone.encoded())
        clearGrave(version.path)
    }

    /// Removes what a deleted version still holds.
    private func clearGrave(_ path: String) {
        for entry in (try? Files.entries(ofFolder: path)) ?? [] where entry.name != StoreLayout.tombstoneFile {
            Files.clear("\(path)/\(entry.name)")
        }
    }

    // MARK: - Sweeping

    /// How old the leftovers of a writer are when it is certain to be dead, in seconds.
    private static let leftoverAge = 3_600

    /// Removes what dead writers left behind, as far as that is possible.
    ///
    /// - Parameter now: the time by the clock of the volume, which may differ from this host's: that of a file just
    ///   written.
    func sweep(_ name: ModelName, now: Timestamp) {
        guard let folder = try? folder(of: name) else { return }
        let inStore = ((try? Files.entries(ofFolder: layout.path)) ?? [])
            .filter { $0.name.hasPrefix(StoreLayout.temporaryPrefix) }.map { "\(layout.path)/\($0.name)" }
        for path in folder.temporaryItems + inStore where isLeftover(path, now) { Files.clear(path) }
        for (version, path) in folder.versions where (try? isDeleted(path)) == true {
            clearGrave(path)
            // The number of the highest version must not be used again, nor one that a writer has just looked up.
            if version != folder.highest, isLeftover(path, now) { Files.clear(path) }
        }
    }

    /// Whether nothing at a path has changed for so long that nobody can be writing it.
    private func isLeftover(_ path: String, _ now: Timestamp) -> Bool {
        let inside = ((try? Files.entries(ofFolder: path)) ?? []).map { "\(path)/\($0.name)" }
        let times = ([path] + inside).compactMap { (try? FileStatus(of: $0, followingLinks: false))?.modified }
        return times.allSatisfy { now.seconds - $0.seconds > Self.leftoverAge }
    }
}
