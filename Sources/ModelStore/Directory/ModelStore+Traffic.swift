extension ModelStore {
    /// How a model's requests are split between its versions.
    ///
    /// - Throws: ``StoreError/Code/malformed`` or ``StoreError/Code/refused`` if the file that says it cannot be
    ///   followed.
    public func traffic(of name: ModelName) throws(StoreError) -> Traffic {
        let path = layout.traffic(of: name)
        guard let json = try json(of: path) else { return Traffic() }
        do throws(StoreError) { return try Traffic(json: json) } catch {
            throw StoreError(error.code, "\(path): \(error)")
        }
    }

    /// Splits a model's requests between its versions; every server that shares the volume follows.
    ///
    /// - Throws: ``StoreError/Code/notFound`` if the split names a version that is not there.
    public func setTraffic(_ traffic: Traffic, of name: ModelName) throws(StoreError) {
        let folder = try requireFolder(of: name)
        for version in traffic.versions.sorted() { _ = try usable(version, in: folder) }
        let path = layout.traffic(of: name)
        if traffic.isEmpty {
            try Files.remove(file: path)
            try Files.synchronize(folder.path)
        } else {
            try TemporaryItem.replace(path, in: folder.path, with: traffic.json.encoded())
        }
    }

    /// Ends the canary and the shadow of a version that is promoted now: they would come back with the next promotion.
    func endTraffic(to version: ModelVersion, of name: ModelName) throws(StoreError) {
        // A file that cannot be followed splits nothing.
        guard let traffic = try? traffic(of: name), traffic.versions.contains(version) else { return }
        try setTraffic(traffic.removing(version), of: name)
    }
}
