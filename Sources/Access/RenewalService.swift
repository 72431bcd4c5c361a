package import Logging
import NIOPosix
import ServiceLifecycle

/// What is read from files that may be renewed while the server runs.
package protocol RenewableFile: AnyObject, Sendable {
    /// What it is, for logs.
    var subject: String { get }
    /// Looks at the files; nil if they are as they were.
    func refresh() -> RenewalEvent?
}

/// Looks again and again whether the server's certificate, its clients' keys or the keys of tokens were renewed.
package struct RenewalService: Service {
    private let files: [any RenewableFile]
    private let tokens: TokenVerifier?
    private let interval: Duration
    private let logger: Logger

    /// - Parameter interval: the time between two looks.
    package init(files: [any RenewableFile], tokens: TokenVerifier?, interval: Duration, logger: Logger) {
        self.files = files
        self.tokens = tokens
        self.interval = interval
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            // Apart, since a server of keys may be slow.
            async let tokens: Void = renewTokens()
            await renewFiles()
            await tokens
        }
    }

    private func renewTokens() async {
        guard let tokens else { return }
        while !Task.isCancelled {
            tell("keys of tokens", await tokens.refresh())
            try? await Task.sleep(for: interval)
        }
    }

    private func renewFiles() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: interval)
            let files = files
            let events = try? await NIOThreadPool.singleton.runIfActive { files.map { $0.refresh() } }
            for (file, event) in zip(files, events ?? []) { tell(file.subject, event) }
        }
    }

    private func tell(_ what: String, _ event: RenewalEvent?) {
        switch event {
        case .renewed: logger.info("\(what) renewed")
        case .refused(let reason): logger.error("\(what) not renewed, what was before goes on: \(reason)")
        case nil: break
        }
    }
}

/// What a look at files that may be renewed found, if they are not as they were.
package enum RenewalEvent: Equatable {
    /// What they hold now counts.
    case renewed
    /// What they held before goes on, for a reason.
    case refused(String)
}
