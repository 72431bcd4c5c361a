/// Rules about the documents that say which test holds what they promise.
enum DocumentRules {
    /// The tests that the tables of a document name in their last column: `Suite`, `Suite.function`, and `.function`
    /// for one more of the suite before.
    static func namedTests(_ document: String) -> [String] {
        var names: [String] = []
        for line in document.split(separator: "\n") where line.hasPrefix("| ") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
            var suite = ""
            for word in (cells.last ?? "").split(separator: "`").filter({ $0.allSatisfy(Self.isPartOfName) }) {
                guard !word.hasPrefix(".") else {
                    names.append(suite + word)
                    continue
                }
                guard word.first?.isUppercase == true else { continue }
                suite = String(word.prefix { $0 != "." })
                names.append(String(word))
            }
        }
        return names
    }

    private static func isPartOfName(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "."
    }

    /// Those of some names that are no folder of tests, no suite, and no function of a suite.
    static func unknownTests(_ names: [String], folders: [String], sources: [SwiftSource]) -> [String] {
        names.filter { name in
            let parts = name.split(separator: ".").map(String.init)
            if parts.count == 1, folders.contains(name) { return false }
            let suites = sources.filter { source in
                source.lines.contains { line in
                    ["struct", "class", "extension"].contains { line.contains("\($0) \(parts[0]) ") }
                }
            }
            return !suites.contains { suite in
                parts.count == 1 || suite.lines.contains { $0.contains("func \(parts[1])(") }
            }
        }
    }
}
