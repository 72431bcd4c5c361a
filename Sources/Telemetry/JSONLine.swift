import Serving

/// An object of plain members on a line of its own.
struct JSONLine {
    private var writer: JSONWriter
    private var isEmpty = true

    init(capacity: Int) {
        writer = JSONWriter(capacity: capacity)
        writer.raw("{")
    }

    /// Adds a member; nothing for nil.
    mutating func add(_ name: String, _ text: String?) {
        guard let text else { return }
        key(name)
        writer.string(text)
    }

    /// Adds a member.
    mutating func add(_ name: String, _ number: Int) {
        key(name)
        writer.integer(Int64(number))
    }

    /// Adds a member whose value is JSON already.
    mutating func add(_ name: String, json: [UInt8]) {
        key(name)
        writer.append(json)
    }

    /// The bytes of the line.
    consuming func ended() -> [UInt8] {
        writer.raw("}\n")
        return writer.bytes
    }

    private mutating func key(_ name: String) {
        if !isEmpty { writer.raw(",") }
        isEmpty = false
        writer.key(name)
    }
}
