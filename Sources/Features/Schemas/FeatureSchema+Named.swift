extension FeatureSchema {
    /// The schemas that models are bound to by name.
    public static let all = [metrics5, metrics6, anomaly45, forecast120, univariate6]

    /// Finds a schema by its name: one of ``all``, or `forecast-N` of another lookback.
    ///
    /// - Throws: ``FeatureError/Code/unknownSchema``, naming those there are.
    public static func named(_ name: String) throws(FeatureError) -> FeatureSchema {
        guard let schema = all.first(where: { $0.name == name }) ?? forecast(named: name) else {
            let known = all.map(\.name).joined(separator: ", ")
            throw FeatureError(.unknownSchema, "there is no feature schema \(name); known are \(known)")
        }
        return schema
    }
}
