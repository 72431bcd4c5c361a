/// HTML and SVG being written. Names of elements and attributes are constants of the program; every text and every
/// value is escaped, so that nothing from elsewhere can become markup.
struct Markup {
    /// What has been written.
    private(set) var text = ""

    /// A name and a value.
    struct Attribute {
        let name: StaticString
        let value: String

        init(_ name: StaticString, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Writes an element and what is in it.
    mutating func element(
        _ name: StaticString, _ attributes: Attribute..., content: (inout Markup) -> Void
    ) {
        start(name, attributes)
        content(&self)
        text += "</\(name)>"
    }

    /// Writes an element with text in it.
    mutating func element(_ name: StaticString, _ attributes: Attribute..., text content: String) {
        start(name, attributes)
        write(content)
        text += "</\(name)>"
    }

    /// Writes an element that has no content and no end, such as `meta`.
    mutating func void(_ name: StaticString, _ attributes: Attribute...) { start(name, attributes) }

    /// Writes an element of SVG that has no content.
    mutating func shape(_ name: StaticString, _ attributes: Attribute...) {
        start(name, attributes)
        text.removeLast()
        text += "/>"
    }

    /// Writes text.
    mutating func write(_ content: String) { text += Self.escaped(SafeText.line(content)) }

    /// Writes a constant of the program as it is.
    mutating func raw(_ constant: StaticString) { text += "\(constant)" }

    private mutating func start(_ name: StaticString, _ attributes: [Attribute]) {
        text += "<\(name)"
        for attribute in attributes {
            text += " \(attribute.name)=\"\(Self.escaped(attribute.value))\""
        }
        text += ">"
    }

    private static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: isMark) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func isMark(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
        default: false
        }
    }
}
