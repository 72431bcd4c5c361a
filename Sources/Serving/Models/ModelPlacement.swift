import ModelStore

/// What stands at a place that should hold a model: the promoted version, the others, and how requests are split.
package struct ModelPlacement: Hashable, Sendable {
    /// A model file, or the lack of one.
    package enum Finding: Hashable, Sendable {
        /// A file to be loaded.
        case file(path: String, FileSignature)
        /// No file to load, and why.
        case none(reason: String)
    }

    /// A small file beside a model.
    package struct Sidecar: Hashable, Sendable {
        /// Its name.
        package let name: String
        let signature: FileSignature
    }

    /// The promoted version.
    package var model: Finding
    /// The folder that holds the model; nil where the place is a file.
    package var folder: String?
    /// What is known of the promoted version.
    var metadata: Sidecar?
    /// How requests are split.
    var traffic: Sidecar?
    /// The folders of versions, by number.
    var versionFolders: [ModelVersion: String] = [:]
    /// What is known besides the files: why what is there is not what should be.
    var notice: String?

    /// A place without a model, and why.
    static func none(_ reason: String) -> ModelPlacement { ModelPlacement(model: .none(reason: reason)) }

    /// The same, with something known besides; where there is no file, that is why.
    func with(notice: String) -> ModelPlacement {
        var placement = self
        if case .none = model { placement.model = .none(reason: notice) } else { placement.notice = notice }
        return placement
    }
}

/// What was seen at the places where models should be.
package struct ModelSightings: Sendable {
    /// The models, by name.
    package var models: [String: ModelPlacement] = [:]
    /// The folders that could hold a model but hold no file yet, by name.
    var emptyFolders: Set<String> = []
    /// Whether every place could be looked at: only then is a model that is not among them gone.
    var isComplete = true

    /// Adds what was seen elsewhere; a model seen here first stays.
    mutating func add(_ others: ModelSightings) {
        models.merge(others.models) { first, _ in first }
        emptyFolders.formUnion(others.emptyFolders)
        isComplete = isComplete && others.isComplete
    }

    /// Adds what is known of models besides their files.
    mutating func add(_ notices: [String: String]) {
        for (name, notice) in notices { models[name] = models[name]?.with(notice: notice) }
    }

    /// Whether a model was there before and its folder has gone.
    func isGone(_ name: String) -> Bool { isComplete && models[name] == nil && !emptyFolders.contains(name) }
}
