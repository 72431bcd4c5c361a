package import Inference

/// A model that answers: what a request takes once and keeps to its end.
package final class LoadedModel: Sendable {
    /// The name clients call it by.
    package let name: String
    /// Its version, if one is known.
    package let version: String?
    /// What answers.
    package let plan: Plan
    /// What rows have to fit.
    let input: ModelInput
    /// The width of a row.
    package var featureCount: Int { plan.featureCount }
    /// How long reading and preparing it took, in seconds.
    package let loadSeconds: Double
    /// When its file changed last, in nanoseconds since 1970.
    package let modified: Int64
    /// The scikit-learn release that stored it, if the file says.
    package let scikitLearnVersion: String?
    /// What its answers are counted on.
    package let meter: ModelMeter
    /// What gathers requests to it, where requests are gathered.
    let batcher: Batcher
    /// Whether gathering requests to it can be worth it.
    let isWorthGathering: Bool
    /// `,"model_name":...,"model_version":...`, the same in every answer.
    let identity: [UInt8]

    package init(
        name: String,
        version: String? = nil,
        plan: Plan,
        loadSeconds: Double = 0,
        modified: Int64 = 0,
        scikitLearnVersion: String? = nil,
        meter: ModelMeter = ModelMeter()
    ) {
        self.name = name
        self.version = version
        self.plan = plan
        self.loadSeconds = loadSeconds
        self.modified = modified
        self.scikitLearnVersion = scikitLearnVersion
        input = ModelInput(plan)
        self.meter = meter
        batcher = Batcher(meter: meter)
        isWorthGathering = plan.isWorthGathering
        var writer = JSONWriter()
        writer.raw(",\"model_name\":")
        writer.string(name)
        if let version {
            writer.raw(",\"model_version\":")
            writer.string(version)
        }
        identity = writer.bytes
    }
}
