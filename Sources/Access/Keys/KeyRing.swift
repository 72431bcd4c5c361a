import Crypto

/// The keys that clients prove themselves with, and what each may do.
///
/// A file holds one a line: its name, what it may do with commas between, and the SHA-256 of the key in hexadecimal
/// digits. Empty lines and those that begin with `#` are passed over.
///
/// ```text
/// # name     grants                         sha256
/// notebook   predict                        2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b
/// dashboard  predict:anomaly-detector,read  fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9
/// operator   predict,admin                  8c6976e5b5410415bde908bd4dee15dfb167a9c873fc4bb8a81f6f2ab448a918
/// ```
struct KeyRing: Sendable {
    /// A key as far as a server knows it.
    private struct Key {
        let caller: Caller
        let digest: [UInt8]
    }

    /// The longest file that is read, in bytes.
    static let maximumBytes = 1 << 20

    private let keys: [Key]

    /// Reads a file.
    init(parsing text: String) throws(AccessFailure) {
        var keys: [Key] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split { $0 == " " || $0 == "\t" || $0 == "\r" }
            guard let name = words.first, !name.hasPrefix("#") else { continue }
            guard words.count == 3 else {
                throw AccessFailure(description: "line \(index + 1): expected a name, what it may do, and a SHA-256")
            }
            guard let digest = Self.bytes(ofHex: words[2]) else {
                throw AccessFailure(description: "line \(index + 1): a SHA-256 has 64 hexadecimal digits")
            }
            guard let grants = Self.grants(words[1]) else {
                throw AccessFailure(
                    description: "line \(index + 1): \(words[1]) is none of read, predict, predict:MODEL and admin")
            }
            keys.append(Key(caller: Caller(name: String(name), grants: grants), digest: digest))
        }
        guard !keys.isEmpty else { throw AccessFailure(description: "it holds no key, so nobody could ask anything") }
        self.keys = keys
    }

    /// Whose key a secret is, in the same time whatever it is; nil if it is nobody's.
    func caller(of secret: String) -> Caller? {
        let digest = Array(SHA256.hash(data: Array(secret.utf8)))
        var found: Caller?
        for key in keys {
            let difference = zip(key.digest, digest).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) }
            if difference == 0 { found = key.caller }
        }
        return found
    }

    private static func grants(_ text: Substring) -> Set<Grant>? {
        let words = text.split(separator: ",", omittingEmptySubsequences: false)
        let grants = Set(words.compactMap { Grant($0) })
        return grants.count == Set(words).count ? grants : nil
    }

    private static func bytes(ofHex text: Substring) -> [UInt8]? {
        guard text.utf8.count == 64 else { return nil }
        var bytes: [UInt8] = []
        var rest = text[...]
        while !rest.isEmpty {
            guard let byte = UInt8(rest.prefix(2), radix: 16), rest.first != "+", rest.first != "-" else { return nil }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return bytes
    }
}
