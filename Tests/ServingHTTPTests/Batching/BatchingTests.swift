import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import Serving
@testable import ServingHTTP

@Suite("Requests over HTTP that are answered together")
struct BatchingTests {
    /// A server whose model `m` gathers up to four rows; `cheap` is not worth it.
    private static func server(wait: Duration) -> (TestServer, LoadedModel) {
        var server = TestServer()
        server.settings.batching = BatchPolicy(maximumRows: 4, maximumWait: wait)
        let model = LoadedModel(name: "m", version: "3", plan: StubModel(stepsPerRow: 1_000_000).plan())
        server.registry.set(model)
        server.registry.set(LoadedModel(name: "cheap", plan: StubModel().plan()))
        return (server, model)
    }

    private static let infer = #"{"inputs":[{"name":"x","shape":[2,2],"datatype":"FP64","data":[-1,-2,3,4]}]}"#

    private static let rows = #"{"instances":[[1,2],[-1,-2]]}"#

    private static func untilOneWaits(_ model: LoadedModel) async throws {
        for _ in 0..<4_000 where model.batcher.waitingCount == 0 { try await Task.sleep(for: .milliseconds(5)) }
    }

    private static func expectShared(_ v1: String, _ v2: String, _ model: LoadedModel) {
        #expect(v1 == #"{"predictions":[1,-1],"model_name":"m","model_version":"3"}"#)
        #expect(v2.contains(#""data":[-1,1]"#))
        let counts = model.meter.counts.batches
        #expect(counts.rows.count == 1 && counts.rows.sum == 4 && counts.wait.count == 2)
    }

    @Test("V1 and V2 share a batch, and each caller gets its own")
    func shared() async throws {
        let (server, model) = Self.server(wait: .seconds(60))
        try await server.test(.router) { client in
            async let v1 = client.execute(
                uri: "/v1/models/m:predict", method: .post, body: ByteBuffer(string: Self.rows)
            ) { String(buffer: $0.body) }
            try await Self.untilOneWaits(model)
            async let v2 = client.execute(
                uri: "/v2/models/m/infer", method: .post, body: ByteBuffer(string: Self.infer)
            ) { String(buffer: $0.body) }
            Self.expectShared(try await v1, try await v2, model)
        }
    }

    @Test("Through sockets, too, and those that do not wait are answered meanwhile")
    func sharedLive() async throws {
        let (server, model) = Self.server(wait: .seconds(60))
        try await server.test(.live) { client in
            let port = try #require(client.port)
            let v1 = try HTTPConnection(port: port)
            try v1.send("POST", "/v1/models/m:predict", body: Array(Self.rows.utf8))
            try await Self.untilOneWaits(model)
            let cheap = try HTTPConnection.ask(port, "POST", "/v1/models/cheap:predict", body: Self.rows)
            #expect(cheap.body == #"{"predictions":[1,-1],"model_name":"cheap"}"#)
            let v2 = try HTTPConnection.ask(port, "POST", "/v2/models/m/infer", body: Self.infer)
            Self.expectShared(try v1.receive().body, v2.body, model)
        }
    }

    @Test("Refused rows have their own status, and a batch begins when its time is over", arguments: Depth.allCases)
    func statuses(depth: Depth) async throws {
        let (server, model) = Self.server(wait: .milliseconds(20))
        try await server.test(depth.setup) { client in
            try await withThrowingTaskGroup { group in
                for index in 0..<24 {
                    let body = index % 3 == 0 ? #"{"instances":[[1]]}"# : #"{"instances":[[1,2]]}"#
                    group.addTask {
                        try await client.execute(
                            uri: "/v1/models/m:predict", method: .post, body: ByteBuffer(string: body)
                        ) { #expect($0.status == (index % 3 == 0 ? .badRequest : .ok)) }
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(model.meter.counts.batches.rows.sum == 16)
        #expect(model.meter.counts.errors == ["unacceptable_rows": 8])
    }
}
