import GRPCCore
import Testing

@testable import Serving
@testable import ServingGRPC

@Suite("Calls from their start to their end")
struct OpenCallTests {
    private let meter = ServerMeter()

    private func call() -> OpenCall {
        OpenCall(MethodDescriptor(fullyQualifiedService: "s", method: "m"), [:], meter, nil)
    }

    private func count(_ status: String) -> UInt64? {
        meter.callCounts[ServerMeter.Call(service: "s", method: "m", status: status)]
    }

    @Test("A call ends once")
    func once() {
        let call = call()
        #expect(meter.requestsInFlight == 1)
        for _ in 0..<2 { call.end(0) }
        #expect(meter.requestsInFlight == 0 && count("OK") == 1)
    }

    @Test("A call whose answer nobody asks for, as its client has reset it, ends all the same")
    func abandoned() {
        do { _ = call() }
        #expect(meter.requestsInFlight == 0 && count("CANCELLED") == 1)
    }
}
