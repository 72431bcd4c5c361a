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
package struct RepositoryIndex: Sendable {
    /// A version of a model, or a model of which none answers.
    package struct Entry: Hashable, Sendable {
        /// The model's name.
        package let name: String
        /// The version, if one is known.
        package let version: String?
        /// Why it does not answer; nil if it does.
        package let reason: String?
        /// `READY` or `UNAVAILABLE`, as Triton has it.
        package var state: String { reason == nil ? "READY" : "UNAVAILABLE" }
    }

    /// What is in the repository, by the models' names.
    package let entries: [Entry]

    /// The index of some models.
    ///
    /// - Parameter readyOnly: leave out what does not answer.
    package init(_ models: [String: ModelState], readyOnly: Bool) {
        let entries = models.sorted { $0.key < $1.key }.flatMap { name, state -> [Entry] in
            switch state {
            case .ready(let deployment):
                deployment.versions.map { Entry(name: name, version: $0.model.version, reason: nil) }
            case .waiting(let reason), .failed(let reason): [Entry(name: name, version: nil, reason: reason)]
            case .unloaded: [Entry(name: name, version: nil, reason: "unloaded")]
            }
        }
        self.entries = readyOnly ? entries.filter { $0.reason == nil } : entries
    }

    /// The index as JSON: an object an entry, with what is known of it.
    package func encoded() -> [UInt8] {
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
            writer.raw(",\"state\":")
            writer.string(entry.state)
            // MLServer's clients need it, even if there is none.
            writer.raw(",\"reason\":")
            writer.string(entry.reason ?? "")
            writer.raw("}")
        }
        writer.raw("]")
        return writer.bytes
    }
}
