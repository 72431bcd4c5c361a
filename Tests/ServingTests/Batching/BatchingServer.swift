import Inference
import Synchronization
import Tensors
import TestSupport
import Testing

@testable import Serving

/// A model worth gathering requests to, which remembers how many rows it was asked at once.
final class CountingModel: Operator {
    /// A row that begins with this is refused, though it is a number.
    static let refused = -1e300

    let inputCount = 2
    let methods: [PredictionMethod] = [.predict, .predictProba, .decisionFunction]
    let stepsPerRow: Int
    private let counts = Mutex<[Int]>([])
    /// The rows of each evaluation.
    var evaluations: [Int] { counts.withLock { $0 } }
    private let scale: Double

    /// - Parameter scale: what sums are multiplied by, to tell versions apart.
    init(scale: Double = 1, stepsPerRow: Int = 1_000_000) {
        self.scale = scale
        self.stepsPerRow = stepsPerRow
    }

    func evaluate(_ method: PredictionMethod, on rows: Matrix<Double>) throws(InferenceError) -> Answer {
        counts.withLock { $0.append(rows.rowCount) }
        let firsts = (0..<rows.rowCount).map { rows[$0, 0] }
        guard !firsts.contains(Self.refused) else { throw InferenceError(.invalidInput, "a row is refused") }
        let scaled = rows.elements.map { $0 * scale }
        return try StubModel().evaluate(
            method, on: Matrix(rowCount: rows.rowCount, columnCount: 2, elements: scaled))
    }
}

/// Models under one name whose requests are gathered.
struct BatchingServer {
    let registry = ModelRegistry()
    let v1: V1Service
    let v2: V2Service

    init(maximumRows: Int, maximumWait: Duration) throws {
        var settings = V1Service.Settings()
        let policy: BatchPolicy = try #require(BatchPolicy(maximumRows: maximumRows, maximumWait: maximumWait))
        settings.batching = policy
        v1 = V1Service(registry: registry, settings: settings)
        v2 = V2Service(beside: v1)
    }

    /// Has a model answer as `m` from now on.
    @discardableResult
    func set(_ model: CountingModel, version: String? = nil) -> LoadedModel {
        let loaded = LoadedModel(
            name: "m", version: version, plan: Plan(operator: model, className: "CountingModel"))
        registry.set(loaded)
        return loaded
    }

    func predict(_ json: String) async throws(ServingError) -> String {
        let body = Array(json.utf8)
        return String(decoding: try await v1.predictTogether("m", body: body.span).body, as: UTF8.self)
    }

    func infer(_ json: String) async throws(ServingError) -> String {
        let body = Array(json.utf8)
        return String(decoding: try await v2.inferTogether("m", body: body.span).body.bytes, as: UTF8.self)
    }

    /// What would be answered without others.
    func alone(_ json: String, isV2: Bool = false) throws(ServingError) -> String {
        let body = Array(json.utf8)
        let bytes = isV2 ? try v2.infer("m", body: body.span).body.bytes : try v1.predict("m", body: body.span).body
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension LoadedModel {
    /// Waits, at most twenty seconds, until so many callers wait for their batch.
    func untilWaiting(_ count: Int) async throws {
        for _ in 0..<4_000 where batcher.waitingCount != count { try await Task.sleep(for: .milliseconds(5)) }
        #expect(batcher.waitingCount == count)
    }
}
