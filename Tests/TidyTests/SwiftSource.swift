/// A Swift file as the rules see it.
struct SwiftSource {
    /// The path from the repository's root, e.g. `Sources/Kernels/Dot.swift`.
    let path: String
    /// The text, as it is.
    let lines: [Substring]
    /// The text with comments and the contents of string literals blanked out, character for character.
    let code: [Character]

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var mask = LiteralMask(text)
        code = mask.masked()
    }

    /// The module of a file in `Sources`.
    var module: String? {
        let parts = path.split(separator: "/")
        return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
    }

    /// The words of the code in order, each with its line, counted from 1.
    ///
    /// A word is an identifier or keyword, with the `!` that may follow it (`try!`, `as!`).
    var words: [(text: String, line: Int)] {
        var words: [(String, Int)] = []
        var word = ""
        var line = 1
        for character in code + ["\n"] {
            if character.isLetter || character.isNumber || character == "_" {
                word.append(character)
                continue
            }
            if !word.isEmpty { words.append((character == "!" ? word + "!" : word, line)) }
            word = ""
            if character == "\n" { line += 1 }
        }
        return words
    }

    /// The modules that the file imports, each with its line.
    var imports: [(module: String, line: Int)] {
        lines.enumerated().compactMap { index, line in
            let words = line.split(separator: " ")
            guard let keyword = words.firstIndex(of: "import"), keyword <= 2, keyword + 1 < words.count,
                words[..<keyword].allSatisfy({ $0.hasPrefix("@") || Self.accessLevels.contains($0) })
            else { return nil }
            return (String(words[words.count - 1].prefix { $0 != "." }), index + 1)
        }
    }

    private static let accessLevels: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
}

/// Blanks comments and the contents of string literals out of Swift source, keeping every line where it is.
private struct LiteralMask {
    private let text: [Character]
    private var result: [Character] = []
    private var index = 0

    init(_ text: String) { self.text = Array(text) }

    mutating func masked() -> [Character] {
        while index < text.count {
            if starts(with: "//") {
                blank { $0.text[$0.index] != "\n" }
            } else if starts(with: "/*") {
                blankBlockComment()
            } else if text[index] == "#", let hashes = hashesOfString() {
                blankString(hashes: hashes)
            } else if text[index] == "\"" {
                blankString(hashes: 0)
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return result
    }

    private func starts(with prefix: String) -> Bool { text[index...].starts(with: prefix) }

    private mutating func blankOne() {
        result.append(text[index] == "\n" ? "\n" : " ")
        index += 1
    }

    private mutating func blank(while condition: (LiteralMask) -> Bool) {
        while index < text.count, condition(self) { blankOne() }
    }

    private mutating func blankBlockComment() {
        var depth = 0
        repeat {
            if starts(with: "/*") { depth += 1 }
            if starts(with: "*/") { depth -= 1 }
            blankOne()
        } while index < text.count && depth > 0
        if index < text.count { blankOne() }
    }

    /// The number of `#` here, if a string literal follows them.
    private func hashesOfString() -> Int? {
        let count = text[index...].prefix { $0 == "#" }.count
        return index + count < text.count && text[index + count] == "\"" ? count : nil
    }

    private mutating func blankString(hashes: Int) {
        for _ in 0..<hashes { blankOne() }
        let quote = starts(with: "\"\"\"") ? "\"\"\"" : "\""
        let end = quote + String(repeating: "#", count: hashes)
        let escape = "\\" + String(repeating: "#", count: hashes)
        for _ in quote { blankOne() }
        while index < text.count, !starts(with: end) {
            if starts(with: escape + "(") {
                for _ in escape { blankOne() }
                copyInterpolation()
            } else if starts(with: escape), index + escape.count < text.count {
                for _ in 0...escape.count { blankOne() }
            } else if quote == "\"" && text[index] == "\n" {
                return
            } else {
                blankOne()
            }
        }
        for _ in end where index < text.count { blankOne() }
    }

    /// Keeps the code within `\( )`, masking the literals inside it in turn.
    private mutating func copyInterpolation() {
        var depth = 0
        repeat {
            if text[index] == "\"" {
                blankString(hashes: 0)
                continue
            }
            if text[index] == "(" { depth += 1 }
            if text[index] == ")" { depth -= 1 }
            result.append(text[index])
            index += 1
        } while index < text.count && depth > 0
    }
}
