/// What a request needs to be allowed to do.
package enum AccessNeed: Hashable, Sendable {
    /// Nothing: health is open to everybody.
    case nothing
    /// To read metrics, which are open unless they are guarded.
    case metrics
    /// To read what there is: models and their metadata.
    case read
    /// To have a model answer.
    case predict(model: String)
    /// To load and unload models.
    case admin
}
