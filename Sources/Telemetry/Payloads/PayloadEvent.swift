import FoundationEssentials
import JSON
import Serving

/// A body of a request or an answer as a CloudEvent, with the attributes that KServe's agent gives it.
struct PayloadEvent: Sendable {
    /// Attributes by name, in the order in which they are written.
    let attributes: [(name: String, value: String)]
    /// What the body is.
    let contentType: String
    let body: [UInt8]

    /// About the memory that it takes.
    var byteCount: Int { attributes.reduce(body.count) { $0 + $1.name.utf8.count + $1.value.utf8.count } }

    /// The header fields of the binary mode (CloudEvents 1.0, HTTP binding, section 3.1).
    var fields: [String: String] {
        var fields = ["Content-Type": contentType]
        for (name, value) in attributes { fields["ce-\(name)"] = Self.percentEncoded(value) }
        return fields
    }

    /// A line of the structured mode (CloudEvents 1.0, JSON format).
    var line: [UInt8] {
        var line = JSONLine(capacity: 512 + body.count)
        for (name, value) in attributes { line.add(name, value) }
        line.add("datacontenttype", contentType)
        if contentType.hasPrefix("application/json"), Self.isOnOneLine(body) {
            line.add("data", json: body)
        } else {
            line.add("data_base64", Data(body).base64EncodedString())
        }
        return line.ended()
    }

    /// Whether a body is JSON that does not break the line; a body that was refused may be anything.
    private static func isOnOneLine(_ body: [UInt8]) -> Bool {
        guard !body.contains(UInt8(ascii: "\n")), !body.contains(UInt8(ascii: "\r")) else { return false }
        var reader = JSONReader<ServingError>(body.span)
        do throws(ServingError) {
            try reader.skipValue(depth: 0)
            try reader.expectEnd()
            return true
        } catch {
            return false
        }
    }

    /// A value of a header field (CloudEvents 1.0, HTTP binding, section 3.1.3.2).
    private static func percentEncoded(_ value: String) -> String {
        var text = ""
        for byte in value.utf8 {
            switch byte {
            case 0x21...0x7E where byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "%"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                text += byte < 16 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return text
    }
}
