/// Reads a page as a browser would, and complains about what a page must not have.
struct PageScanner {
    /// Elements in the order of their start tags, each with its attributes.
    private(set) var elements: [(name: String, attributes: [String: String])] = []
    /// What is wrong with the page.
    private(set) var complaints: [String] = []

    private static let void: Set<String> = ["meta", "!doctype"]
    private var open: [String] = []

    init(_ page: String) {
        var rest = page[...]
        while let start = rest.firstIndex(of: "<") {
            let text = rest[..<start]
            if text.contains(">"), open.last != "style" { complaints.append("a bare > in \(text.prefix(60))") }
            guard let end = rest[start...].firstIndex(of: ">") else {
                complaints.append("a tag without an end")
                return
            }
            tag(rest[rest.index(after: start)..<end])
            rest = rest[rest.index(after: end)...]
        }
        if !open.isEmpty { complaints.append("not closed: \(open)") }
    }

    private mutating func tag(_ tag: Substring) {
        if tag.hasPrefix("/") {
            let name = String(tag.dropFirst())
            if open.popLast() != name { complaints.append("</\(name)> closes something else") }
            return
        }
        let isClosed = tag.hasSuffix("/")
        let body = isClosed ? tag.dropLast() : tag
        let name = String(body.prefix { $0 != " " }).lowercased()
        var attributes: [String: String] = [:]
        var rest = body.dropFirst(name.count)
        while let equals = rest.firstIndex(of: "=") {
            let key = rest[..<equals].drop { $0 == " " }
            rest = rest[rest.index(after: equals)...]
            guard rest.first == "\"", let quote = rest.dropFirst().firstIndex(of: "\"") else {
                complaints.append("an attribute without quotes in <\(tag.prefix(80))>")
                break
            }
            attributes[String(key)] = String(rest[rest.index(after: rest.startIndex)..<quote])
            rest = rest[rest.index(after: quote)...]
        }
        elements.append((name, attributes))
        if !isClosed, !Self.void.contains(name) { open.append(name) }
    }
}
