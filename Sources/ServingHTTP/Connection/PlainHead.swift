/// The head of a request that is as plain as most are: a GET or a POST of HTTP/1.1, with a `Content-Length` or no body
/// at all, and asking nothing of the connection but to stay (RFC 9112, sections 3, 5 and 6).
///
/// It is where the bytes of the request end that matters: whoever reads them elsewhere otherwise than here could be
/// made to take a part of one request for another. So a head is plain only if it leaves no room for a second reading:
/// lines end with CRLF, no line is folded, names are tokens, values are ASCII, and there is one length, in digits. All
/// others are for the framework's parser, as they came.
struct PlainHead: Hashable {
    /// What the request line and the fields say of a request.
    enum Reading: Hashable {
        case plain(PlainHead)
        /// For the framework's parser to read.
        case other
    }

    /// Its bytes, the empty line included.
    let byteCount: Int
    /// Bytes of the body.
    let bodyByteCount: Int
    /// The target, as a range of the head's bytes.
    let target: Range<Int>
    /// Where the lines of fields begin.
    let fieldStart: Int
    /// `x-request-id`, as a range of the head's bytes.
    let requestID: Range<Int>?
    /// Whether the method is POST.
    let isPost: Bool
    /// Whether the body is compressed.
    let isEncoded: Bool

    /// Reads a head.
    ///
    /// - Parameters:
    ///   - bytes: begin with the head.
    ///   - byteCount: those of the head, up to and with the first empty line.
    static func read(_ bytes: Span<UInt8>, byteCount: Int) -> Reading {
        var reader = PlainHeadReader(byteCount: byteCount)
        guard let line = reader.readRequestLine(bytes) else { return .other }
        let fieldStart = reader.position
        while reader.position < byteCount - 2 {
            guard reader.readField(bytes) else { return .other }
        }
        guard reader.hostCount == 1 else { return .other }
        return .plain(
            PlainHead(
                byteCount: byteCount, bodyByteCount: reader.contentLength ?? 0, target: line.target,
                fieldStart: fieldStart, requestID: reader.requestID, isPost: line.isPost, isEncoded: reader.isEncoded))
    }

    /// Where the first empty line ends; nil if there is none.
    ///
    /// - Parameter start: a place before which there is none.
    static func end(of bytes: Span<UInt8>, from start: Int) -> Int? {
        var index = start + 3
        while index < bytes.count {
            // Of four bytes in a row one is looked at, as long as it is neither of the two.
            switch bytes[index] {
            case UInt8(ascii: "\n"):
                if bytes[index - 1] == UInt8(ascii: "\r"), bytes[index - 2] == UInt8(ascii: "\n"),
                    bytes[index - 3] == UInt8(ascii: "\r")
                {
                    return index + 1
                }
                index += 2
            case UInt8(ascii: "\r"): index += 1
            default: index += 4
            }
        }
        return nil
    }
}

/// Reads a head line by line.
private struct PlainHeadReader {
    let byteCount: Int
    var position = 0
    var contentLength: Int?
    var hostCount = 0
    var requestID: Range<Int>?
    var isEncoded = false

    private enum Name { case contentLength, contentEncoding, host, requestID, connection, forbidden }

    /// Fields that matter here; `forbidden` ones change what a request is or where it ends.
    private static let names: [(name: StaticString, field: Name)] = [
        ("host", .host), ("content-length", .contentLength), ("connection", .connection),
        ("x-request-id", .requestID), ("content-encoding", .contentEncoding), ("transfer-encoding", .forbidden),
        ("expect", .forbidden), ("upgrade", .forbidden), ("http2-settings", .forbidden),
    ]

    init(byteCount: Int) { self.byteCount = byteCount }

    /// `METHOD target HTTP/1.1`; nil if it is not quite that.
    mutating func readRequestLine(_ bytes: Span<UInt8>) -> (isPost: Bool, target: Range<Int>)? {
        let isPost = Self.matches(bytes, 0..<5, "POST ")
        guard isPost || Self.matches(bytes, 0..<4, "GET ") else { return nil }
        let start = isPost ? 5 : 4
        guard start < byteCount, bytes[start] == UInt8(ascii: "/") else { return nil }
        position = start
        while position < byteCount, 0x21...0x7E ~= bytes[position] { position += 1 }
        let target = start..<position
        let version: StaticString = " HTTP/1.1\r\n"
        guard !target.isEmpty, Self.matches(bytes, position..<position + version.utf8CodeUnitCount, version) else {
            return nil
        }
        position += version.utf8CodeUnitCount
        return (isPost, target)
    }

    /// A line of a name and a value; false if it is not quite that, or forbids a second reading.
    mutating func readField(_ bytes: Span<UInt8>) -> Bool {
        let start = position
        while position < byteCount, Self.isToken(bytes[position]) { position += 1 }
        guard position > start, position < byteCount, bytes[position] == UInt8(ascii: ":") else { return false }
        let name = start..<position
        position += 1
        var (first, last) = (byteCount, position)
        while position < byteCount, bytes[position] != UInt8(ascii: "\r") {
            let byte = bytes[position]
            if byte != UInt8(ascii: " ") {
                guard 0x21...0x7E ~= byte else { return false }
                first = min(first, position)
                last = position + 1
            }
            position += 1
        }
        guard position + 1 < byteCount, bytes[position + 1] == UInt8(ascii: "\n") else { return false }
        position += 2
        return note(bytes, name, min(first, last)..<last)
    }

    private mutating func note(_ bytes: Span<UInt8>, _ name: Range<Int>, _ value: Range<Int>) -> Bool {
        switch Self.names.first(where: { Self.matchesAnyCase(bytes, name, $0.name) })?.field {
        case .host: hostCount += 1
        case .contentLength:
            guard contentLength == nil, let length = Self.number(bytes, value) else { return false }
            contentLength = length
        case .connection: return Self.matchesAnyCase(bytes, value, "keep-alive")
        case .contentEncoding: isEncoded = true
        case .requestID: requestID = value
        case .forbidden: return false
        case nil: break
        }
        return true
    }

    /// Digits alone, not so many that they overflow.
    private static func number(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        guard 1...18 ~= range.count else { return nil }
        var number = 0
        for index in range {
            guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[index] else { return nil }
            number = number * 10 + Int(bytes[index] - UInt8(ascii: "0"))
        }
        return number
    }

    private static func matches(_ bytes: Span<UInt8>, _ range: Range<Int>, _ text: StaticString) -> Bool {
        guard range.count == text.utf8CodeUnitCount, range.upperBound <= bytes.count else { return false }
        return text.withUTF8Buffer { wanted in
            for index in 0..<wanted.count where bytes[range.lowerBound + index] != wanted[index] { return false }
            return true
        }
    }

    /// Whether bytes are a text that is written here in lower case.
    private static func matchesAnyCase(_ bytes: Span<UInt8>, _ range: Range<Int>, _ text: StaticString) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { wanted in
            for index in 0..<wanted.count {
                let byte = bytes[range.lowerBound + index]
                let isUpper = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                if (isUpper ? byte | 0x20 : byte) != wanted[index] { return false }
            }
            return true
        }
    }

    /// `tchar` of RFC 9110, section 5.6.2.
    private static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
            UInt8(ascii: "!"), UInt8(ascii: "#")...UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"),
            UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
