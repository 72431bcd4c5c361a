/// What a training run did, for people and for programs: as text for a terminal, as a page, and as fields to be
/// encoded.
///
/// A report is only as long as someone can read: texts, lists and series beyond ``ReportLimits`` are shortened where
/// they are written, and say so.
package struct TrainingReport: Hashable, Sendable {
    /// The model that was trained.
    package var model: ModelFacts
    /// When the run began, in seconds since 1970 UTC.
    package var startedAt: Int
    /// What the run spent its time with, in order.
    package var stages: [Stage]
    /// Where the rows came from.
    package var data: DataFacts
    /// What the rows mean.
    package var schema: SchemaFacts
    /// How the model was fitted.
    package var fit: FitFacts
    /// How good the model is, beside what it has to beat.
    package var scores: ScoreTable
    /// What became of the model.
    package var decision: Decision
    /// What can be seen.
    package var figures: [Figure]
    /// What somebody should know before trusting the model, the most important first.
    package var warnings: [String]

    /// A report.
    package init(
        model: ModelFacts, startedAt: Int, stages: [Stage], data: DataFacts, schema: SchemaFacts, fit: FitFacts,
        scores: ScoreTable, decision: Decision, figures: [Figure] = [], warnings: [String] = []
    ) {
        self.model = model
        self.startedAt = startedAt
        self.stages = stages
        self.data = data
        self.schema = schema
        self.fit = fit
        self.scores = scores
        self.decision = decision
        self.figures = figures
        self.warnings = warnings
    }

    /// How long the run took, in seconds.
    package var seconds: Double { stages.reduce(0) { $0 + $1.seconds } }
}

/// A part of a training run.
package struct Stage: Hashable, Sendable {
    /// What was done, e.g. `collect`.
    package var name: String
    /// How long it took, in seconds.
    package var seconds: Double

    /// A part of a run.
    package init(_ name: String, seconds: Double) {
        self.name = name
        self.seconds = seconds
    }
}

/// The model that was trained.
package struct ModelFacts: Hashable, Sendable {
    /// The name of the model.
    package var name: String
    /// The version as which it was saved, e.g. `v7`; nil if it was not.
    package var version: String?
    /// Who wrote it, e.g. `apus 0.4.0`.
    package var writer: String

    /// A model.
    package init(name: String, version: String?, writer: String) {
        self.name = name
        self.version = version
        self.writer = writer
    }
}

/// How a model was fitted.
package struct FitFacts: Hashable, Sendable {
    /// A parameter and its value.
    package struct Parameter: Hashable, Sendable {
        /// The name, as scikit-learn calls it.
        package var name: String
        /// The value, as people read it.
        package var value: String

        /// A parameter.
        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The estimator, e.g. `Pipeline(RobustScaler, IsolationForest)`.
    package var estimator: String
    /// Its parameters.
    package var parameters: [Parameter]
    /// The seed of everything that was drawn.
    package var seed: Int
    /// How splits were found, e.g. `exact` or `histogram`; nil if the estimator has none.
    package var splitter: String?

    /// A fit.
    package init(estimator: String, parameters: [Parameter], seed: Int, splitter: String? = nil) {
        self.estimator = estimator
        self.parameters = parameters
        self.seed = seed
        self.splitter = splitter
    }
}
