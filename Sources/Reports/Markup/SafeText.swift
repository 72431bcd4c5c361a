/// Texts from elsewhere, made fit to be shown: names, queries and messages may be anything.
enum SafeText {
    /// A text without what could deceive or harm: control characters, invisible and direction-changing ones become `�`.
    /// Line breaks and tabs become spaces; what is longer than ``ReportLimits/maximumTextCharacters`` is cut.
    static func line(_ text: String) -> String {
        let isLong = text.utf8.count > ReportLimits.maximumTextCharacters
        let shown = isLong ? text.prefix(ReportLimits.maximumTextCharacters) : text[...]
        var result = String.UnicodeScalarView()
        for scalar in shown.unicodeScalars.prefix(4 * ReportLimits.maximumTextCharacters) {
            switch scalar {
            case "\n", "\r", "\t": result.append(" ")
            default: result.append(isHarmless(scalar) ? scalar : "\u{FFFD}")
            }
        }
        return String(result) + (shown.endIndex < text.endIndex ? "…" : "")
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .surrogate, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: false
        // Joiners belong to scripts and to emoji; the other format characters turn or hide text.
        case .format: scalar == "\u{200D}" || scalar == "\u{200C}"
        default: true
        }
    }
}
