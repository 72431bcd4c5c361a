extension ModelStore {
    /// What a file says of the model in it; nothing if nobody can tell.
    func facts(of file: String) -> ModelDetails { (try? examiner?.examine(path: file))?.details ?? ModelDetails() }

    /// What a file says of the model in it.
    ///
    /// - Parameter source: the path that people know the file by.
    /// - Throws: ``StoreError/Code/invalidModel`` if it holds none, or none that Apus can serve.
    func examined(
        _ file: String, from source: String, refusesUnservable: Bool
    ) throws(StoreError) -> ModelDetails {
        guard let examiner else { return ModelDetails() }
        let facts: ModelFacts
        do { facts = try examiner.examine(path: file) } catch {
            throw StoreError(.invalidModel, "\(source) holds no model: \(error)")
        }
        if refusesUnservable, let refusal = facts.refusal {
            throw StoreError(.invalidModel, "\(source) holds a model that Apus cannot serve: \(refusal)")
        }
        return facts.details
    }
}

extension ModelDetails {
    /// The members that only the store itself may write.
    private static let ownMembers = [
        "name", "version", "id", "created", "file", "size", "sha256", "written_by", "promoted", "history",
    ]

    /// What a metadata file that others wrote says of a model: what Apus understands in its place, the rest as it is.
    init(foreign json: JSONValue?) {
        self.init()
        guard let json else { return }
        guard var object = json.object else {
            other["adopted_metadata"] = json
            return
        }
        for member in Self.ownMembers { object[member] = nil }
        do throws(StoreError) { try self.init(json: .object(object)) } catch { other["adopted_metadata"] = json }
    }
}
