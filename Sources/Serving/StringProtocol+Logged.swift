extension StringProtocol {
    /// The beginning, of at most so many bytes of UTF-8: a character of a client's text may be as long as the client
    /// likes.
    package func beginning(bytes: Int) -> String {
        utf8.count <= bytes ? String(self) : String(decoding: utf8.prefix(bytes), as: UTF8.self)
    }

    /// The beginning that logs tell of a client's text.
    package var logged: String { beginning(bytes: 256) }
}
