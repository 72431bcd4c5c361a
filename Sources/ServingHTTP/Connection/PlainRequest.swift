import NIOCore

/// A request that was read whole, as its bytes lie in the connection's buffer.
struct PlainRequest {
    /// What it asks for.
    let target: RequestTarget
    /// Its body.
    let body: ByteBuffer
    /// Its fields.
    let fields: PlainFields
    private let line: PlainHead

    init(target: RequestTarget, head: ByteBuffer, _ line: PlainHead, body: ByteBuffer) {
        self.target = target
        self.body = body
        self.line = line
        fields = PlainFields(head: head, start: line.fieldStart)
    }

    /// `x-request-id`.
    var requestID: String? { line.requestID.map(fields.text) }

    /// The target as the client sent it.
    var path: String { fields.text(line.target) }
}

/// The fields of a plain head, read anew for each question: most requests are asked few.
struct PlainFields: RequestFields {
    private let head: ByteBuffer
    /// Where the lines of fields begin.
    private let start: Int

    fileprivate init(head: ByteBuffer, start: Int) {
        self.head = head
        self.start = start
    }

    /// Bytes of the head as text.
    fileprivate func text(_ range: Range<Int>) -> String {
        head.getString(at: head.readerIndex + range.lowerBound, length: range.count) ?? ""
    }

    func value(of name: String) -> String? {
        var values: [String] = []
        forEachField { bytes, field, value in
            if Self.begins(bytes, field, with: name), field.count == name.utf8.count { values.append(text(value)) }
        }
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }

    func values(withPrefix prefix: String) -> [String: String] {
        var values: [String: String] = [:]
        forEachField { bytes, field, value in
            guard Self.begins(bytes, field, with: prefix) else { return }
            values[text(field.dropFirst(prefix.utf8.count)).lowercased()] = text(value)
        }
        return values
    }

    /// Calls with each field's name and value, as ranges of the head's bytes.
    private func forEachField(_ body: (Span<UInt8>, Range<Int>, Range<Int>) -> Void) {
        let bytes = head.readableBytesUInt8Span
        var position = start
        // The last line is the empty one.
        while position < bytes.count - 2 {
            var colon = position
            while bytes[colon] != UInt8(ascii: ":") { colon += 1 }
            var end = colon + 1
            while bytes[end] != UInt8(ascii: "\r") { end += 1 }
            var value = colon + 1..<end
            while let first = value.first, bytes[first] == UInt8(ascii: " ") { value = value.dropFirst() }
            while let last = value.last, bytes[last] == UInt8(ascii: " ") { value = value.dropLast() }
            body(bytes, position..<colon, value)
            position = end + 2
        }
    }

    /// Whether a name begins with a text in lower case.
    private static func begins(_ bytes: Span<UInt8>, _ name: Range<Int>, with text: String) -> Bool {
        guard name.count >= text.utf8.count else { return false }
        var index = name.lowerBound
        for wanted in text.utf8 {
            let byte = bytes[index]
            guard (UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte) == wanted else { return false }
            index += 1
        }
        return true
    }
}
