public import ArgumentParser
public import ModelStore

extension ModelVersion: ExpressibleByArgument {
    /// `3` or `v3`.
    public init?(argument: String) { self.init(argument) }
}
