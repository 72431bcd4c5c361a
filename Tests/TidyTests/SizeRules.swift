/// How long lines, files and functions may be.
enum SizeRules {
    static let maximumLineColumns = 120
    static let maximumFileLines = 600
    /// Nineteen files of twenty are no longer.
    static let usualFileLines = 450
    static let maximumFunctionLines = 70

    static func longLines(path: String, lines: [Substring]) -> [String] {
        lines.enumerated().filter { $0.element.count > maximumLineColumns }.map {
            "\(path):\($0.offset + 1): \($0.element.count) columns, more than \(maximumLineColumns)"
        }
    }

    static func longFile(_ source: SwiftSource) -> [String] {
        guard source.lines.count - 1 > maximumFileLines else { return [] }
        return ["\(source.path): \(source.lines.count - 1) lines, more than \(maximumFileLines)"]
    }

    /// Complains if more than one file in twenty is longer than usual.
    static func manyLongFiles(_ sources: [SwiftSource]) -> [String] {
        let long = sources.filter { $0.lines.count - 1 > usualFileLines }
        guard long.count * 20 > sources.count else { return [] }
        return ["\(long.count) of \(sources.count) files have more than \(usualFileLines) lines: \(long.map(\.path))"]
    }

    static func longFunctions(_ source: SwiftSource) -> [String] {
        FunctionScanner(source).functions.filter { $0.lineCount > maximumFunctionLines }.map {
            "\(source.path):\($0.line): \($0.keyword) of \($0.lineCount) lines, more than \(maximumFunctionLines)"
        }
    }
}

/// Finds functions, initialisers and subscripts with their lengths, by matching braces.
struct FunctionScanner {
    struct Function: Equatable {
        let keyword: String
        /// The line of the keyword, counted from 1.
        let line: Int
        /// Lines from the keyword to the closing brace, both included.
        let lineCount: Int
    }

    let functions: [Function]

    private static let keywords: Set<String> = ["func", "init", "deinit", "subscript"]
    /// What a signature goes on with on its next line.
    private static let continuations = ["->", "{", "where ", "throws", "async", "rethrows"]

    init(_ source: SwiftSource) {
        let code = source.code
        var functions: [Function] = []
        var word = ""
        var line = 1
        for (index, character) in code.enumerated() {
            if character.isLetter || character.isNumber || character == "_" {
                word.append(character)
                continue
            }
            let start = index - word.count
            let isMember = start > 0 && (code[start - 1] == "." || code[start - 1] == "`")
            if Self.keywords.contains(word), !isMember, let end = Self.endOfBody(code, from: index) {
                let lineCount = code[index...end].count { $0 == "\n" } + 1
                functions.append(Function(keyword: word, line: line, lineCount: lineCount))
            }
            word = ""
            if character == "\n" { line += 1 }
        }
        self.functions = functions
    }

    /// The index of the brace that closes the body; nil for a requirement without one, and for a call.
    private static func endOfBody(_ code: [Character], from signature: Int) -> Int? {
        var index = signature
        var nesting = 0
        while index < code.count {
            switch code[index] {
            case "(", "[": nesting += 1
            case ")", "]": nesting -= 1
            case "{" where nesting == 0: return closingBrace(code, from: index)
            case "}" where nesting == 0: return nil
            case "\n" where nesting == 0:
                let rest = String(code[index...].drop { $0.isWhitespace }.prefix(10))
                guard continuations.contains(where: rest.hasPrefix) else { return nil }
            default: break
            }
            if nesting < 0 { return nil }
            index += 1
        }
        return nil
    }

    private static func closingBrace(_ code: [Character], from open: Int) -> Int? {
        var depth = 0
        for index in open..<code.count {
            if code[index] == "{" { depth += 1 }
            if code[index] == "}" { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }
}
