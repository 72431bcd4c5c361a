import Crypto
import Foundation

/// An identity provider with one key, whose tokens may say anything.
struct Issuer {
    let key = P256.Signing.PrivateKey()
    let id: String

    init(_ id: String) { self.id = id }

    /// The public key as a member of a key set.
    func jwk(_ members: String = "") -> String {
        let point = key.publicKey.rawRepresentation
        let (x, y) = (Self.encoded(point.prefix(32)), Self.encoded(point.suffix(32)))
        return #"{"kty":"EC","crv":"P-256","kid":"\#(id)","x":"\#(x)","y":"\#(y)"\#(members)}"#
    }

    static func keySet(_ keys: String...) -> [UInt8] { Array("{\"keys\":[\(keys.joined(separator: ","))]}".utf8) }

    /// The claims of a token that counts until the year 2100.
    static func claims(
        _ more: String = #","roles":["predict"]"#, subject: String = "s", issuer: String = "i",
        audience: String = #""a""#, times: String = #","exp":4102444800"#
    ) -> String {
        #"{"sub":"\#(subject)","iss":"\#(issuer)","aud":\#(audience)\#(times)\#(more)}"#
    }

    /// A signed token.
    func token(_ claims: String = Self.claims(), header: String? = nil) throws -> String {
        let header = header ?? #"{"alg":"ES256","kid":"\#(id)"}"#
        let signed = Self.encoded(Data(header.utf8)) + "." + Self.encoded(Data(claims.utf8))
        return signed + "." + Self.encoded(try key.signature(for: Data(signed.utf8)).rawRepresentation)
    }

    static func encoded(_ bytes: Data) -> String {
        bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
