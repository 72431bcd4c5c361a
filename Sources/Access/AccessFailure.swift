/// Why a file does not say who may be let in.
package struct AccessFailure: Error, CustomStringConvertible {
    /// What is wrong, for people.
    package let description: String
}
