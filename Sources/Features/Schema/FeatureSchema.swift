/// A column of a schema's rows: its name, its unit, and how it follows from one metric.
public struct Feature: Hashable, Sendable {
    /// The name of the column, e.g. `cpu_usage_lag_3`.
    public let name: String
    /// What its values count.
    public let unit: String
    /// The name of the metric it is computed of.
    public let metric: String
    /// How it is computed.
    public let formula: Formula

    /// A column.
    public init(name: String, unit: String, metric: String, formula: Formula) {
        self.name = name
        self.unit = unit
        self.metric = metric
        self.formula = formula
    }
}

/// What a model's rows are made of: a named, versioned list of columns, from which trainer, gateway and watcher compute
/// the same rows.
///
/// Another version of a schema has the same name and may have other columns; a model is bound to one version.
public struct FeatureSchema: Hashable, Sendable {
    /// The name, e.g. `metrics-5`.
    public let name: String
    /// The version, counted from 1; it changes whenever a row would.
    public let version: Int
    /// The seconds from one value of a series to the next.
    public let step: Int
    /// The metrics it is computed of.
    public let metrics: [Metric]
    /// The columns, in order.
    public let features: [Feature]
    /// How many steps after its moment a row's targets reach; 0 if its rows have none.
    public let horizon: Int

    /// A schema; the names of its columns must differ, and each must be of one of the metrics.
    public init(
        name: String, version: Int, step: Int, metrics: [Metric], features: [Feature], horizon: Int = 0
    ) {
        let names = Set(metrics.map(\.name))
        precondition(names.count == metrics.count, "metrics have different names")
        precondition(Set(features.map(\.name)).count == features.count, "columns have different names")
        precondition(features.allSatisfy { names.contains($0.metric) && $0.formula.isValid }, "columns of the metrics")
        precondition(step > 0 && horizon >= 0 && !features.isEmpty, "a step, columns, and no negative horizon")
        self.name = name
        self.version = version
        self.step = step
        self.metrics = metrics
        self.features = features
        self.horizon = horizon
    }

    /// The names of the columns, in order.
    public var featureNames: [String] { features.map(\.name) }

    /// How many steps before its moment a row looks back.
    public var history: Int { features.map(\.formula.history).max() ?? 0 }
}
