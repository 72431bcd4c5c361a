/// All metrics of a server as the text that Prometheus reads.
package enum MetricsPage {
    /// The media type of the text.
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// A metric that is kept elsewhere, without labels.
    package struct Reading: Sendable {
        package enum Value: Hashable, Sendable {
            case count(UInt64)
            case gauge(Double)
        }

        package let name: StaticString
        package let help: StaticString
        package let value: Value

        package init(name: StaticString, help: StaticString, value: Value) {
            self.name = name
            self.help = help
            self.value = value
        }

        fileprivate func write(to writer: inout MetricsWriter) {
            switch value {
            case .count(let count):
                writer.begin(name, .counter, help)
                writer.sample(count: count)
            case .gauge(let value):
                writer.begin(name, .gauge, help)
                writer.sample(value: value)
            }
        }
    }

    /// The metrics as they are now: those of KServe's server, those that servers of MLflow models have, and Apus's own.
    ///
    /// - Parameter readings: more of them, kept elsewhere.
    package static func text(registry: ModelRegistry, server: ServerMeter, readings: [Reading] = []) -> String {
        var writer = MetricsWriter()
        let models = registry.models.sorted { $0.key < $1.key }
        let loaded = models.flatMap { _, state in
            if case .ready(let deployment) = state { LoadedModelCounts.all(deployment) } else { [LoadedModelCounts]() }
        }
        writeStages(loaded, to: &writer)
        writePredictions(loaded, to: &writer)
        writeBatches(loaded, to: &writer)
        writeShadows(loaded, to: &writer)
        writeModels(models, to: &writer)
        writeServer(server, to: &writer)
        for reading in readings { reading.write(to: &writer) }
        writeProcess(server, to: &writer)
        return writer.text
    }

    /// A version of a model and one reading of its counters, for all metrics alike.
    private struct LoadedModelCounts {
        let model: LoadedModel
        let role: String
        let counts: ModelMeter.Counts

        /// Those of all versions of a model; a version that is canary and shadow is counted once.
        static func all(_ deployment: Deployment) -> [LoadedModelCounts] {
            var versions: Set<String> = []
            return deployment.versions.filter { versions.insert($0.model.version ?? "").inserted }.map { version in
                LoadedModelCounts(model: version.model, role: version.role, counts: version.model.meter.counts)
            }
        }

        var labels: [MetricsWriter.Label] { [("model_name", model.name), ("model_version", model.version ?? "")] }
    }

    /// KServe's stages know no versions: those of a model are added up.
    private static func writeStages(_ models: [LoadedModelCounts], to writer: inout MetricsWriter) {
        let stages: [(StaticString, StaticString, KeyPath<ModelMeter.Counts, Histogram>)] = [
            ("request_preprocess_seconds", "Time to read a request.", \.preprocess),
            ("request_predict_seconds", "Time of the model's arithmetic in a request.", \.predict),
            ("request_postprocess_seconds", "Time to write an answer.", \.postprocess),
            ("request_explain_seconds", "Time to explain a prediction.", \.explain),
        ]
        for (name, help, stage) in stages {
            writer.begin(name, .histogram, help)
            let groups = Dictionary(grouping: models, by: \.model.name).sorted { $0.key < $1.key }
            for (model, versions) in groups {
                var sum = Histogram()
                for version in versions { sum.add(version.counts[keyPath: stage]) }
                writer.sample([("model_name", model)], sum)
            }
        }
    }

    private static func writePredictions(_ models: [LoadedModelCounts], to writer: inout MetricsWriter) {
        writer.begin("model_predictions_total", .counter, "Prediction requests answered.")
        for model in models { writer.sample(model.labels, count: model.counts.predictions) }
        writer.begin("model_prediction_latency_seconds", .histogram, "Time from a body read to its answer written.")
        for model in models { writer.sample(model.labels, model.counts.latency) }
        writer.begin("model_prediction_errors_total", .counter, "Prediction requests refused or failed.")
        for model in models {
            for (kind, count) in model.counts.errors.sorted(by: { $0.key < $1.key }) {
                writer.sample(model.labels + [("error_type", kind)], count: count)
            }
        }
    }

    private static func writeBatches(_ models: [LoadedModelCounts], to writer: inout MetricsWriter) {
        let batching = models.filter { $0.counts.batches.rows.count > 0 }
        writer.begin("model_batch_rows", .histogram, "Rows of requests that were answered together.")
        for model in batching { writer.sample(model.labels, model.counts.batches.rows) }
        writer.begin("model_batch_wait_seconds", .histogram, "Time a request waited for others to be answered with.")
        for model in batching { writer.sample(model.labels, model.counts.batches.wait) }
    }

    private static func writeShadows(_ models: [LoadedModelCounts], to writer: inout MetricsWriter) {
        let shadows = models.filter { $0.role == "shadow" || $0.counts.shadow.latency.count > 0 }
        writer.begin("model_shadow_rows_total", .counter, "Rows that a shadow answered besides its primary.")
        for model in shadows { writer.sample(model.labels, count: model.counts.shadow.rows) }
        writer.begin("model_shadow_disagreements_total", .counter, "Of these, rows it answered differently.")
        for model in shadows { writer.sample(model.labels, count: model.counts.shadow.disagreements) }
        writer.begin("model_shadow_errors_total", .counter, "Requests that a shadow refused and its primary answered.")
        for model in shadows { writer.sample(model.labels, count: model.counts.shadow.failures) }
        writer.begin("model_shadow_dropped_total", .counter, "Requests that a shadow was not asked, being too slow.")
        for model in shadows { writer.sample(model.labels, count: model.counts.shadow.dropped) }
        writer.begin("model_shadow_latency_seconds", .histogram, "Time of a shadow's arithmetic in a request.")
        for model in shadows { writer.sample(model.labels, model.counts.shadow.latency) }
    }

    private static func writeModels(_ models: [(key: String, value: ModelState)], to writer: inout MetricsWriter) {
        writer.begin("model_loaded", .gauge, "1 for a version that answers, 0 for a model that does not yet.")
        for (name, state) in models {
            if case .ready(let deployment) = state {
                for model in versions(deployment) { writer.sample(labels(model), value: 1) }
            } else {
                writer.sample([("model_name", name), ("model_version", "")], value: 0)
            }
        }
        let deployments = models.compactMap { _, state in
            if case .ready(let deployment) = state { deployment } else { nil }
        }
        writer.begin("model_problem", .gauge, "1 where a model's files ask for what could not be done, else 0.")
        for deployment in deployments {
            writer.sample([("model_name", deployment.promoted.name)], value: deployment.problem == nil ? 0 : 1)
        }
        let loaded = deployments.flatMap(versions)
        writer.begin("model_load_seconds", .gauge, "Time it took to read the model's file and prepare it.")
        for model in loaded { writer.sample(labels(model), value: model.loadSeconds) }
        writer.begin("model_age_seconds", .gauge, "Time since the model's file was last changed.")
        let now = Clocks.wallNanoseconds()
        for model in loaded { writer.sample(labels(model), value: Double(now - model.modified) * 1e-9) }
    }

    /// The versions of a model, each once.
    private static func versions(_ deployment: Deployment) -> [LoadedModel] {
        var seen: Set<String> = []
        return deployment.versions.map(\.model).filter { seen.insert($0.version ?? "").inserted }
    }

    private static func labels(_ model: LoadedModel) -> [MetricsWriter.Label] {
        [("model_name", model.name), ("model_version", model.version ?? "")]
    }

    private static func writeServer(_ server: ServerMeter, to writer: inout MetricsWriter) {
        writer.begin("http_requests_total", .counter, "Requests answered, by kind and status.")
        let counts = server.requestCounts.sorted {
            ($0.key.route.rawValue, $0.key.status) < ($1.key.route.rawValue, $1.key.status)
        }
        for (key, count) in counts {
            writer.sample([("route", key.route.rawValue), ("code", String(key.status))], count: count)
        }
        writer.begin("grpc_server_handled_total", .counter, "Calls answered, by method and status.")
        let calls = server.callCounts.sorted {
            ($0.key.service, $0.key.method, $0.key.status) < ($1.key.service, $1.key.method, $1.key.status)
        }
        for (call, count) in calls {
            let labels: [MetricsWriter.Label] = [
                ("grpc_service", call.service), ("grpc_method", call.method), ("grpc_code", call.status),
            ]
            writer.sample(labels, count: count)
        }
        writer.begin("http_requests_in_flight", .gauge, "Requests and calls read and not answered yet.")
        writer.sample(value: Double(server.requestsInFlight))
    }

    private static func writeProcess(_ server: ServerMeter, to writer: inout MetricsWriter) {
        let usage = ProcessUsage.now()
        writer.begin("process_cpu_seconds_total", .counter, "Processor time, user and system.")
        writer.sample(value: usage.cpuSeconds)
        writer.begin("process_start_time_seconds", .gauge, "When the server started, in seconds since 1970.")
        writer.sample(value: server.startSeconds)
        if let resident = usage.residentBytes {
            writer.begin("process_resident_memory_bytes", .gauge, "Resident memory.")
            writer.sample(value: resident)
        }
        if let open = usage.openDescriptors {
            writer.begin("process_open_fds", .gauge, "Open file descriptors.")
            writer.sample(value: Double(open))
        }
    }
}
