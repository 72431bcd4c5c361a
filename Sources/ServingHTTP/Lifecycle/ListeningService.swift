import Glibc
import NIOCore
import ServiceLifecycle

/// Runs what listens on a port, and says in the user's words why it cannot.
struct ListeningService<Base: Service>: Service {
    let host: String
    let port: Int
    /// The flag that sets the port.
    let flag: String
    let base: Base

    func run() async throws {
        do {
            try await base.run()
        } catch let error as IOError {
            throw ModelServer.StartError(description: explain(error))
        }
    }

    private func explain(_ error: IOError) -> String {
        let place = "port \(port) of \(host)"
        switch error.errnoCode {
        case EADDRINUSE: return "\(place) is in use by another program; choose another with \(flag)"
        case EACCES: return "\(place) may not be used by this user; choose a port above 1023 with \(flag)"
        case EADDRNOTAVAIL: return "this machine has no address \(host)"
        default: return "cannot listen on \(place): \(error)"
        }
    }
}
