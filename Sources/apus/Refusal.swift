/// Input that Apus refuses: said on standard error, with exit code 2.
struct Refusal: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    /// What was refused, and why; a system's complaint names its path itself.
    init(_ path: String, _ error: any Error) {
        let message = "\(error)"
        self.init(message.hasPrefix("\(path): ") ? message : "\(path): \(message)")
    }
}
