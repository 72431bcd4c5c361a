import FoundationEssentials
import Kubernetes
import ModelStore
import TrainingRuns

/// Makes a stock KServe predictor read a new version: it reads its model only when it starts.
struct PredictorRestart: PromotionTrigger {
    let predictor: Predictor<ContinuousClock>
    let method: RestartMethod

    func fire(for version: StoredVersion) async throws(RunError) -> String {
        do throws(KubernetesError) {
            let result = try await predictor.restart(method, at: Int(Date.now.timeIntervalSince1970))
            if result.isScaledToZero {
                return "The predictor is scaled to zero, and reads \(version.version) when it is next started."
            }
            return "The predictor was restarted and answers: \(result.restarted.joined(separator: ", "))."
        } catch {
            throw RunError(error.code == .cancelled ? .cancelled : .failed, error.message)
        }
    }
}
