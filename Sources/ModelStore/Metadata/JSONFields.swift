/// Reads an object's members one by one; what has not been asked for in the end is left in ``rest``.
struct JSONFields {
    /// The members not read yet.
    private(set) var rest: JSONValue.Object

    init(_ value: JSONValue) throws(StoreError) {
        guard case .object(let object) = value else {
            throw StoreError(.malformed, "expected an object, found \(value.kind)")
        }
        rest = object
    }

    /// Takes a member out; nil if it is absent or `null`.
    mutating func take(_ key: String) -> JSONValue? {
        let value = rest[key]
        rest[key] = nil
        return value == .null ? nil : value
    }

    /// Takes a member that must be there and be of a kind.
    mutating func require<Value>(
        _ key: String, _ kind: String, _ read: (JSONValue) throws(StoreError) -> Value?
    ) throws(StoreError) -> Value {
        guard let value = try optional(key, kind, read) else {
            throw StoreError(.malformed, "\"\(key)\" is missing")
        }
        return value
    }

    /// Takes a member that, if it is there, must be of a kind.
    mutating func optional<Value>(
        _ key: String, _ kind: String, _ read: (JSONValue) throws(StoreError) -> Value?
    ) throws(StoreError) -> Value? {
        guard let value = take(key) else { return nil }
        let result: Value?
        do throws(StoreError) { result = try read(value) } catch {
            throw StoreError(.malformed, "\"\(key)\": \(error)")
        }
        guard let result else { throw StoreError(.malformed, "\"\(key)\" is not \(kind)") }
        return result
    }
}

extension JSONFields {
    mutating func string(_ key: String) throws(StoreError) -> String { try require(key, "a string") { $0.string } }

    mutating func version(_ key: String) throws(StoreError) -> ModelVersion {
        try require(key, "the number of a version") { $0.integer.flatMap { ModelVersion($0) } }
    }
}
