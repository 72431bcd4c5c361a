/// A coding of HTTP content (RFC 9110, section 8.4.1).
public enum ContentCoding: String, CaseIterable, Sendable {
    /// gzip (RFC 1952).
    case gzip
    /// What HTTP calls deflate: the zlib format (RFC 1950).
    case deflate

    /// Why content could not be decoded.
    public enum Failure: Error, Hashable, Sendable {
        /// It is not in this coding, or it is cut off.
        case corrupt
        /// Decoded, it is longer than allowed.
        case tooLong
    }

    /// The coding that `Content-Encoding` names; nil for any other, and for several.
    public init?(contentEncoding: String) {
        switch contentEncoding.lowercased() {
        case "gzip", "x-gzip": self = .gzip
        case "deflate": self = .deflate
        default: return nil
        }
    }

    /// The coding that a client prefers, of those there are; nil if it wants none.
    ///
    /// - Parameter acceptEncoding: the value of `Accept-Encoding`: names with weights (RFC 9110, section 12.5.3).
    public static func preferred(_ acceptEncoding: String) -> ContentCoding? {
        var weights: [Substring: Double] = [:]
        for item in acceptEncoding.lowercased().split(separator: ",") {
            let parts = item.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            guard let name = parts.first else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            weights[Substring(name)] = weight
        }
        func weight(_ coding: ContentCoding) -> Double {
            weights[coding == .gzip ? "gzip" : "deflate"] ?? weights["*"] ?? 0
        }
        let best: ContentCoding = weight(.deflate) > weight(.gzip) ? .deflate : .gzip
        return weight(best) > 0 ? best : nil
    }

    /// zlib's window bits for the coding: 15, and 16 for gzip's frame.
    var windowBits: Int32 { self == .gzip ? 15 + 16 : 15 }
}
