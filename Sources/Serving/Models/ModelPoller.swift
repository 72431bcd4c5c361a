import Dispatch
import ModelStore
import Synchronization

/// Keeps a registry in step with the file system: loads a model when its file appears or changes, once it is still, and
/// puts it in the place of the one before only when it answers.
///
/// A file is still when two looks an interval apart show the same signature, or when it was last changed at least an
/// interval ago. A file that could not be loaded is tried again when it, or its metadata, changes.
package struct ModelPoller: Sendable {
    /// Something worth a line in the log.
    package enum Event: Sendable {
        case loaded(LoadedModel)
        case failed(name: String, path: String, reason: String)
        /// The model does not answer.
        case notReady(name: String, reason: String)
        /// The model answers, but not as its files ask it to.
        case problem(name: String, reason: String)
        case removed(name: String)
    }

    private let sources: [ModelSource]
    private let registry: ModelRegistry
    private let loader: any ModelLoading
    private let notices: ModelNotices
    private let version: String?
    private let patience: Int64
    private var locator = ModelLocator()
    private var watches: [String: ModelWatch] = [:]
    private var unloaded: Set<String> = []
    /// The last problem told of each model, so that it is told once.
    private var told: [String: String] = [:]

    /// - Parameters:
    ///   - notices: what is known of the models besides their files.
    ///   - interval: the time between two looks.
    ///   - version: what the models' version is where their files do not say, if the caller knows.
    package init(
        sources: [ModelSource],
        registry: ModelRegistry,
        loader: any ModelLoading = PickleModelLoader(),
        notices: ModelNotices = ModelNotices(),
        version: String? = nil,
        interval: Duration
    ) {
        self.sources = sources
        self.registry = registry
        self.loader = loader
        self.notices = notices
        self.version = version
        patience = Int64(interval / .nanoseconds(1))
    }

    /// Looks once.
    ///
    /// - Parameter now: the time, in nanoseconds since 1970.
    /// - Returns: what changed.
    package mutating func poll(now: Int64 = Clocks.wallNanoseconds()) -> [Event] {
        let sightings = look(now)
        // Names are known before the first file is read, which may take a while.
        registry.announce(sightings.models.keys)
        var events = forget(sightings)
        let models = sightings.models.filter { !unloaded.contains($0.key) }
        events += update(models, now: now, patience: patience)
        return events
    }

    private mutating func look(_ now: Int64) -> ModelSightings {
        var sightings = locator.locate(sources, now: now)
        sightings.add(notices.all)
        return sightings
    }

    /// Loads a model now, if its file has changed or it was unloaded.
    ///
    /// - Throws: ``ServingError`` if there is no such model, or it cannot be loaded; one loaded earlier goes on
    ///   answering.
    package mutating func load(_ name: String, now: Int64 = Clocks.wallNanoseconds()) throws(ServingError) -> [Event] {
        let sightings = look(now)
        guard let placement = sightings.models[name] else { throw .modelNotFound(name) }
        if unloaded.remove(name) != nil { watches[name] = nil }
        registry.announce([name])
        let events = update([name: placement], now: now, patience: nil)
        for case .failed(_, _, let reason) in events { throw .modelNotReady(name, reason) }
        _ = try registry.deployment(name)
        return events
    }

    /// Makes a model answer no more until it is loaded again.
    ///
    /// - Throws: ``ServingError`` if there is no such model.
    package mutating func unload(_ name: String) throws(ServingError) {
        guard registry.models[name] != nil else { throw .modelNotFound(name) }
        unloaded.insert(name)
        watches[name] = nil
        registry.setUnloaded(name)
    }

    /// Forgets the models whose folders have gone.
    private mutating func forget(_ sightings: ModelSightings) -> [Event] {
        let gone = Set(watches.keys).union(unloaded).filter(sightings.isGone).sorted()
        for name in gone {
            watches[name] = nil
            told[name] = nil
            unloaded.remove(name)
            registry.remove(name)
        }
        return gone.map { .removed(name: $0) }
    }

    private mutating func update(_ models: [String: ModelPlacement], now: Int64, patience: Int64?) -> [Event] {
        var jobs: [ModelWatch.Job] = []
        for (name, placement) in models {
            jobs += watches[name, default: ModelWatch(name: name)].look(at: placement, now: now, patience: patience)
        }
        jobs.sort { ($0.name, $0.path) < ($1.name, $1.path) }
        var events: [Event] = []
        for (job, result) in zip(jobs, load(jobs)) {
            watches[job.name]?.take(result, for: job.slot)
            switch result {
            case .success(let model): events.append(.loaded(model))
            case .failure(let failure):
                events.append(.failed(name: job.name, path: job.path, reason: failure.reason))
                told[job.name] = failure.reason
            }
        }
        for name in models.keys.sorted() { events += publish(name) }
        return events
    }

    /// Loads files on all processors.
    private func load(_ jobs: [ModelWatch.Job]) -> [Result<LoadedModel, LoadFailure>] {
        guard jobs.count > 1 else { return jobs.map(load) }
        let results = Mutex([Int: Result<LoadedModel, LoadFailure>]())
        DispatchQueue.concurrentPerform(iterations: jobs.count) { index in
            let result = load(jobs[index])
            results.withLock { $0[index] = result }
        }
        return results.withLock { results in
            jobs.indices.map { results[$0] ?? .failure(LoadFailure(reason: "it was not loaded")) }
        }
    }

    private func load(_ job: ModelWatch.Job) -> Result<LoadedModel, LoadFailure> {
        let start = Clocks.monotonicNanoseconds()
        do {
            let file = try loader.load(path: job.path)
            let metadata = try metadata(of: file, job)
            try metadata?.checkInputs(of: file.plan)
            let version = metadata.map { String($0.version.number) } ?? job.slot.number ?? version
            return .success(
                LoadedModel(
                    name: job.name,
                    version: version,
                    plan: file.plan,
                    loadSeconds: Clocks.seconds(since: start),
                    modified: job.signature.modified,
                    scikitLearnVersion: file.scikitLearnVersion,
                    meter: registry.meter(of: job.name, version: version)
                )
            )
        } catch {
            return .failure(LoadFailure(reason: "\(error)"))
        }
    }

    private func metadata(of file: ReadModel, _ job: ModelWatch.Job) throws(StoreError) -> ModelMetadata? {
        guard let folder = job.placement.folder else { return nil }
        let records = FolderRecords(path: folder)
        switch job.slot {
        case .promoted: return try records.promoted(file.content, sidecar: job.placement.metadata?.name)
        case .version(let version):
            return try records.version(version, inFolder: job.placement.versionFolders[version] ?? "", file.content)
        }
    }

    /// Lets requests find what is known of a model now, and says what is wrong, once.
    private mutating func publish(_ name: String) -> [Event] {
        guard let state = watches[name]?.takeState() else { return [] }
        let event: Event?
        let problem: String?
        switch state {
        case .waiting(let reason):
            problem = reason
            event = .notReady(name: name, reason: reason)
            registry.setWaiting(name, reason: reason)
        case .failed(let reason):
            problem = reason
            event = .notReady(name: name, reason: reason)
            registry.setFailed(name, reason: reason)
        case .ready(let deployment):
            problem = deployment.problem
            event = deployment.problem.map { .problem(name: name, reason: $0) }
            registry.set(deployment)
        case .unloaded: return []
        }
        guard problem != told[name] else { return [] }
        told[name] = problem
        return [event].compactMap(\.self)
    }
}

extension ModelWatch.Slot {
    /// The number of the version, as answers tell it.
    fileprivate var number: String? {
        switch self {
        case .promoted: nil
        case .version(let version): String(version.number)
        }
    }
}
