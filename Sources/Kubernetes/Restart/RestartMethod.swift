/// How a predictor's pods are replaced, so that they read their model again.
package enum RestartMethod: String, Hashable, Sendable, CaseIterable {
    /// Deletes the pods one after the other, each once the one before has been replaced by one that is Ready.
    ///
    /// It needs the verbs `list` and `delete` on `pods`, and works whoever made the pods. With a single replica the
    /// predictor does not answer until its new pod is Ready.
    case deletePods
    /// Annotates the Deployments' pod templates as `kubectl rollout restart` does, so that old pods go only when new
    /// ones are available.
    ///
    /// It needs the verbs `list`, `get` and `patch` on `deployments` of the group `apps`. A controller that owns the
    /// Deployment may take the annotation back.
    case rolloutDeployment
}

/// What a restart has done.
package struct RestartResult: Hashable, Sendable {
    /// The pods that were deleted, or the Deployments that were rolled out.
    package var restarted: [String] = []
    /// Whether pods are wanted at all; if not, the next one that is started reads the new model.
    package var isScaledToZero = false
}
