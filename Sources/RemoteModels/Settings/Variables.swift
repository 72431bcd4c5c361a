import ModelStore

/// Variables of the environment; one that is empty is none.
struct Variables: Sendable {
    private let values: [String: String]

    init(_ values: [String: String]) { self.values = values.filter { !$0.value.isEmpty } }

    subscript(_ name: String) -> String? { values[name] }

    /// The variables, and others in the place of those they name.
    func replacing(_ others: [String: String]) -> Variables {
        Variables(values.merging(others) { _, other in other })
    }

    /// The first of several variables that is set.
    func first(_ names: String...) -> (name: String, value: String)? {
        names.lazy.compactMap { name in values[name].map { (name, $0) } }.first
    }

    /// Whether something is to be done; nil if the variable is not set.
    ///
    /// - Throws: ``StoreError/Code/refused`` unless it says `1`, `true`, `yes`, `0`, `false` or `no`.
    func flag(_ name: String) throws(StoreError) -> Bool? {
        guard let value = values[name] else { return nil }
        switch value.lowercased() {
        case "1", "true", "yes": return true
        case "0", "false", "no": return false
        default: throw StoreError(.refused, "\(name) is neither true nor false")
        }
    }

    /// A time in seconds; nil if the variable is not set.
    func seconds(_ name: String) throws(StoreError) -> Duration? {
        guard let value = values[name] else { return nil }
        guard let seconds = Double(value), 0.001...86_400 ~= seconds else {
            throw StoreError(.refused, "\(name) is not a number of seconds from 0.001 to 86400")
        }
        return .seconds(seconds)
    }

    /// How many of something; nil if the variable is not set.
    func count(_ name: String, upTo maximum: Int) throws(StoreError) -> Int? {
        guard let value = values[name] else { return nil }
        guard let count = Int(value), 1...maximum ~= count else {
            throw StoreError(.refused, "\(name) is not a number from 1 to \(maximum)")
        }
        return count
    }
}
