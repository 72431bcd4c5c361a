import ModelStore

/// A value of a YAML file as MLflow writes them: PyYAML's block style, of which mappings and scalars are read.
///
/// A YAML library would bring all of Foundation, and with it ICU: 45 MB in a binary of 14, for a handful of strings.
enum BlockYAML: Hashable, Sendable {
    /// A scalar, as text: quotes and escapes undone, of a plain one as it is written.
    case scalar(String)
    /// A mapping; of keys that are written twice the last counts.
    case mapping([String: BlockYAML])
    /// Anything else: a sequence, a block scalar, an alias.
    case other

    /// The scalar's text.
    var text: String? { if case .scalar(let text) = self { text } else { nil } }

    /// The mapping.
    var mapping: [String: BlockYAML]? { if case .mapping(let members) = self { members } else { nil } }

    /// The value of a key, if this is a mapping.
    subscript(_ key: String) -> BlockYAML? { mapping?[key] }

    /// Reads a document.
    ///
    /// - Throws: ``StoreError/Code/malformed`` naming the line that is not as PyYAML writes it.
    init(parsing text: String) throws(StoreError) {
        var reader = BlockYAMLReader(text)
        self = try reader.document()
    }
}

private struct BlockYAMLReader {
    /// How deeply mappings may nest.
    private static let maximumDepth = 32

    private let lines: [Substring]
    private var next = 0
    private var depth = 0

