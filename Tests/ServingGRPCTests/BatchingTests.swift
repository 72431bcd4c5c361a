import GRPCCore
import SwiftProtobuf
import TestSupport
import Testing

@testable import Serving
@testable import ServingGRPC

@Suite("Calls that are answered together with others")
struct BatchingTests {
    private static func server() -> (TestServer, LoadedModel) {
        var server = TestServer()
        server.answers.batching = BatchPolicy(maximumRows: 3, maximumWait: .seconds(60))
        let model = LoadedModel(name: "m", version: "3", plan: StubModel(stepsPerRow: 1_000_000).plan())
        server.registry.set(model)
        return (server, model)
    }

    private static let request = Inference_ModelInferRequest.with {
        $0.modelName = "m"
        $0.inputs = [
            .with {
                $0.name = "x"
                $0.datatype = "FP64"
                $0.shape = [1, 2]
                $0.contents.fp64Contents = [-1, -2]
            }
        ]
    }

    private static func untilWaiting(_ count: Int, _ model: LoadedModel) async throws {
        for _ in 0..<4_000 where model.batcher.waitingCount != count { try await Task.sleep(for: .milliseconds(5)) }
        #expect(model.batcher.waitingCount == count)
    }

    @Test("gRPC shares a batch with V1")
    func shared() async throws {
        let (server, model) = Self.server()
        try await server.test { client in
            async let call = client.infer(Self.request)
            try await Self.untilWaiting(1, model)
            let body = Array(#"{"instances":[[1,2],[-1,-2]]}"#.utf8)
            let prediction = try await server.v1.predictTogether("m", body: body.span)
            #expect(
                String(decoding: prediction.body, as: UTF8.self)
                    == #"{"predictions":[1,-1],"model_name":"m","model_version":"3"}"#)
            #expect(try await call.outputs.map(\.contents.int64Contents) == [[-1]])
        }
        #expect(model.meter.counts.batches.rows.sum == 3 && model.meter.counts.batches.rows.count == 1)
    }

    @Test("A call that its client waits for no longer leaves its batch")
    func cancelled() async throws {
        let (server, model) = Self.server()
        try await server.test { client in
            let error = await #expect(throws: RPCError.self) {
                try await client.infer(Self.request, metadata: ["grpc-timeout": "100m"])
            }
            #expect(error?.code == .cancelled)
        }
        #expect(model.batcher.waitingCount == 0)
        #expect(model.meter.counts.batches.rows.count == 0 && model.meter.counts.errors == ["cancelled": 1])
    }
}
