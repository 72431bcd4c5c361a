/// The names that objects of a cluster have (RFC 1123, as Kubernetes takes it).
enum ObjectName {
    /// Whether a text is a label of a domain name, as names of namespaces, services and label values are: 1 to 63 lower
    /// case letters, digits and hyphens, with a letter or a digit at both ends.
    static func isLabel(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard 1...63 ~= bytes.count, let first = bytes.first, let last = bytes.last else { return false }
        return isAlphanumeric(first) && isAlphanumeric(last)
            && bytes.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }
}
