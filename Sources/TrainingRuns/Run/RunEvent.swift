/// A part of a training run, in the order they are gone through.
package enum RunStage: String, CaseIterable, Sendable {
    /// Series are asked of their source.
    case collect
    /// Rows are computed of them.
    case features
    /// A model is fitted.
    case fit
    /// It is judged.
    case assess
    /// It becomes a version of the store.
    case save
    /// Servers that do not see a new version by themselves are made to read it.
    case trigger
}

/// What happens during a run, for those who watch.
package enum RunEvent: Sendable {
    /// A stage begins.
    case began(RunStage)
    /// A stage has ended.
    case ended(RunStage, seconds: Double)
    /// So many of all trees are grown.
    case grown(trees: Int, of: Int)
    /// Something that people should know.
    case notice(String)
}
