import DataSources
import Features
import Foundation
import NetworkTestSupport
import Outbound
import Tensors

/// A range query, as it came to a server.
struct RangeQuery: Sendable {
    let query: String
    let start: Int
    let end: Int
    let step: Int
    let headers: [String: String]

    init?(_ request: ScriptedServer.Request) {
        guard request.method == "POST", request.target.hasSuffix("/api/v1/query_range") else { return nil }
        var components = URLComponents()
        components.percentEncodedQuery = String(decoding: request.body, as: UTF8.self)
        let pairs = (components.queryItems ?? []).map { ($0.name, $0.value ?? "") }
        let fields = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
        guard let query = fields["query"], let start = fields["start"].flatMap({ Int($0) }),
            let end = fields["end"].flatMap({ Int($0) }), let step = fields["step"].flatMap({ Int($0) })
        else { return nil }
        self.query = query
        self.start = start
        self.end = end
        self.step = step
        headers = request.headers
    }

    /// The moments that are asked for.
    var times: [Int] { Array(stride(from: start, through: end, by: step)) }
}

/// Servers that answer as Prometheus does, or does not.
enum PrometheusServer {
    /// A server that answers each range query with steps.
    static func answering(
        _ answer: @escaping @Sendable (RangeQuery) -> ScriptedServer.Step
    ) async throws -> ScriptedServer {
        try await ScriptedServer { request in
            guard let query = RangeQuery(request) else { return [.answer(404, text: "404 page not found")] }
            return [answer(query)]
        }
    }

    /// A series with a value at each moment; nil where there is none.
    static func series(_ query: RangeQuery, warnings: String = "", _ value: (Int) -> String?) -> ScriptedServer.Step {
        let samples = query.times.compactMap { time in value(time).map { "[\(time),\"\($0)\"]" } }
        let result = samples.isEmpty ? "" : #"{"metric":{},"values":[\#(samples.joined(separator: ","))]}"#
        return .answer(
            200, text: #"{"status":"success","data":{"resultType":"matrix","result":[\#(result)]}\#(warnings)}"#)
    }

    static func failure(_ status: Int, _ kind: String, _ message: String) -> ScriptedServer.Step {
        .answer(status, text: #"{"status":"error","errorType":"\#(kind)","error":"\#(message)"}"#)
    }

    /// A source that asks a server, and does not wait long.
    static func source(
        _ server: ScriptedServer, path: String = "", credentials: PrometheusCredentials = .none, attempts: Int = 1,
        _ change: (inout PrometheusSource.Settings) -> Void = { _ in }
    ) throws -> PrometheusSource {
        var outbound = OutboundSettings()
        outbound.retries.maximumAttempts = attempts
        outbound.retries.firstDelay = .milliseconds(5)
        outbound.readTimeout = .milliseconds(500)
        outbound.answerTimeout = .seconds(5)
        outbound.maximumAnswerBytes = 1 << 20
        var settings = PrometheusSource.Settings()
        change(&settings)
        let client = try PrometheusClient(
            url: server.url + path, credentials: credentials, client: try OutboundClient(outbound))
        return PrometheusSource(client: client, settings: settings)
    }
}

/// The grid of most tests.
let grid = TimeGrid(start: 1_700_000_100, step: 300, count: 100)

/// A metric with plain queries.
func metric(_ name: String, _ expressions: String..., scale: Double = 1) -> Metric {
    Metric(name: name, unit: "ratio", queries: expressions.map { MetricQuery(.average, $0, scale: scale) })
}

/// The error of collecting metrics; nil if there is none.
func failure(of source: any MetricSource, _ metrics: [Metric]) async -> DataSourceError? {
    do throws(DataSourceError) {
        _ = try await source.collect(metrics, on: grid)
        return nil
    } catch {
        return error
    }
}
