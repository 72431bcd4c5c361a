/// Texts of the cluster, made fit for a sentence.
enum PrintableText {
    /// The longest text that is repeated, in characters.
    private static let maximumCharacters = 500

    /// A text without what could harm a terminal: control characters and the like become spaces, and a long one is cut.
    static func line(_ text: String) -> String {
        String(text.prefix(maximumCharacters).map { isPrintable($0) ? $0 : " " })
    }

    private static func isPrintable(_ character: Character) -> Bool {
        character.unicodeScalars.prefix(16).allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        } && character.unicodeScalars.count <= 16
    }
}
