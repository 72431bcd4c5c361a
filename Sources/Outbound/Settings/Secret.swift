import FoundationEssentials

/// A text that must not be shown: a key, a token or a password. It prints as `(secret)`, however it is printed.
package struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The text itself.
    package let revealed: String

    /// A text that must not be shown.
    package init(_ text: String) { revealed = text }

    package var description: String { "(secret)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension Secret {
    /// The text in Base64, as HTTP's basic authentication sends it.
    var base64: String { Data(revealed.utf8).base64EncodedString() }
}
