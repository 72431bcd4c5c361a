/// All metrics of a server as the text that Prometheus reads.
package enum MetricsPage {
    /// The media type of the text.
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// The metrics as they are now: those of KServe's server, those that servers of MLflow models have, and Apus's own.
    package static func text(registry: ModelRegistry, server: ServerMeter) -> String {
        var writer = MetricsWriter()
        let models = registry.models.sorted { $0.key < $1.key }
        let loaded = models.compactMap { _, state in
            if case .ready(let model, _) = state { LoadedModelCounts(model) } else { nil }
        }
        writeStages(loaded, to: &writer)
        writePredictions(loaded, to: &writer)
        writeModels(models, to: &writer)
        writeServer(server, to: &writer)
        writeProcess(server, to: &writer)
        return writer.text
    }

    /// A model and one reading of its counters, for all metrics alike.
    private struct LoadedModelCounts {
        let model: LoadedModel
        let counts: ModelMeter.Counts

        init(_ model: LoadedModel) {
            self.model = model
            counts = model.meter.counts
        }

        var name: [MetricsWriter.Label] { [("model_name", model.name)] }
        var labels: [MetricsWriter.Label] { name + [("model_version", model.version ?? "")] }
    }

    private static func writeStages(_ models: [LoadedModelCounts], to writer: inout MetricsWriter) {
        writer.begin("request_preprocess_seconds", .histogram, "Time to read a request.")
        for model in models { writer.sample(model.name, model.counts.preprocess) }
        writer.begin("request_predict_seconds", .histogram, "Time of the model's arithmetic in a request.")
        for model in models { writer.sample(model.name, model.counts.predict) }
        writer.begin("request_postprocess_seconds", .histogram, "Time to write an answer.")
        for model in models { writer.sample(model.name, model.counts.postprocess) }
        writer.begin("request_explain_seconds", .histogram, "Time to explain a prediction.")
        for model in models { writer.sample(model.name, model.counts.explain) }
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

    private static func writeModels(_ models: [(key: String, value: ModelState)], to writer: inout MetricsWriter) {
        writer.begin("model_loaded", .gauge, "1 for a model that answers, 0 for one that does not yet.")
        for (name, state) in models {
            if case .ready(let model, _) = state {
                writer.sample([("model_name", name), ("model_version", model.version ?? "")], value: 1)
            } else {
                writer.sample([("model_name", name), ("model_version", "")], value: 0)
            }
        }
        writer.begin("model_load_seconds", .gauge, "Time it took to read the model's file and prepare it.")
        for case (let name, .ready(let model, _)) in models {
            writer.sample([("model_name", name), ("model_version", model.version ?? "")], value: model.loadSeconds)
        }
        writer.begin("model_age_seconds", .gauge, "Time since the model's file was last changed.")
        for case (let name, .ready(let model, _)) in models {
            let age = Double(Clocks.wallNanoseconds() - model.modified) * 1e-9
            writer.sample([("model_name", name), ("model_version", model.version ?? "")], value: age)
        }
    }

    private static func writeServer(_ server: ServerMeter, to writer: inout MetricsWriter) {
        writer.begin("http_requests_total", .counter, "Requests answered, by kind and status.")
        let counts = server.requestCounts.sorted {
            ($0.key.route.rawValue, $0.key.status) < ($1.key.route.rawValue, $1.key.status)
        }
        for (key, count) in counts {
            writer.sample([("route", key.route.rawValue), ("code", String(key.status))], count: count)
        }
        writer.begin("http_requests_in_flight", .gauge, "Requests read and not answered yet.")
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
