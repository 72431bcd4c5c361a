/// How long a restart may take.
package struct RestartSettings: Hashable, Sendable {
    /// How long a new pod may take to become Ready, and with ``RestartMethod/rolloutDeployment`` all of them together.
    package var readyTimeout = Duration.seconds(300)
    /// How long the predictor may take to answer once its pods are Ready.
    package var answerTimeout = Duration.seconds(120)
    /// How long to wait before looking again.
    package var pollInterval = Duration.seconds(2)

    /// The defaults.
    package init() {}
}