    init(_ text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.last == "\r" ? $0.dropLast() : $0
        }
    }

    mutating func document() throws(StoreError) -> BlockYAML {
        skipBlankLines()
        if next < lines.count, lines[next].hasPrefix("---") { next += 1 }
        let root = try mapping(indent: 0)
        skipBlankLines()
        guard next == lines.count || lines[next].hasPrefix("...") else { throw error("a key") }
        return .mapping(root)
    }

    private mutating func mapping(indent: Int) throws(StoreError) -> [String: BlockYAML] {
        guard depth < Self.maximumDepth else { throw error("no more than \(Self.maximumDepth) levels") }
        depth += 1
        defer { depth -= 1 }
        var members: [String: BlockYAML] = [:]
        while true {
            skipBlankLines()
            guard next < lines.count, Self.indent(lines[next]) == indent, !Self.isEnd(lines[next]) else {
                return members
            }
            let (key, rest) = try key(lines[next].dropFirst(indent))
            members[key] = try value(rest, indent: indent)
        }
    }

    /// The key of a line, and what follows its colon.
    private func key(_ line: Substring) throws(StoreError) -> (String, Substring) {
        if let quote = line.first, quote == "'" || quote == "\"" {
            guard let (text, rest) = Self.quoted(line.dropFirst(), quote), rest.first == ":" else {
                throw error("a key")
            }
            return (text, rest.dropFirst().drop { $0 == " " })
        }
        // A dash and a question mark may start a key, unless a space follows.
        let isKey = line.first.map { !"[]{}&*!|>%@`#,\t".contains($0) } ?? false
        guard !Self.isMark("-", line), !Self.isMark("?", line) else { throw error("a key") }
        guard isKey, let colon = line.indices.first(where: { Self.isColon(line, $0) }), colon > line.startIndex else {
            throw error("a key")
        }
        return (String(line[..<colon]), line[line.index(after: colon)...].drop { $0 == " " })
    }

    /// Whether a line starts with a mark that stands alone.
    private static func isMark(_ mark: Character, _ line: Substring) -> Bool {
        line.first == mark && (line.dropFirst().first ?? " ") == " "
    }

    private static func isColon(_ line: Substring, _ index: Substring.Index) -> Bool {
        let after = line.index(after: index)
        return line[index] == ":" && (after == line.endIndex || line[after] == " ")
    }

    /// The value that starts behind a key and may go on in the lines below it.
    private mutating func value(_ start: Substring, indent: Int) throws(StoreError) -> BlockYAML {
        next += 1
        var start = start
        if start.first == "&" { start = start.drop { $0 != " " }.drop { $0 == " " } }
        switch start.first {
        case nil: return try block(indent: indent)
        case "'", "\"": return .scalar(try quotedScalar(start, indent: indent))
        case "|", ">", "*", "!", "[", "{":
            skipBlock(indent: indent)
            return .other
        default: return .scalar(plainScalar(start, indent: indent))
        }
    }

    /// A value that stands below its key alone.
    private mutating func block(indent: Int) throws(StoreError) -> BlockYAML {
        skipBlankLines()
        guard next < lines.count, !Self.isEnd(lines[next]) else { return .scalar("null") }
        let inner = Self.indent(lines[next])
        let isSequence = Self.isMark("-", lines[next].dropFirst(inner))
        guard inner > indent || (inner == indent && isSequence) else { return .scalar("null") }
        guard isSequence else { return .mapping(try mapping(indent: inner)) }
        skipBlock(indent: indent, sequenceToo: true)
        return .other
    }

    /// Steps over lines that belong to a value that is not read.
    private mutating func skipBlock(indent: Int, sequenceToo: Bool = false) {
        while next < lines.count {
            let inner = Self.indent(lines[next])
            let isItem = sequenceToo && inner == indent && Self.isMark("-", lines[next].dropFirst(inner))
            guard Self.isBlank(lines[next]) || inner > indent || (isItem && !Self.isEnd(lines[next])) else { return }
            next += 1
        }
    }

    // MARK: - Scalars

    /// A plain scalar, the lines of which are joined by spaces.
    private mutating func plainScalar(_ start: Substring, indent: Int) -> String {
        var parts = [Self.trimmed(start)]
        while next < lines.count, !Self.isBlank(lines[next]), Self.indent(lines[next]) > indent {
            parts.append(Self.trimmed(lines[next]))
            next += 1
        }
        return parts.joined(separator: " ")
    }

    /// A scalar in quotes: a line break is a space, or as many breaks as empty lines follow.
    private mutating func quotedScalar(_ start: Substring, indent: Int) throws(StoreError) -> String {
        guard let quote = start.first else { throw error("a quote") }
        var text = ""
        var line = start.dropFirst()
        while true {
            if let (end, rest) = Self.quoted(line, quote) {
                guard rest.allSatisfy({ $0 == " " }) else { throw error("nothing after a quote") }
                return text + end
            }
            // A backslash at the end of a line joins it to the next one without a space.
            let isJoined = quote == "\"" && Self.endsInBackslash(line)
            let content = isJoined ? line.dropLast() : Self.withoutTrailingSpace(line)
            guard let part = Self.unquoted(content, quote) else { throw error("an escape that YAML has") }
            text += part
            var breaks = 0
            while next < lines.count, lines[next].allSatisfy({ $0 == " " }) {
                breaks += 1
                next += 1
            }
            guard next < lines.count, Self.indent(lines[next]) > indent else { throw error("the end of a quote") }
            if !isJoined { text += breaks == 0 ? " " : String(repeating: "\n", count: breaks) }
            line = lines[next].drop { $0 == " " }
            next += 1
        }
    }

    /// The text up to the quote that ends it, and what follows; nil if the line has no such quote.
    private static func quoted(_ line: Substring, _ quote: Character) -> (String, Substring)? {
        var index = line.startIndex
        while index < line.endIndex {
            let after = line.index(after: index)
            if line[index] == "\\", quote == "\"" {
                guard after < line.endIndex else { return nil }
                index = line.index(after: after)
            } else if line[index] != quote {
                index = after
            } else if quote == "'", after < line.endIndex, line[after] == "'" {
                index = line.index(after: after)
            } else {
                return unquoted(line[..<index], quote).map { ($0, line[after...]) }
            }
        }
        return nil
    }

    private static let escapes: [Character: Character] = [
        "0": "\0", "a": "\u{7}", "b": "\u{8}", "t": "\t", "n": "\n", "v": "\u{B}", "f": "\u{C}", "r": "\r",
        "e": "\u{1B}", " ": " ", "\"": "\"", "\\": "\\", "/": "/", "N": "\u{85}", "_": "\u{A0}", "L": "\u{2028}",
        "P": "\u{2029}",
    ]

    /// Undoes the escapes of a quoted text; nil if there is one that YAML does not have.
    private static func unquoted(_ text: Substring, _ quote: Character) -> String? {
        guard quote == "\"" else { return text.replacing("''", with: "'").description }
        var result = ""
        var rest = text
        while let character = rest.popFirst() {
            guard character == "\\" else {
                result.append(character)
                continue
            }
            guard let letter = rest.popFirst() else { return nil }
            if let length = ["x": 2, "u": 4, "U": 8][letter] {
                let digits = rest.prefix(length)
                guard digits.count == length, let value = UInt32(digits, radix: 16),
                    let scalar = Unicode.Scalar(value)
                else { return nil }
                result.unicodeScalars.append(scalar)
                rest = rest.dropFirst(length)
            } else if let escaped = escapes[letter] {
                result.append(escaped)
            } else {
                return nil
            }
        }
        return result
    }

    // MARK: - Lines

    private mutating func skipBlankLines() { while next < lines.count, Self.isBlank(lines[next]) { next += 1 } }

    private static func isBlank(_ line: Substring) -> Bool {
        let content = line.drop { $0 == " " }
        return content.isEmpty || content.first == "#"
    }

    private static func isEnd(_ line: Substring) -> Bool { line.hasPrefix("...") || line.hasPrefix("---") }

    private static func indent(_ line: Substring) -> Int { line.prefix { $0 == " " }.count }

    private static func trimmed(_ line: Substring) -> Substring { withoutTrailingSpace(line.drop { $0 == " " }) }

    private static func withoutTrailingSpace(_ line: Substring) -> Substring {
        line[..<(line.lastIndex { $0 != " " }.map(line.index(after:)) ?? line.startIndex)]
    }

    private static func endsInBackslash(_ line: Substring) -> Bool {
        line.reversed().prefix { $0 == "\\" }.count % 2 == 1
    }

    private func error(_ expected: String) -> StoreError {
        StoreError(
            .malformed, "not YAML as MLflow writes it: expected \(expected) at line \(min(next, lines.count - 1) + 1)")
    }
}
