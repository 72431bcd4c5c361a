/// What the training rows of each tree of an ensemble were drawn from.
///
/// Answering needs none of it; scikit-learn draws the rows again from it when asked for `estimators_samples_`.
public struct RowSampling: Hashable, Sendable {
    /// The number of training rows (`_n_samples`).
    public let rowCount: Int
    /// How many rows a forest drew for each tree (`_n_samples_bootstrap`); nil if each saw all of them, and for
    /// isolation forests, whose trees all see ``IsolationForest/sampleCount`` rows.
    public let drawnCount: Int?
    /// The seed of each tree's draw, of an isolation forest (`_seeds`); a forest's trees have it as `random_state`.
    public let seeds: [Int]?
    /// The weight of each training row, its class's included (`_sample_weight`); nil if all weigh the same.
    public let weights: [Double]?

    /// A record made by hand.
    public init(rowCount: Int, drawnCount: Int? = nil, seeds: [Int]? = nil, weights: [Double]? = nil) {
        self.rowCount = rowCount
        self.drawnCount = drawnCount
        self.seeds = seeds
        self.weights = weights
    }

    /// Reads what there is; nil if there is no `_n_samples`.
    init?(from object: GraphObject) throws(EstimatorError) {
        guard let rowCount = try object.optional("_n_samples")?.integer() else { return nil }
        self.init(
            rowCount: rowCount,
            drawnCount: try object.optional("_n_samples_bootstrap")?.integer(),
            seeds: try object.optional("_seeds")?.integers(),
            weights: try object.optional("_sample_weight")?.doubles()
        )
    }
}
