import ArgumentParser
import Glibc

/// Input that Apus refuses: one line on standard error, and exit code 2.
struct Refusal: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    /// Exit code of refused input.
    static let exitCode = ExitCode(2)
}
