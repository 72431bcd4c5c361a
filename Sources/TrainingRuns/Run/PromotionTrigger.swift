package import ModelStore

/// What is to happen once a version has been promoted, such as the restart of a server that reads its model only when
/// it starts.
package protocol PromotionTrigger: Sendable {
    /// Does it, and returns when it is done.
    ///
    /// - Returns: what was done, in a sentence.
    /// - Throws: ``RunError`` that says how far it came; the version stays promoted.
    func fire(for version: StoredVersion) async throws(RunError) -> String
}
