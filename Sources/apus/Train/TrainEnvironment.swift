import ArgumentParser
import Glibc

/// The environment variables of the platform's notebooks that `apus train` reads; a flag wins over each.
enum TrainEnvironment {
    /// `DATA_SOURCE`, `PROMETHEUS_URL` and others; nil if it is not set or empty.
    static func text(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A number.
    ///
    /// - Throws: a mistake of usage that names the variable.
    static func number(_ name: String) throws -> Double? {
        guard let text = text(name) else { return nil }
        guard let number = Double(text), number.isFinite else {
            throw ValidationError("\(name) is \(text), which is no number")
        }
        return number
    }

    /// A whole number.
    static func integer(_ name: String) throws -> Int? {
        guard let text = text(name) else { return nil }
        guard let number = Int(text) else { throw ValidationError("\(name) is \(text), which is no whole number") }
        return number
    }

    /// One of some words.
    static func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, of type: Choice.Type
    ) throws -> Choice? where Choice.RawValue == String {
        guard let text = text(name) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("\(name) is \(text); it must be one of \(known)")
        }
        return choice
    }
}
