import ArgumentParser
import DataSources
import Features
import Glibc
import Kubernetes
import ModelStore
import Outbound
import TrainingRuns

/// What ends a command: a sentence for people, and the exit code: 1 where a system failed, 2 where input was refused.
struct CommandFailure {
    let sentence: String
    let exitCode: ExitCode

    /// What an error means; nil for one of the parser of arguments.
    init?(_ error: any Error) {
        switch error {
        case let error as Refusal: self.init(error.description, isRefusal: true)
        case let error as RunError:
            self.init(error.message, isRefusal: error.code != .failed && error.code != .cancelled)
        case let error as DataSourceError: self.init(error.message, isRefusal: true)
        case let error as FeatureError: self.init(error.message, isRefusal: true)
        case let error as OutboundError: self.init(error.message, isRefusal: true)
        case let error as KubernetesError:
            self.init(error.message, isRefusal: error.code == .notInCluster || error.code == .invalid)
        case let error as StoreError: self.init(error.message, isRefusal: !error.isOfSystem)
        default: return nil
        }
    }

    private init(_ sentence: String, isRefusal: Bool) {
        self.sentence = sentence
        exitCode = isRefusal ? ExitCode(2) : .failure
    }

    /// Writes the sentence to standard error.
    func tell() {
        let line = Array("apus: \(sentence)\n".utf8)
        _ = write(STDERR_FILENO, line, line.count)
    }
}

extension StoreError {
    /// Whether a system failed, rather than that something was refused.
    fileprivate var isOfSystem: Bool {
        [.noSpace, .readOnly, .noPermission, .ioFailure, .unavailable].contains(code)
    }
}
