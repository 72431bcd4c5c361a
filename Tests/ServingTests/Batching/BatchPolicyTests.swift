import Inference
import Tensors
import TestSupport
import Testing

@testable import Serving

@Suite("When requests are answered together")
struct BatchPolicyTests {
    @Test("Rows and wait have bounds")
    func bounds() {
        #expect(BatchPolicy(maximumRows: 2, maximumWait: .microseconds(1)) != nil)
        #expect(BatchPolicy(maximumRows: 65_536, maximumWait: .seconds(60)) != nil)
        for (rows, wait) in [
            (1, Duration.milliseconds(1)), (0, .milliseconds(1)), (-1, .milliseconds(1)), (65_537, .milliseconds(1)),
            (2, .zero), (2, .seconds(-1)), (2, .nanoseconds(999)), (2, .seconds(61)),
        ] { #expect(BatchPolicy(maximumRows: rows, maximumWait: wait) == nil) }
        #expect(BatchPolicy(maximumRows: 2, maximumWait: .milliseconds(1_500))?.maximumWaitNanoseconds == 1_500_000_000)
    }

    @Test("Models whose rows cost less than waiting answer at once, and so do all without a policy")
    func worth() async throws {
        let server = try BatchingServer(maximumRows: 8, maximumWait: .seconds(60))
        let cheap = server.set(CountingModel(stepsPerRow: 100))
        #expect(!server.v1.gathers("m") && !server.v1.gathers("unknown"))
        #expect(try await server.predict(#"{"instances":[[1,2]]}"#).contains("[1]"))
        #expect(cheap.meter.counts.batches.rows.count == 0)
        server.set(CountingModel())
        #expect(server.v1.gathers("m"))
        let registry = ModelRegistry()
        registry.set(LoadedModel(name: "m", plan: Plan(operator: CountingModel(), className: "CountingModel")))
        let service = V1Service(registry: registry)
        #expect(!service.gathers("m"))
        let body = Array(#"{"instances":[[1,2]]}"#.utf8)
        _ = try await service.predictTogether("m", body: body.span)
    }

    @Test("Answers of every kind come apart where their rows do")
    func split() throws {
        let labels = Answer.array(Output(shape: [3], values: .string(["a", "b", "c"])))
        #expect(
            labels.split(rowCounts: [1, 2])
                == [
                    .array(Output(shape: [1], values: .string(["a"]))),
                    .array(Output(shape: [2], values: .string(["b", "c"]))),
                ])
        let wide = Output(shape: [2, 2], values: .int64([1, 2, 3, 4]))
        let flags = Output(shape: [2, 1], values: .bool([true, false]))
        #expect(
            Answer.perTarget([wide, flags]).split(rowCounts: [1, 1])
                == [
                    .perTarget([
                        Output(shape: [1, 2], values: .int64([1, 2])), Output(shape: [1, 1], values: .bool([true])),
                    ]),
                    .perTarget([
                        Output(shape: [1, 2], values: .int64([3, 4])), Output(shape: [1, 1], values: .bool([false])),
                    ]),
                ])
        #expect(labels.split(rowCounts: [1, 1]) == nil)
        #expect(Answer.perTarget([wide, flags]).split(rowCounts: [3]) == nil)
    }

    @Test("Batches and waits are told beside the other metrics")
    func metrics() async throws {
        let server = try BatchingServer(maximumRows: 2, maximumWait: .seconds(60))
        server.set(CountingModel(), version: "3")
        async let first = server.predict(#"{"instances":[[1,2]]}"#)
        async let second = server.predict(#"{"instances":[[1,2]]}"#)
        _ = try await (first, second)
        let text = MetricsPage.text(registry: server.registry, server: ServerMeter())
        let labels = #"model_name="m",model_version="3""#
        for line in [
            "# TYPE model_batch_rows histogram", #"model_batch_rows_bucket{\#(labels),le="1"} 0"#,
            #"model_batch_rows_bucket{\#(labels),le="2"} 1"#, "model_batch_rows_sum{\(labels)} 2",
            "model_batch_rows_count{\(labels)} 1", "model_batch_wait_seconds_count{\(labels)} 2",
        ] { #expect(text.contains("\(line)\n"), "\(line)") }
    }
}
