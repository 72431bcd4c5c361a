extension StringProtocol {
    /// What another server wrote, with nothing in it that could harm a terminal, and no longer than some lines.
    var shown: String {
        String(String.UnicodeScalarView(unicodeScalars.prefix(300).map { $0.properties.isPrintable ? $0 : " " }))
    }
}

extension Unicode.Scalar.Properties {
    /// Whether the scalar is neither a control character nor one that has no meaning by itself.
    fileprivate var isPrintable: Bool {
        ![.control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator]
            .contains(generalCategory)
    }
}
