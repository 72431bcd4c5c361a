import ModelStore
import Outbound

extension StoreError {
    /// A request that came to nothing.
    init(_ error: OutboundError) {
        let code: Code =
            switch error.code {
            case .invalid: .refused
            case .tooLong: .malformed
            default: .unavailable
            }
        self.init(code, error.message)
    }

    /// An answer with another status than was hoped for.
    ///
    /// - Parameters:
    ///   - what: what was asked for, e.g. an object's URI.
    ///   - reason: what the server says about it.
    init(status: Int, _ what: String, _ reason: String) {
        let code: Code =
            switch status {
            case 401, 403, 407: .denied
            case 404, 410: .notFound
            case 412: .refused
            default: .unavailable
            }
        self.init(code, "\(what): \(reason)")
    }

    /// The file of a source is not the one that was listed.
    static func changed(_ what: String) -> StoreError {
        StoreError(.refused, "\(what) was replaced while it was read")
    }
}
