/// Keeps a registry in step with the file system: loads a model when its file appears or changes, once it is still.
///
/// A file is still when two looks an interval apart show the same signature, or when it was last changed at least an
/// interval ago. A file that could not be loaded is tried again when it changes.
package struct ModelPoller: Sendable {
    /// Something worth a line in the log.
    package enum Event: Sendable {
        case loaded(LoadedModel)
        case failed(name: String, path: String, reason: String)
        case waiting(name: String, reason: String)
    }

    /// What is known of a model between two looks.
    private struct Watch {
        /// What was there at the last look.
        var seen: ModelLocator.Finding?
        /// What was loaded, or could not be.
        var tried: ModelLocator.Finding?
    }

    private let sources: [ModelSource]
    private let registry: ModelRegistry
    private let loader: any ModelLoading
    private let version: String?
    private let intervalNanoseconds: Int64
    private var watches: [String: Watch] = [:]

    /// - Parameters:
    ///   - interval: the time between two looks.
    ///   - version: what the models' version is, if the caller knows.
    package init(
        sources: [ModelSource],
        registry: ModelRegistry,
        loader: any ModelLoading = PickleModelLoader(),
        version: String? = nil,
        interval: Duration
    ) {
        self.sources = sources
        self.registry = registry
        self.loader = loader
        self.version = version
        intervalNanoseconds = Int64(interval / .nanoseconds(1))
    }

    /// Looks once.
    ///
    /// - Parameter now: the time, in nanoseconds since 1970.
    /// - Returns: what changed.
    package mutating func poll(now: Int64 = Clocks.wallNanoseconds()) -> [Event] {
        var findings: [String: ModelLocator.Finding] = [:]
        for source in sources {
            // The source named first wins where two hold a model of one name.
            findings.merge(ModelLocator.locate(source)) { first, _ in first }
        }
        // Names are known before the first file is read, which may take a while.
        registry.announce(Set(findings.keys))
        // A model that comes back is looked at anew.
        watches = watches.filter { findings.keys.contains($0.key) }
        return findings.sorted { $0.key < $1.key }.compactMap { look(at: $0.value, of: $0.key, now: now) }
    }

    private mutating func look(at finding: ModelLocator.Finding, of name: String, now: Int64) -> Event? {
        var watch = watches[name] ?? Watch()
        defer {
            watch.seen = finding
            watches[name] = watch
        }
        guard finding != watch.tried else { return nil }
        switch finding {
        case .none(let reason):
            watch.tried = finding
            registry.setWaiting(name, reason: reason)
            return .waiting(name: name, reason: reason)
        case .file(let path, let signature):
            guard finding == watch.seen || now - signature.modified >= intervalNanoseconds else {
                registry.setWaiting(name, reason: "waiting until \(path) is written")
                return nil
            }
            watch.tried = finding
            return load(name, path: path, signature)
        }
    }

    private func load(_ name: String, path: String, _ signature: FileSignature) -> Event {
        let start = Clocks.monotonicNanoseconds()
        do {
            let (plan, scikitLearnVersion) = try loader.load(path: path)
            let model = LoadedModel(
                name: name,
                version: version,
                plan: plan,
                loadSeconds: Clocks.seconds(since: start),
                modified: signature.modified,
                scikitLearnVersion: scikitLearnVersion,
                meter: registry.meter(of: name, version: version)
            )
            registry.set(model)
            return .loaded(model)
        } catch {
            registry.setFailed(name, reason: "\(error)")
            return .failed(name: name, path: path, reason: "\(error)")
        }
    }
}
