import ModelStore

extension ModelSummary {
    /// The summary for programs.
    var json: JSONValue {
        [
            "name": .string(name.text), "path": .string(path), "version": .init(promoted), "file": file?.json ?? .null,
            "metadata": metadata?.json ?? .null, "problem": problem.map { .string($0.message) } ?? .null,
        ]
    }
}

extension StoredModel {
    /// The model for programs.
    var json: JSONValue {
        [
            "name": .string(name.text), "path": .string(path), "version": .init(promoted), "file": file?.json ?? .null,
            "metadata": metadata?.json ?? .null, "versions": .array(versions.map(\.json)), "traffic": traffic.json,
            "problems": .array(problems.map(JSONValue.string)),
        ]
    }
}

extension StoredVersion {
    /// The version for programs.
    var json: JSONValue {
        [
            "version": .integer(version.number), "path": .string(path), "file": file?.json ?? .null,
            "metadata": metadata?.json ?? .null, "problem": problem.map { .string($0.message) } ?? .null,
        ]
    }
}

extension StoredFile {
    fileprivate var json: JSONValue {
        ["path": .string(path), "size": .integer(size), "modified": .string(modified.iso8601)]
    }
}

extension JSONValue {
    /// The number of a version, or null.
    init(_ version: ModelVersion?) { self = version.map { .integer($0.number) } ?? .null }
}
