import Serving

/// The description of the server in OpenAPI 3.0.3, as JSON.
enum OpenAPIDocument {
    /// The document; the same for every request.
    static let bytes: [UInt8] = {
        var writer = JSONWriter(capacity: 16 << 10)
        writer.raw("{\"openapi\":\"3.0.3\",\"info\":{\"title\":\"Apus\",\"version\":")
        writer.string(ApusVersion.current)
        writer.raw("},\"paths\":{")
        let paths = ServedRoute.allCases.flatMap { route in route.paths.map { ($0, route) } }
        for (index, (path, route)) in paths.enumerated() {
            if index > 0 { writer.raw(",") }
            writer.key(path)
            writer.path(path, route)
        }
        writer.raw("},\"components\":{\"schemas\":")
        writer.raw(OpenAPISchemas.text)
        writer.raw("}}")
        return writer.bytes
    }()

    /// The names of a path's parameters.
    static func parameters(of path: String) -> [String] {
        path.split(separator: "{").dropFirst().compactMap { $0.split(separator: "}").first.map(String.init) }
    }
}

extension JSONWriter {
    fileprivate mutating func path(_ path: String, _ route: ServedRoute) {
        raw("{")
        key(route.isPost ? "post" : "get")
        raw("{\"operationId\":")
        // One route may have several paths, and the names of operations must differ.
        string(route.paths.first == path ? "\(route)" : "\(route)At\(path.replacing("/", with: "_"))")
        raw(",\"summary\":")
        string(route.summary)
        raw(",\"parameters\":[")
        for (index, name) in OpenAPIDocument.parameters(of: path).enumerated() {
            if index > 0 { raw(",") }
            raw("{\"name\":")
            string(name)
            raw(",\"in\":\"path\",\"required\":true,\"schema\":{\"type\":\"string\",\"minLength\":1}}")
        }
        raw("]")
        if let schema = route.requestSchema {
            raw(",\"requestBody\":{\"content\":{\"application/json\":")
            reference(to: schema)
            raw("}}")
        }
        responses(of: route)
        raw("}}")
    }

    private mutating func responses(of route: ServedRoute) {
        raw(",\"responses\":{\"200\":{\"description\":\"The answer\",\"content\":{")
        if let schema = route.responseSchema {
            raw("\"application/json\":")
            reference(to: schema)
        } else {
            raw("\"text/plain\":{\"schema\":{\"type\":\"string\"}}")
        }
        raw("}}")
        for refusal in route.refusals {
            raw(",\"\(refusal.status)\":{\"description\":")
            string(refusal.description)
            raw(",\"content\":{\"application/json\":")
            reference(to: "Refusal")
            raw("}}")
        }
        raw("}")
    }

    private mutating func reference(to schema: String) {
        raw("{\"schema\":{\"$ref\":\"#/components/schemas/\(schema)\"}}")
    }
}
