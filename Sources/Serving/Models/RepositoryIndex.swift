import JSON

/// The body of a request for the index of the model repository; none stands for all models.
package struct RepositoryIndexRequest {
    /// Whether only models that answer are asked for.
    package var readyOnly = false

    /// Reads a body: empty, or an object with `ready`.
    ///
    /// - Throws: ``ServingError`` if it is something else.
    package init(_ body: Span<UInt8>) throws(ServingError) {
        guard !body.isEmpty else { return }
        var reader = RequestReader(body)
        guard reader.take(JSONByte.openBrace) else {
            throw ServingError(.malformedRequest, #"Expected a JSON object such as {"ready": true}"#)
        }
        if !reader.take(JSONByte.closeBrace) {
            repeat {
                let key = try reader.readKey()
                let isReady = reader.text(key) == "ready"
                switch reader.peek() {
                case UInt8(ascii: "t") where isReady: readyOnly = true
                case UInt8(ascii: "f") where isReady: readyOnly = false
                case UInt8(ascii: "n") where isReady: break
                case _ where isReady: throw ServingError(.malformedRequest, "Expected \"ready\" to be true or false")
                default: break
                }
                try reader.skipValue()
            } while try reader.takeSeparator(closing: JSONByte.closeBrace)
        }
        try reader.expectEnd()
    }
}

/// The index of the model repository.
package enum RepositoryIndex {
    /// An object a version: name, version if it has one, state, and the reason where it does not answer.
    package static func encoded(_ models: [String: ModelState], readyOnly: Bool) -> [UInt8] {
        var entries: [(name: String, version: String?, reason: String?)] = []
        for (name, state) in models.sorted(by: { $0.key < $1.key }) {
            switch state {
            case .ready(let deployment):
                entries += deployment.versions.map { (name, $0.model.version, nil) }
            case .waiting(let reason), .failed(let reason): entries.append((name, nil, reason))
            case .unloaded: entries.append((name, nil, "unloaded"))
            }
        }
        if readyOnly { entries.removeAll { $0.reason != nil } }
        var writer = JSONWriter()
        writer.raw("[")
        for (index, entry) in entries.enumerated() {
            if index > 0 { writer.raw(",") }
            writer.raw("{\"name\":")
            writer.string(entry.name)
            if let version = entry.version {
                writer.raw(",\"version\":")
                writer.string(version)
            }
            writer.raw(entry.reason == nil ? ",\"state\":\"READY\"" : ",\"state\":\"UNAVAILABLE\"")
            if let reason = entry.reason {
                writer.raw(",\"reason\":")
                writer.string(reason)
            }
            writer.raw("}")
        }
        writer.raw("]")
        return writer.bytes
    }
}
