extension ModelStore {
    /// Checks the rules of the platform for a model, and says what breaks each and what to do.
    ///
    /// All of its files are read. Whether Apus and scikit-learn can load the promoted one is asked only with an
    /// examiner.
    ///
    /// - Throws: ``StoreError/Code/notFound`` if there is no such model.
    public func validate(_ name: ModelName) throws(StoreError) -> Validation {
        var violations: [Validation.Violation] = []
        func report(_ rule: ValidationRule, _ problem: String, _ remedy: String) {
            violations.append(Validation.Violation(rule: rule, problem: problem, remedy: remedy))
        }
        do throws(StoreError) {
            guard let folder = try folder(of: name) else {
                let file = try legacyFile(of: name)
                guard let file else { throw StoreError(.notFound, "there is no model \(name) in \(layout.path)") }
                report(.oneFile, "\(file.path) lies beside the models' folders", "run: apus models migrate \(name)")
                try validate(file, report)
                return Validation(name: name, violations: violations)
            }
            let file = try? folder.file()
            if let file { try validate(file, report) }
            validateCandidates(folder, report)
            try validateMetadata(folder, file, report)
            validateTraffic(of: name, report)
        } catch {
            guard error.code == .outsideStore else { throw error }
            report(.inStore, error.message, "replace the link by a copy of what it leads to")
        }
        return Validation(name: name, violations: violations)
    }

    private typealias Report = (ValidationRule, String, String) -> Void

    private func validateCandidates(_ folder: ModelFolder, _ report: Report) {
        switch folder.candidates.count {
        case 1: break
        case 0:
            let remedy =
                folder.versions.isEmpty ? "save a model (apus models save)" : "promote a version (apus models promote)"
            report(.oneFile, "there is no model file at the top of \(folder.path)", remedy)
        default:
            let names = folder.candidates.map { $0.path.dropFirst(folder.path.count + 1) }.joined(separator: ", ")
            report(
                .oneFile, "\(folder.path) holds \(folder.candidates.count) model files: \(names)",
                "keep one of them, as model.pkl, and move the others away; stock KServe starts with one only")
        }
    }

    private func validate(_ file: StoredFile, _ report: Report) throws(StoreError) {
        guard file.size > 0 else {
            report(.notEmpty, "\(file.path) is empty", "save the model again, or roll back (apus models rollback)")
            return
        }
        guard let examiner else { return }
        let facts: ModelFacts
        do { facts = try examiner.examine(path: file.path) } catch {
            let remedy = "save the model again, or roll back (apus models rollback)"
            report(.apus, "\(error)", remedy)
            report(.scikitLearn, "it cannot be read", remedy)
            return
        }
        if let refusal = facts.refusal {
            report(.apus, refusal, "fit it with the estimators that Documentation/sklearn-coverage.md lists")
        }
        if !facts.foreignClasses.isEmpty {
            report(
                .scikitLearn, "it holds \(facts.foreignClasses.joined(separator: ", "))",
                "build it of scikit-learn's own classes: no server has classes of a notebook or of other packages")
        }
    }

    private func validateMetadata(
        _ folder: ModelFolder, _ file: StoredFile?, _ report: Report
    ) throws(StoreError) {
        let name = folder.name
        for version in versions(in: folder) {
            do throws(StoreError) { try validate(version) } catch {
                guard error.code != .outsideStore else { throw error }
                report(.metadata, error.message, "delete the version (apus models delete) if it cannot be restored")
            }
        }
        guard let file, file.size > 0 else { return }
        do throws(StoreError) { _ = try promotedMetadata(of: name) } catch {
            report(.metadata, error.message, "promote a version again (apus models promote), which writes it anew")
        }
        let found = try identify(file, of: name)
        guard !found.isTold else { return }
        switch (found.version, found.claim) {
        case (let version?, _):
            report(
                .metadata, "\(layout.promotedMetadata(of: name)) does not say that \(version.version) is promoted",
                "the next save, promotion or rollback repairs it; or run: apus models migrate \(name)")
        case (nil, let claim?):
            report(
                .metadata, "\(file.path) is not \(claim.metadata.version), as its metadata says, nor any other version",
                "make it a version (apus models migrate \(name)), or promote another (apus models promote)")
        case (nil, nil):
            // A model without versions is as other tools write it.
            guard !folder.versions.isEmpty else { return }
            report(.metadata, "\(file.path) is of no version", "make it one (apus models migrate \(name))")
        }
    }

    /// Compares a version's file with its metadata.
    private func validate(_ version: StoredVersion) throws(StoreError) {
        if let problem = version.problem { throw problem }
        guard let metadata = version.metadata, let file = version.file else { return }
        try Self.check(try Files.digest(of: file.path), metadata, file.path)
        guard metadata.name == version.name.text, metadata.version == version.version else {
            throw StoreError(
                .corrupted,
                "\(version.path) says that it is \(metadata.version) of \(metadata.name.debugDescription)")
        }
    }

    private func validateTraffic(of name: ModelName, _ report: Report) {
        do throws(StoreError) {
            guard let folder = try folder(of: name) else { return }
            for version in try traffic(of: name).versions.sorted() { _ = try usable(version, in: folder) }
        } catch {
            report(.traffic, error.message, "set it anew (apus models canary, apus models shadow)")
        }
    }
}
