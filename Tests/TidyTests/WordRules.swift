/// Words that the sources do without.
enum WordRules {
    private static let forbidden: Set<String> = ["fatalError", "try!", "as!"]
    private static let notes = ["TODO", "FIXME"]

    /// Where memory may be touched without checks: the kernels, the value types they read, the codec's bytes and its C
    /// decompressors, zlib for HTTP content, and the one C structure that the edges read (a folder's entry).
    private static let unsafePrefixes = [
        "Sources/Kernels/", "Sources/Tensors/", "Sources/PickleCodec/Compression/",

        "Sources/PickleCodec/FileBytes.swift", "Sources/ContentCodings/ContentCoding+Zlib.swift",
        "Sources/Serving/Models/FilePaths.swift",
    ]

    static func forbiddenWords(_ source: SwiftSource) -> [String] {
        source.words.filter { forbidden.contains($0.text) }.map { "\(source.path):\($0.line): \($0.text)" }
    }

    static func notesToSelf(_ source: SwiftSource) -> [String] {
        source.lines.enumerated().filter { line in notes.contains { line.element.contains($0) } }.map {
            "\(source.path):\($0.offset + 1): \($0.element)"
        }
    }

    /// Unsafe code outside the places that are reviewed for it.
    static func unsafeCode(_ source: SwiftSource) -> [String] {
        guard !unsafePrefixes.contains(where: source.path.hasPrefix) else { return [] }
        return source.words.filter { $0.text == "unsafe" || $0.text.hasPrefix("Unsafe") || $0.text.contains("Unsafe") }
            .map { "\(source.path):\($0.line): \($0.text) in a file that is not listed for it" }
    }
}
