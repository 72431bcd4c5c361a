import Estimators
import Inference
package import ModelStore
import PickleCodec

/// The model that serves when a candidate comes.
package struct Champion: Sendable {
    /// Its version; nil if the file is of none.
    package let version: ModelVersion?
    /// What it did on the candidate's trial rows, or why that is not known.
    package let result: Result<Assessment, RunError>

    /// The scores, if it could be compared.
    package var scores: Scores? { try? result.get().scores }

    /// The promoted model of a store, asked the same rows as the candidate.
    ///
    /// A champion that cannot be asked, for its file is damaged or it takes other rows, is none that has to be beaten.
    ///
    /// - Returns: nil if nothing is promoted.
    static func promoted(
        of name: ModelName, in store: ModelStore, _ recipe: any Recipe, on trial: Examples
    ) throws(RunError) -> Champion? {
        let file: LoadedFile
        do throws(StoreError) { file = try store.load(name) } catch {
            if error.code == .notFound { return nil }
            // A volume that fails for a moment says nothing of the model on it.
            if [.ioFailure, .noPermission, .unavailable, .denied].contains(error.code) {
                throw RunError(.failed, error.message)
            }
            return Champion(version: nil, result: .failure(RunError(.unusableModel, error.message)))
        }
        return Champion(
            version: file.version,
            result: Result { () throws(RunError) in try recipe.assess(Self.plan(of: file.bytes), on: trial) })
    }

    private static func plan(of bytes: [UInt8]) throws(RunError) -> Plan {
        do {
            return try Plan(EstimatorRegistry.decode(PickleReader.read(bytes)))
        } catch {
            throw RunError(.unusableModel, "\(error)")
        }
    }
}
