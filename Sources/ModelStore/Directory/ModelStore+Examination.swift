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

    /// What a metadata file beside a model says of it: what Apus understands in its place, the rest as it is, and what
    /// cannot be in its place as `adopted_metadata`.
    init(foreign json: JSONValue?) {
        self.init()
        guard let json else { return }
        guard var object = json.object else {
            other["adopted_metadata"] = json
            return
        }
        let own = Self.ownMembers.compactMap { key in object[key].map { JSONValue.Object.Member(key, $0) } }
        // Of a version that was copied out of a store, the store's own members are of that version.
        let isCopy = object["sha256"] != nil
        for member in own { object[member.key] = nil }
        do throws(StoreError) {
            try self.init(json: .object(object))
            if !own.isEmpty, !isCopy { other["adopted_metadata"] = .object(JSONValue.Object(own)) }
        } catch {
            other["adopted_metadata"] = json
        }
    }
}
