import ModelStore

/// What is known of one model's files between two looks.
struct ModelWatch {
    /// A place in the model's folder for which a file is loaded.
    enum Slot: Hashable {
        /// The file at the top.
        case promoted
        /// A version that the traffic names.
        case version(ModelVersion)
    }

    /// A file to be loaded.
    struct Job {
        let name: String
        let slot: Slot
        let path: String
        let signature: FileSignature
        let placement: ModelPlacement
    }

    private struct FileWatch {
        /// What was there at the last look.
        var seen: ModelPlacement.Finding?
        /// What was loaded, or could not be, and the metadata it was checked with.
        var tried: (finding: ModelPlacement.Finding, metadata: ModelPlacement.Sidecar?)?
        var loaded: LoadedModel?
        /// Why what is there is not what is loaded.
        var problem: String?
        var isFailed = false
    }

    private var files: [Slot: FileWatch] = [:]
    private var traffic = Traffic()
    private var seenTraffic: ModelPlacement.Sidecar?
    private var trafficProblem: String?
    private var notice: String?
    private let name: String
    /// Whether ``state`` may be another than when it was last taken.
    private var isChanged = true

    init(name: String) { self.name = name }

    // MARK: - Looking

    /// Takes note of what is there now.
    ///
    /// - Parameters:
    ///   - patience: how long a file must have been left alone, in nanoseconds; nil loads what is there at once.
    /// - Returns: the files to load now.
    mutating func look(at placement: ModelPlacement, now: Int64, patience: Int64?) -> [Job] {
        readTraffic(placement)
        isChanged = isChanged || notice != placement.notice
        notice = placement.notice
        let wanted: [Slot] = [.promoted] + traffic.versions.sorted().map(Slot.version)
        files = files.filter { wanted.contains($0.key) }
        return wanted.compactMap { slot in
            let finding = finding(of: slot, placement)
            guard let signature = take(finding, slot, placement, now, patience), case .file(let path, _) = finding
            else { return nil }
            return Job(name: name, slot: slot, path: path, signature: signature, placement: placement)
        }
    }

    private mutating func readTraffic(_ placement: ModelPlacement) {
        guard placement.traffic != seenTraffic else { return }
        seenTraffic = placement.traffic
        trafficProblem = nil
        isChanged = true
        guard let folder = placement.folder, placement.traffic != nil else {
            traffic = Traffic()
            return
        }
        // A split that cannot be read leaves the one before in force.
        do throws(StoreError) { traffic = try FolderRecords(path: folder).traffic() } catch {
            trafficProblem = "\(error)"
        }
    }

    private func finding(of slot: Slot, _ placement: ModelPlacement) -> ModelPlacement.Finding {
        switch slot {
        case .promoted: placement.model
        case .version(let version):
            placement.versionFolders[version].map(ModelLocator.file(ofVersion:)) ?? .none(reason: "it does not exist")
        }
    }

    /// Takes note of one file; returns its signature if it is to be loaded now.
    private mutating func take(
        _ finding: ModelPlacement.Finding, _ slot: Slot, _ placement: ModelPlacement, _ now: Int64, _ patience: Int64?
    ) -> FileSignature? {
        var watch = files[slot] ?? FileWatch()
        let problem = watch.problem
        defer {
            watch.seen = finding
            isChanged = isChanged || problem != watch.problem
            files[slot] = watch
        }
        switch finding {
        case .none(let reason):
            watch.problem = reason
            watch.isFailed = false
            watch.tried = nil
            return nil
        case .file(let path, let signature):
            if let tried = watch.tried, tried.finding == finding {
                // What failed is tried again when its metadata has changed, or a client asks for it.
                let isNew = watch.isFailed && (patience == nil || tried.metadata != placement.metadata)
                if !isNew { return nil }
            }
            let isStill = patience.map { finding == watch.seen || now - signature.modified >= $0 } ?? true
            guard isStill else {
                watch.problem = "waiting until \(path) is written"
                return nil
            }
            watch.tried = (finding, placement.metadata)
            return signature
        }
    }

    // MARK: - Results

    /// Takes note of a loaded file.
    mutating func take(_ result: Result<LoadedModel, LoadFailure>, for slot: Slot) {
        isChanged = true
        switch result {
        case .success(let model):
            files[slot]?.loaded = model
            files[slot]?.problem = nil
            files[slot]?.isFailed = false
        case .failure(let failure):
            files[slot]?.problem = failure.reason
            files[slot]?.isFailed = true
        }
    }

    /// What requests should find from now on; nil if that is what they were told to find before.
    mutating func takeState() -> ModelState? {
        guard isChanged else { return nil }
        isChanged = false
        return state
    }

    private var state: ModelState {
        let promoted = files[.promoted]
        guard let model = promoted?.loaded else {
            let reason = promoted?.problem ?? "loading"
            return promoted?.isFailed == true ? .failed(reason: reason) : .waiting(reason: reason)
        }
        return .ready(
            Deployment(
                promoted: model,
                canary: loaded(traffic.canary?.version),
                shadow: loaded(traffic.shadow),
                traffic: traffic,
                problem: problem
            )
        )
    }

    private func loaded(_ version: ModelVersion?) -> LoadedModel? {
        version.flatMap { files[.version($0)]?.loaded }
    }

    /// All that is wrong, in one sentence; nil if nothing is.
    private var problem: String? {
        var problems = [files[.promoted]?.problem, trafficProblem.map { "\(StoreLayout.trafficFile): \($0)" }]
        for version in traffic.versions.sorted() {
            problems.append(files[.version(version)]?.problem.map { "\(version): \($0)" })
        }
        problems.append(notice)
        let known = problems.compactMap(\.self)
        return known.isEmpty ? nil : known.joined(separator: "; ")
    }
}

/// Why a model file was not loaded.
struct LoadFailure: Error {
    let reason: String
}
