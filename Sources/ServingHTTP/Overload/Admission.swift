import Serving
import Synchronization

/// How many requests with long bodies may be on their way at once, and how many bytes they may hold.
///
/// Short ones are answered where they are read, one after the other, and need no bound. Of the others those beyond a
/// bound are refused at once: memory stays bounded, and those that were let in are answered in time.
final class Admission: Sendable {
    private struct State {
        var bytes = 0
        var requests: [String: Int] = [:]
    }

    private let maximumBytes: Int
    private let maximumRequests: Int
    private let state = Mutex(State())

    /// - Parameters:
    ///   - maximumBytes: how many bytes of bodies are held at once.
    ///   - maximumRequests: how many requests to one model wait or are answered at once.
    init(maximumBytes: Int = .max, maximumRequests: Int) {
        self.maximumBytes = maximumBytes
        self.maximumRequests = maximumRequests
    }

    /// A request that was let in; it has to ``leave()``, however it ends.
    struct Visit {
        fileprivate let admission: Admission
        fileprivate let model: String
        fileprivate var bytes = 0

        /// Takes so many bytes more.
        ///
        /// - Throws: ``ServingError/Code/overloaded`` if others hold too many.
        mutating func take(_ count: Int) throws(ServingError) {
            let isFree = admission.state.withLock { state in
                guard state.bytes + count <= admission.maximumBytes else { return false }
                state.bytes += count
                return true
            }
            guard isFree else {
                throw ServingError(
                    .overloaded, "The server holds as many bytes of other requests as it may: try again soon.")
            }
            bytes += count
        }

        /// Gives back what was taken.
        func leave() {
            admission.state.withLock { state in
                state.bytes -= bytes
                let rest = state.requests[model, default: 1] - 1
                state.requests[model] = rest == 0 ? nil : rest
            }
        }
    }

    /// Lets a request in.
    ///
    /// - Parameter model: the model it is for; requests for none are counted together.
    /// - Throws: ``ServingError/Code/overloaded`` if as many to the same model are on their way as may be.
    func enter(model: String?) throws(ServingError) -> Visit {
        let model = model ?? ""
        let isFree = state.withLock { state in
            guard state.requests[model, default: 0] < maximumRequests else { return false }
            state.requests[model, default: 0] += 1
            return true
        }
        guard isFree else {
            throw ServingError(
                .overloaded, "As many requests to \(model.isEmpty ? "the server" : model) wait as may: try again soon.")
        }
        return Visit(admission: self, model: model)
    }
}
