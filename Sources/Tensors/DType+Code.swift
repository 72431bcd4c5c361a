extension DType {
    /// A type by the code numpy gives it in pickles and `.npy` headers, e.g. `f8`, `<i4`, `U5`, `M8[ns]`; nil if
    /// unknown.
    public init?(code: String) {
        var rest = Substring(code)
        let isBigEndian = rest.first == ">"
        if let first = rest.first, "<>|=".contains(first) { rest.removeFirst() }
        guard let letter = rest.popFirst() else { return nil }
        var unit = ""
        if rest.last == "]", let open = rest.firstIndex(of: "[") {
            unit = String(rest[rest.index(after: open)...].dropLast())
            guard unit.drop(while: { "0"..."9" ~= $0 }).allSatisfy({ $0.isASCII && $0.isLetter }) else { return nil }
            rest = rest[..<open]
        }
        guard let size = rest.isEmpty ? (letter == "O" ? 8 : letter == "?" ? 1 : 0) : Int(rest), size >= 0,
            size <= 1 << 30
        else { return nil }
        let widths: [Character: Set<Int>] = [
            "b": [1], "?": [1], "i": [1, 2, 4, 8], "u": [1, 2, 4, 8], "f": [2, 4, 8, 16], "c": [8, 16, 32], "M": [8],
            "m": [8], "O": [8],
        ]
        if let allowed = widths[letter], !allowed.contains(size) { return nil }
        let kind: Kind
        switch letter {
        case "b", "?": kind = .bool
        case "i": kind = .signedInteger
        case "u": kind = .unsignedInteger
        case "f": kind = .float
        case "c": kind = .complex
        case "S", "a": kind = .bytes
        case "U": kind = .unicode
        case "M": kind = .datetime(unit: unit)
        case "m": kind = .timedelta(unit: unit)
        case "V": kind = .void
        case "O": kind = .object
        default: return nil
        }
        self.init(kind: kind, itemSize: letter == "U" ? size * 4 : size, isBigEndian: isBigEndian)
    }
}

extension DType {
    /// The code numpy gives the type, e.g. `<f8`, `S3`, `<M8[ns]`; that of a record is only its size.
    public var code: String {
        let letter: Character
        var size = itemSize
        var suffix = ""
        var hasOrder = true
        switch kind {
        case .bool: (letter, hasOrder) = ("b", false)
        case .signedInteger: letter = "i"
        case .unsignedInteger: letter = "u"
        case .float: letter = "f"
        case .complex: letter = "c"
        case .bytes: (letter, hasOrder) = ("S", false)
        case .unicode: (letter, size) = ("U", itemSize / 4)
        case .datetime(let unit): (letter, suffix) = ("M", unit)
        case .timedelta(let unit): (letter, suffix) = ("m", unit)
        case .void, .record: (letter, hasOrder) = ("V", false)
        case .object: (letter, hasOrder) = ("O", false)
        }
        let order = isBigEndian ? ">" : hasOrder && itemSize > 1 ? "<" : ""
        return "\(order)\(letter)\(size)" + (suffix.isEmpty ? "" : "[\(suffix)]")
    }
}
