import ModelStore

/// Finds out where the files of a model are that an MLflow server knows by name.
struct MLflowRegistry: Sendable {
    let client: MLflowClient
    let uri: ModelURI

    /// The artefact URI of a model, and the number of its version, if it is registered.
    func resolve() async throws(StoreError) -> (artifacts: String, version: ModelVersion?) {
        switch uri {
        case .registered(let name, let selector):
            let version = try await version(of: name, selector)
            return (try await artifacts(of: name, version), version)
        case .logged(let id): return (try await artifacts(ofLogged: id), nil)
        case .run(let id, let path):
            let json = try await ask("runs/get", ["run_id": id])
            return ("\(try text(json, "run", "info", "artifact_uri"))/\(path)", nil)
        case .file, .s3, .web: throw StoreError(.unsupported, "\(uri) is no URI of MLflow's")
        }
    }

    /// The artefact URI of a model that a run logged under a name (MLflow 3 keeps it apart from the run's artefacts).
    func loggedModel(named name: String, ofRun id: String) async throws(StoreError) -> String? {
        let json = try await ask("runs/get", ["run_id": id])
        let outputs = json.object?["run"]?.object?["outputs"]?.object?["model_outputs"]?.array ?? []
        for model in outputs.compactMap({ $0.object?["model_id"]?.string }).prefix(100) {
            let json = try await ask("logged-models/\(PercentEncoding.encode(model))", [:])
            if try text(json, "model", "info", "name") == name {
                return try text(json, "model", "info", "artifact_uri")
            }
        }
        return nil
    }

    private func version(of name: String, _ selector: ModelURI.Selector) async throws(StoreError) -> ModelVersion {
        let found: JSONValue
        switch selector {
        case .version(let number):
            found = try await ask("model-versions/get", ["name": name, "version": "\(number)"])
        case .alias(let alias): found = try await ask("registered-models/alias", ["name": name, "alias": alias])
        case .stage(let stage):
            let json = try await ask("registered-models/get-latest-versions", ["name": name, "stages": stage])
            return try newest(json, "\(uri): no version is in stage \(stage)")
        case .latest:
            let json = try await ask("registered-models/get-latest-versions", ["name": name])
            return try newest(json, "\(uri): the model has no version")
        }
        guard let version = found.object?["model_version"] else { throw malformed("model_version") }
        return try number(version)
    }

    private func newest(_ json: JSONValue, _ none: String) throws(StoreError) -> ModelVersion {
        var numbers: [ModelVersion] = []
        for version in json.object?["model_versions"]?.array ?? [] { numbers.append(try number(version)) }
        guard let newest = numbers.max() else { throw StoreError(.notFound, none) }
        return newest
    }

    /// The number of a version that is ready.
    private func number(_ version: JSONValue) throws(StoreError) -> ModelVersion {
        guard let number = version.object?["version"]?.string.flatMap({ ModelVersion($0) }) else {
            throw malformed("version")
        }
        let status = version.object?["status"]?.string ?? "READY"
        guard status == "READY" else {
            throw StoreError(.unavailable, "\(uri): version \(number.number) is \(status) in MLflow")
        }
        return number
    }

    private func artifacts(of name: String, _ version: ModelVersion) async throws(StoreError) -> String {
        let query: KeyValuePairs = ["name": name, "version": "\(version.number)"]
        let place = try text(try await ask("model-versions/get-download-uri", query), "artifact_uri")
        // Servers differ in whether they follow a logged model themselves.
        guard place.hasPrefix("models:/"), case .logged(let id) = try ModelURI(place) else { return place }
        return try await artifacts(ofLogged: id)
    }

    private func artifacts(ofLogged id: String) async throws(StoreError) -> String {
        try text(try await ask("logged-models/\(PercentEncoding.encode(id))", [:]), "model", "info", "artifact_uri")
    }

    private func ask(_ method: String, _ query: KeyValuePairs<String, String>) async throws(StoreError) -> JSONValue {
        try await client.json("/api/2.0/mlflow/\(method)", query, "\(uri)")
    }

    private func text(_ json: JSONValue, _ path: String...) throws(StoreError) -> String {
        let value = path.reduce(Optional(json)) { value, key in value?.object?[key] }
        guard let text = value?.string else { throw malformed(path.last ?? "") }
        return text
    }

    private func malformed(_ member: String) -> StoreError {
        StoreError(.malformed, "\(uri): the MLflow server's answer has no \"\(member)\"")
    }
}
