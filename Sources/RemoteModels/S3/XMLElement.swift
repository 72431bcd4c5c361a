import ModelStore

/// An element of XML as S3 answers with: a name, text and elements in it. Attributes and namespaces mean nothing there.
struct XMLElement: Hashable, Sendable {
    let name: String
    /// The text directly in the element.
    var text = ""
    var children: [XMLElement] = []

    init(name: String) { self.name = name }

    /// The first element in this one with a name.
    func child(_ name: String) -> XMLElement? { children.first { $0.name == name } }

    /// The text of the first element in this one with a name.
    func text(_ name: String) -> String? { child(name)?.text }

    /// Reads a document.
    ///
    /// - Throws: ``StoreError/Code/malformed`` if it is not XML, declares a document type (which could make it grow
    ///   without bound), or is deeper or larger than ``XMLReader`` reads.
    init(parsing bytes: [UInt8]) throws(StoreError) {
        var reader = XMLReader(bytes)
        self = try reader.document()
    }
}

/// Reads XML (W3C XML 1.0) into elements, without recursion.
struct XMLReader {
    /// How deeply elements may nest.
    static let maximumDepth = 16
    /// How many elements a document may have.
    static let maximumElements = 100_000

    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    mutating func document() throws(StoreError) -> XMLElement {
        var open: [XMLElement] = []
        var count = 0
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        while !rest.isEmpty {
            let text = try text()
            if let last = open.indices.last { open[last].text += text } else { try requireBlank(text) }
            guard !rest.isEmpty else { break }
            switch try markup() {
            case .skipped: continue
            case .characters(let text):
                guard let last = open.indices.last else { throw Self.error("text outside of the root") }
                open[last].text += text
            case .start(let name, let isEmpty):
                count += 1
                guard open.count < Self.maximumDepth, count <= Self.maximumElements else {
                    throw Self.error("more than \(Self.maximumDepth) levels or \(Self.maximumElements) elements")
                }
                open.append(XMLElement(name: name))
                if isEmpty, let root = Self.close(&open) { return try end(root) }
            case .end(let name):
                guard open.last?.name == name else { throw Self.error("</\(name.prefix(40).shown)> without its start") }
                if let root = Self.close(&open) { return try end(root) }
            }
        }
        throw Self.error("it ends too soon")
    }

    /// Ends the innermost element; returns it if it is the root.
    private static func close(_ open: inout [XMLElement]) -> XMLElement? {
        guard let element = open.popLast() else { return nil }
        guard let last = open.indices.last else { return element }
        open[last].children.append(element)
        return nil
    }

    /// Checks that nothing but comments and white space follows the root.
    private mutating func end(_ root: XMLElement) throws(StoreError) -> XMLElement {
        while !rest.isEmpty {
            try requireBlank(try text())
            guard !rest.isEmpty else { break }
            guard case .skipped = try markup() else { throw Self.error("a second root") }
        }
        return root
    }

    // MARK: - Tokens

    private enum Markup {
        case start(String, isEmpty: Bool)
        case end(String)
        case characters(String)
        case skipped
    }

    /// The text up to the next `<`.
    private mutating func text() throws(StoreError) -> String {
        let raw = rest.prefix { $0 != UInt8(ascii: "<") }
        rest = rest[raw.endIndex...]
        return try Self.unescaped(raw)
    }

    /// What starts with the `<` that comes next.
    private mutating func markup() throws(StoreError) -> Markup {
        if rest.starts(with: "<?".utf8) {
            _ = try take(through: "?>")
            return .skipped
        }
        if rest.starts(with: "<!--".utf8) {
            _ = try take(through: "-->")
            return .skipped
        }
        if rest.starts(with: "<![CDATA[".utf8) {
            return .characters(try Self.string(try take(through: "]]>").dropFirst(9)))
        }
        guard !rest.starts(with: "<!".utf8) else { throw Self.error("a document type") }
        return try tag(try take(through: ">").dropFirst())
    }

    private func tag(_ inner: ArraySlice<UInt8>) throws(StoreError) -> Markup {
        let isEnd = inner.first == UInt8(ascii: "/")
        let isEmpty = inner.last == UInt8(ascii: "/")
        let name = try Self.string(
            inner.dropFirst(isEnd ? 1 : 0).prefix { byte in byte > 0x20 && byte != UInt8(ascii: "/") })
        guard !name.isEmpty, !(isEnd && isEmpty) else { throw Self.error("a tag without a name") }
        // A prefix says the namespace, of which there is one.
        let local = String(name[(name.lastIndex(of: ":").map(name.index(after:)) ?? name.startIndex)...])
        return isEnd ? .end(local) : .start(local, isEmpty: isEmpty)
    }

    /// The bytes up to an end mark, which is stepped over.
    private mutating func take(through mark: String) throws(StoreError) -> ArraySlice<UInt8> {
        guard let end = rest.firstRange(of: Array(mark.utf8)) else { throw Self.error("\(mark) is missing") }
        let taken = rest[..<end.lowerBound]
        rest = rest[end.upperBound...]
        return taken
    }

    private func requireBlank(_ text: String) throws(StoreError) {
        guard text.allSatisfy(\.isWhitespace) else { throw Self.error("text outside of the root") }
    }

    private static let entities: [Substring: Unicode.Scalar] = [
        "lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'",
    ]

    private static func unescaped(_ raw: ArraySlice<UInt8>) throws(StoreError) -> String {
        guard raw.contains(UInt8(ascii: "&")) else { return try string(raw) }
        let parts = try string(raw).split(separator: "&", omittingEmptySubsequences: false)
        var text = String(parts[0])
        for part in parts.dropFirst() {
            guard let end = part.firstIndex(of: ";"), let scalar = scalar(part[..<end]) else {
                throw error("an entity that XML does not have")
            }
            text.unicodeScalars.append(scalar)
            text += part[part.index(after: end)...]
        }
        return text
    }

    private static func scalar(_ entity: Substring) -> Unicode.Scalar? {
        if let scalar = entities[entity] { return scalar }
        if entity.hasPrefix("#x") { return UInt32(entity.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init) }
        return entity.hasPrefix("#") ? UInt32(entity.dropFirst(), radix: 10).flatMap(Unicode.Scalar.init) : nil
    }

    private static func string(_ bytes: ArraySlice<UInt8>) throws(StoreError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw error("bytes that are not UTF-8") }
        return text
    }

    private static func error(_ problem: String) -> StoreError { StoreError(.malformed, "not XML: \(problem)") }
}
