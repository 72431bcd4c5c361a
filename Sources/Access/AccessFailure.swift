import FoundationEssentials

/// Why a file does not say who may be let in.
package struct AccessFailure: Error, CustomStringConvertible {
    /// What is wrong, for people.
    package let description: String

    /// The bytes of a file of at most so many.
    static func bytes(ofFile path: String, limit: Int) throws(AccessFailure) -> [UInt8] {
        guard let bytes = FileManager.default.contents(atPath: path), bytes.count <= limit else {
            throw AccessFailure(description: "\(path) cannot be read, or is longer than \(limit) bytes")
        }
        return [UInt8](bytes)
    }
}
