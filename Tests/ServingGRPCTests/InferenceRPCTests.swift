import Foundation
import GRPCCore
import Serving
import SwiftProtobuf
import TestSupport
import Testing

@testable import ServingGRPC

@Suite("Inference over gRPC")
struct InferenceRPCTests {
    private typealias Request = Inference_ModelInferRequest
    private typealias Contents = Inference_InferTensorContents

    /// Rows of a datatype, whose elements are contents.
    private static func typed(
        _ datatype: String, _ shape: [Int64] = [1, 2], _ contents: (inout Contents) -> Void
    ) -> Request {
        .with {
            $0.modelName = "m"
            $0.inputs = [
                .with {
                    $0.name = "x"
                    $0.datatype = datatype
                    $0.shape = shape
                    contents(&$0.contents)
                }
            ]
        }
    }

    /// Rows of a datatype, whose elements are raw.
    private static func raw(_ datatype: String, _ shape: [Int64], _ bytes: [UInt8]) -> Request {
        .with {
            $0.modelName = "m"
            $0.inputs = [
                .with {
                    $0.name = "x"
                    $0.datatype = datatype
                    $0.shape = shape
                }
            ]
            $0.rawInputContents = [Data(bytes)]
        }
    }

    private static func bytes(_ values: [Double]) -> [UInt8] {
        values.flatMap { value in withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) } }
    }

    @Test("Typed tensors get a typed answer: the model, its version, the id, every output that is asked for")
    func typed() async throws {
        try await TestServer.withModel().test { client in
            var request = Self.typed("FP64", [2, 2]) { $0.fp64Contents = [1, 2, -1, -2] }
            request.id = "7"
            request.outputs = ["output-0", "predict_proba", "predict"].map { name in .with { $0.name = name } }
            let answer = try await client.infer(request)
            #expect([answer.modelName, answer.modelVersion, answer.id] == ["m", "3", "7"])
            #expect(answer.outputs.map(\.name) == ["output-0", "predict_proba", "predict"])
            #expect(answer.outputs.map(\.datatype) == ["INT64", "FP64", "INT64"])
            #expect(answer.outputs.map(\.shape) == [[2], [2, 2], [2, 1]])
            #expect(answer.outputs[0].contents.int64Contents == [1, -1])
            #expect(answer.outputs[1].contents.fp64Contents == [0.25, 0.75, 0.75, 0.25])
            #expect(answer.outputs[2].parameters["content_type"]?.stringParam == "np")
            #expect(answer.rawOutputContents.isEmpty)
        }
    }

    @Test("Raw tensors get a raw answer")
    func raw() async throws {
        try await TestServer.withModel().test { client in
            var request = Self.raw("FP64", [2, 2], Self.bytes([1, 2, -1, -2]))
            request.outputs = ["predict_proba", "output-0"].map { name in .with { $0.name = name } }
            let answer = try await client.infer(request)
            #expect(!answer.outputs.contains { $0.hasContents })
            #expect(answer.rawOutputContents[0] == Data(Self.bytes([0.25, 0.75, 0.75, 0.25])))
            #expect(
                answer.rawOutputContents[1]
                    == Data([1] + [UInt8](repeating: 0, count: 7) + Array(repeating: 255, count: 8)))
        }
    }

    @Test("Every datatype has its field, and a value of it must fit")
    func datatypes() async throws {
        try await TestServer.withModel().test { client in
            let accepted = [
                Self.typed("BOOL") { $0.boolContents = [true, false] },
                Self.typed("INT8") { $0.intContents = [-128, 127] }, Self.typed("INT16") { $0.intContents = [-1, 0] },
                Self.typed("INT32") { $0.intContents = [.min, .max] },
                Self.typed("INT64") { $0.int64Contents = [.min, .max] },
                Self.typed("UINT8") { $0.uintContents = [0, 255] },
                Self.typed("UINT16") { $0.uintContents = [0, 65_535] },
                Self.typed("UINT32") { $0.uintContents = [0, .max] },
                Self.typed("UINT64") { $0.uint64Contents = [0, .max] },
                Self.typed("FP32") { $0.fp32Contents = [0.5, -1] }, Self.typed("FP64") { $0.fp64Contents = [0.5, -1] },
                Self.raw("FP16", [1, 2], [0, 0x3C, 0, 0xBC]),
            ]
            for request in accepted { #expect(await client.refusal(request) == nil, "\(request)") }
            let refused = [
                Self.typed("INT8") { $0.intContents = [0, 128] }, Self.typed("INT16") { $0.intContents = [0, 40_000] },
                Self.typed("UINT8") { $0.uintContents = [0, 256] },
                Self.typed("UINT16") { $0.uintContents = [0, 65_536] },
                Self.typed("FP64") { $0.fp32Contents = [1, 2] }, Self.typed("FP64") { $0.fp64Contents = [1] },
                Self.typed("FP64") { $0.fp64Contents = [1, 2, 3] }, Self.typed("FP64") { _ in },
                Self.typed("BYTES") { $0.bytesContents = [Data(), Data()] }, Self.typed("FP16") { _ in },
                Self.typed("BF16") { _ in }, Self.typed("FP128") { _ in }, Self.typed("") { _ in },
                Self.typed("FP64", [1, -2]) { $0.fp64Contents = [1, 2] },
                Self.typed("FP64", [.max, .max]) { $0.fp64Contents = [1, 2] },
                Self.typed("FP64", [1, 1, 2]) { $0.fp64Contents = [1, 2] },
                Self.typed("FP64", [2, 1]) { $0.fp64Contents = [1, 2] },
                Self.typed("BOOL") { $0.boolContents = [true] },
            ]
            for request in refused { #expect(await client.refusal(request)?.code == .invalidArgument, "\(request)") }
        }
    }

    @Test("Raw sizes are right to the byte", arguments: [0, 1, 15, 17, 24])
    func rawSizes(count: Int) async throws {
        try await TestServer.withModel().test { client in
            let refusal = await client.refusal(Self.raw("FP64", [1, 2], [UInt8](repeating: 0, count: count)))
            #expect(refusal?.code == .invalidArgument)
            #expect(refusal?.message.contains("\(count) raw bytes") == true)
        }
    }

    @Test("Raw and typed tensors contradict each other, and as many are raw as there are inputs")
    func contradictions() async throws {
        try await TestServer.withModel().test { client in
            var both = Self.raw("FP64", [1, 2], Self.bytes([1, 2]))
            both.inputs[0].contents.fp64Contents = [1, 2]
            #expect(
                await client.refusal(both)?.message
                    == "contents field must not be specified when using raw_input_contents for input 'x' for model 'm'")
            var more = Self.raw("FP64", [1, 2], Self.bytes([1, 2]))
            more.rawInputContents.append(Data())
            #expect(
                await client.refusal(more)?.message
                    == "the number of inputs (1) does not match the expected number of raw input contents (2) for "
                    + "model 'm'.")
        }
    }

    @Test("What is wrong with a request is told by its status")
    func statuses() async throws {
        let server = TestServer.withModel()
        server.registry.setWaiting("waiting", reason: "no file yet")
        try await server.test { client in
            let request = Self.typed("FP64") { $0.fp64Contents = [1, 2] }
            func refusal(_ change: (inout Request) -> Void) async -> RPCError.Code? {
                var changed = request
                change(&changed)
                return await client.refusal(changed)?.code
            }
            #expect(await refusal { $0.modelVersion = "3" } == nil)
            #expect(await refusal { $0.modelVersion = "4" } == .notFound)
            #expect(await refusal { $0.modelName = "x" } == .notFound)
            #expect(await refusal { $0.modelName = "waiting" } == .unavailable)
            #expect(await refusal { $0.outputs = [.with { $0.name = "x" }] } == .invalidArgument)
            #expect(await refusal { $0.inputs = [] } == .invalidArgument)
            #expect(await refusal { $0.inputs += $0.inputs } == .invalidArgument)
            #expect(await refusal { $0.id = String(repeating: "a", count: 1 << 20) } == .invalidArgument)
            #expect(
                await refusal { $0.parameters["content_type"] = .with { $0.stringParam = "x" } } == .invalidArgument)
            let long = await client.refusal(.with { $0.modelName = String(repeating: "a", count: 1 << 20) })
            #expect(long?.code == .notFound && (long?.message.count ?? .max) <= 1_024)
        }
    }

    @Test("Columns by content type")
    func columns() async throws {
        try await TestServer.withModel().test { client in
            let columns = ["a", "b"].map { name in
                Request.InferInputTensor.with {
                    $0.name = name
                    $0.datatype = "FP64"
                    $0.shape = [2, 1]
                    $0.contents.fp64Contents = [1, -1]
                }
            }
            let answer = try await client.infer(
                .with {
                    $0.modelName = "m"
                    $0.parameters["content_type"] = .with { $0.stringParam = "pd" }
                    $0.inputs = columns
                })
            #expect(answer.outputs[0].contents.int64Contents == [1, -1])
        }
    }

    @Test("A message over the limit is not read")
    func receiveLimit() async throws {
        var server = TestServer.withModel()
        let request = Self.typed("FP64") { $0.fp64Contents = [1, 2] }
        server.settings.maximumReceiveBytes = try request.serializedData().count
        try await server.test { client in
            #expect(await client.refusal(request) == nil)
            var longer = request
            longer.id = "7"
            #expect(await client.refusal(longer)?.code == .resourceExhausted)
        }
    }

    @Test("An answer over the limit is not sent")
    func sendLimit() async throws {
        let few = Self.typed("FP64") { $0.fp64Contents = [1, 2] }
        let ones = [Double](repeating: 1, count: 200)
        let many = Self.typed("FP64", [100, 2]) { $0.fp64Contents = ones }
        var server = TestServer.withModel()
        server.settings.maximumSendBytes = 100
        try await server.test { client in
            #expect(await client.refusal(few) == nil)
            #expect(await client.refusal(many)?.code == .resourceExhausted)
        }
    }
}
