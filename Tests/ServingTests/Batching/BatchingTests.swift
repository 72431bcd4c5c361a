import Inference
import TestSupport
import Testing

@testable import Serving

@Suite("Requests answered together")
struct BatchingTests {
    /// A request of drawn rows, in either protocol, for drawn outputs.
    private struct Drawn {
        let json: String
        let isV2: Bool

        init(using random: inout SeededGenerator) {
            let rows = (0..<Int.random(in: 1...5, using: &random)).map { _ in
                (0..<2).map { _ in Double.random(in: -9...9, using: &random) }
            }
            let methods = ["predict", "predict_proba", "decision_function"].filter { _ in Bool.random(using: &random) }
            isV2 = Bool.random(using: &random)
            if isV2 {
                let data = rows.flatMap(\.self)
                let outputs = methods.map { #"{"name":"\#($0)"}"# }.joined(separator: ",")
                json = #"""
                    {"inputs":[{"name":"x","shape":[\#(rows.count),2],"datatype":"FP64","data":\#(data)}],
                    "outputs":[\#(outputs)]}
                    """#
            } else {
                let names = methods.map { "\"\($0)\"" }.joined(separator: ",")
                json = #"{"instances":\#(rows),"parameters":{"outputs":[\#(names)]}}"#
            }
        }
    }

    @Test("Each of many callers gets, byte for byte, what it would have got alone")
    func slices() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        let server = try BatchingServer(maximumRows: 16, maximumWait: .milliseconds(20))
        let model = CountingModel()
        let loaded = server.set(model)
        let requests = (0..<300).map { _ in Drawn(using: &random) }
        let expected = try requests.map { try server.alone($0.json, isV2: $0.isV2) }
        let before = model.evaluations.count
        try await withThrowingTaskGroup { group in
            for (request, expected) in zip(requests, expected) {
                group.addTask {
                    let answer =
                        request.isV2 ? try await server.infer(request.json) : try await server.predict(request.json)
                    #expect(answer == expected, "seed \(seed): \(request.json)")
                }
            }
            try await group.waitForAll()
        }
        let counts = loaded.meter.counts
        #expect(counts.predictions == 600 && counts.errors.isEmpty, "seed \(seed)")
        #expect(counts.batches.wait.count == 300 && counts.batches.rows.count < 300, "seed \(seed)")
        let together = model.evaluations.dropFirst(before)
        #expect(together.allSatisfy { $0 <= 16 } && together.contains { $0 > 5 }, "seed \(seed)")
        #expect(loaded.batcher.waitingCount == 0)
    }

    @Test("A batch begins when it is full, however long it may wait")
    func full() async throws {
        let server = try BatchingServer(maximumRows: 4, maximumWait: .seconds(60))
        let model = CountingModel()
        let loaded = server.set(model)
        async let first = server.predict(#"{"instances":[[1,2],[-1,-2]]}"#)
        try await loaded.untilWaiting(1)
        async let second = server.infer(V2.input("FP64", "[2,2]", "[-1,-2,3,4]"))
        #expect(try await first == #"{"predictions":[1,-1],"model_name":"m"}"#)
        #expect(try await second.contains(#""data":[-1,1]"#))
        #expect(model.evaluations == [4])
        #expect(loaded.meter.counts.latency.sumNanoseconds > loaded.meter.counts.predict.sumNanoseconds)
    }

    @Test("Rows that do not fit into a batch have it begin, and wait for the next one")
    func overflow() async throws {
        let server = try BatchingServer(maximumRows: 4, maximumWait: .milliseconds(300))
        let model = CountingModel()
        let loaded = server.set(model)
        async let first = server.predict(#"{"instances":[[1,2],[1,2],[1,2]]}"#)
        try await loaded.untilWaiting(1)
        async let second = server.predict(#"{"instances":[[1,2],[-1,-2]]}"#)
        #expect(try await first.contains("[1,1,1]"))
        #expect(try await second.contains("[1,-1]"))
        #expect(model.evaluations == [3, 2])
    }

    @Test("A lone caller waits no longer than it may")
    func wait() async throws {
        let server = try BatchingServer(maximumRows: 64, maximumWait: .milliseconds(50))
        let loaded = server.set(CountingModel())
        let start = ContinuousClock.now
        for _ in 0..<2 { _ = try await server.predict(#"{"instances":[[1,2]]}"#) }
        #expect(.milliseconds(100)...Duration.seconds(20) ~= start.duration(to: .now))
        #expect(loaded.meter.counts.batches.wait.sumNanoseconds >= 100_000_000)
    }

    @Test("As many rows as a batch may have, and rows that the model may refuse, do not wait")
    func alone() async throws {
        let server = try BatchingServer(maximumRows: 2, maximumWait: .seconds(60))
        let loaded = server.set(CountingModel())
        #expect(try await server.predict(#"{"instances":[[1,2],[3,4]]}"#).contains("[1,1]"))
        #expect(try await server.predict(#"{"instances":[[1,2],[3,4],[-5,1]]}"#).contains("[1,1,-1]"))
        for body in [
            #"{"instances":[[1]]}"#, #"{"instances":[]}"#, "{",
            #"{"instances":[[1,2]],"parameters":{"outputs":["transform"]}}"#,
        ] {
            let expected = #expect(throws: ServingError.self) { try server.alone(body) }
            let error = await #expect(throws: ServingError.self) { try await server.predict(body) }
            #expect(error == expected)
        }
        #expect(try await server.predict(#"{"instances":[[1,null]]}"#) == server.alone(#"{"instances":[[1,null]]}"#))
        #expect(loaded.meter.counts.batches.rows.count == 0)
    }

    @Test("A caller whose rows are refused is the only one, and each gets its own status")
    func guilty() async throws {
        let server = try BatchingServer(maximumRows: 4, maximumWait: .seconds(60))
        let model = CountingModel()
        let loaded = server.set(model)
        async let first = server.predict(#"{"instances":[[1,2]]}"#)
        try await loaded.untilWaiting(1)
        let guilty = Task { try await server.predict(#"{"instances":[[-1e300,2]]}"#) }
        try await loaded.untilWaiting(2)
        async let last = server.infer(V2.input("FP64", "[2,2]", "[-1,-2,3,4]"))
        #expect(try await first.contains("[1]"))
        #expect(try await last.contains(#""data":[-1,1]"#))
        let error = await #expect(throws: ServingError.self) { try await guilty.value }
        #expect(error == ServingError(.unacceptableRows, "a row is refused"))
        #expect(model.evaluations == [4, 1, 1, 2])
        #expect(loaded.meter.counts.errors == ["unacceptable_rows": 1] && loaded.meter.counts.predictions == 2)
    }

    @Test("Callers who go away before their batch begins cost nothing")
    func cancelled() async throws {
        let server = try BatchingServer(maximumRows: 2, maximumWait: .seconds(60))
        let model = CountingModel()
        let loaded = server.set(model)
        for _ in 0..<10 {
            let leaving = Task { try await server.predict(#"{"instances":[[1,2]]}"#) }
            try await loaded.untilWaiting(1)
            leaving.cancel()
            let error = await #expect(throws: ServingError.self) { try await leaving.value }
            #expect(error?.code == .cancelled)
            let late = Task {
                while !Task.isCancelled { await Task.yield() }
                return try await server.predict(#"{"instances":[[1,2]]}"#)
            }
            late.cancel()
            await #expect(throws: ServingError.self) { try await late.value }
            #expect(loaded.batcher.waitingCount == 0)
        }
        #expect(model.evaluations.isEmpty)
        async let first = server.predict(#"{"instances":[[1,2]]}"#)
        async let second = server.predict(#"{"instances":[[-1,-2]]}"#)
        #expect(try await first.contains("[1]"))
        #expect(try await second.contains("[-1]"))
    }

    @Test("A model that is swapped, or removed, while rows wait answers them still, and no batch has two versions")
    func swapped() async throws {
        let server = try BatchingServer(maximumRows: 3, maximumWait: .milliseconds(20))
        server.set(CountingModel(), version: "1")
        try await withThrowingTaskGroup { group in
            for index in 0..<400 {
                if index % 10 == 0 {
                    let version = index / 10 + 1
                    server.set(CountingModel(scale: Double(version)), version: String(version))
                }
                group.addTask {
                    try await server.predict(
                        #"{"instances":[[1,2]],"parameters":{"outputs":["decision_function"]}}"#)
                }
                if index % 7 == 0 { await Task.yield() }
            }
            var versions: Set<Substring> = []
            for try await answer in group {
                let version = try #require(answer.split(separator: "\"").dropFirst(9).first)
                versions.insert(version)
                let scale = try #require(Int(version))
                #expect(answer.contains(#""decision_function":[\#(3 * scale).0]"#), "\(answer)")
            }
            #expect(versions.count > 1)
        }
        let loaded = server.set(CountingModel())
        async let last = server.predict(#"{"instances":[[1,2]]}"#)
        try await loaded.untilWaiting(1)
        server.registry.remove("m")
        #expect(try await last.contains("[1]"))
    }
}
