public enum PickleReader {
    public static func read(_ bytes: [UInt8], limits: PickleLimits = PickleLimits()) throws(PickleError) -> PickleGraph {
        throw PickleError(.unsupported, "", offset: 0)
    }
}
