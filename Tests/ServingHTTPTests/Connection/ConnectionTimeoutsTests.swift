import NIOCore
import Testing

@testable import ServingHTTP

@Suite("How long a client may keep a connection waiting")
struct ConnectionTimeoutsTests {
    private static let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    private var timeouts = ConnectionTimeouts(idle: .seconds(65), request: .seconds(60), now: start)

    private func second(_ count: Int64) -> NIODeadline { Self.start + .seconds(count) }

    @Test("A connection without a request is idle, from its start and after each answer")
    mutating func idle() {
        #expect(timeouts.verdict(now: second(64)) == .lookAgain(at: second(65)))
        #expect(timeouts.verdict(now: second(65)) == .idle)
        timeouts.readHead(now: second(64))
        timeouts.readEnd(now: second(64))
        timeouts.answered(now: second(70))
        #expect(timeouts.verdict(now: second(134)) == .lookAgain(at: second(135)))
        #expect(timeouts.verdict(now: second(135)) == .idle)
    }

    @Test("A request that does not end is slow")
    mutating func slow() {
        timeouts.readHead(now: second(10))
        #expect(timeouts.verdict(now: second(69)) == .lookAgain(at: second(70)))
        #expect(timeouts.verdict(now: second(70)) == .slow)
    }

    @Test("A request that is being answered may take as long as it takes")
    mutating func answering() {
        timeouts.readHead(now: second(0))
        timeouts.readEnd(now: second(1))
        #expect(timeouts.verdict(now: second(1_000)) == .lookAgain(at: second(1_060)))
    }

    @Test("An answer that comes before the end of its request does not end the watch over it")
    mutating func early() {
        timeouts.readHead(now: second(0))
        timeouts.answered(now: second(1))
        #expect(timeouts.verdict(now: second(60)) == .slow)
        timeouts.readEnd(now: second(60))
        #expect(timeouts.verdict(now: second(124)) == .lookAgain(at: second(125)))
    }

    @Test("A request of which a part has come is slow, and none once it is answered where it was read")
    mutating func gathered() {
        timeouts.waitForRest(now: second(10))
        timeouts.waitForRest(now: second(50))
        #expect(timeouts.verdict(now: second(70)) == .slow)
        timeouts.answeredAtOnce(now: second(70))
        #expect(timeouts.verdict(now: second(134)) == .lookAgain(at: second(135)))
    }

    @Test("A client that does not take its answers is stalled, whatever else it does, until it takes them")
    mutating func stalled() {
        timeouts.unsent(100_000, now: second(10))
        timeouts.unsent(100_000, now: second(30))
        timeouts.readHead(now: second(60))
        timeouts.readEnd(now: second(60))
        #expect(timeouts.verdict(now: second(69)) == .lookAgain(at: second(70)))
        #expect(timeouts.verdict(now: second(70)) == .stalled)
        timeouts.unsent(nil, now: second(70))
        #expect(timeouts.verdict(now: second(70)) == .lookAgain(at: second(130)))
    }

    @Test("A client that takes its answers slowly is not stalled")
    mutating func slowReader() {
        for minute in 0..<10 as Range<Int64> {
            timeouts.unsent(1_000_000 - Int(minute), now: second(50 * minute))
            #expect(timeouts.verdict(now: second(50 * minute + 59)) == .lookAgain(at: second(50 * minute + 60)))
        }
    }

    @Test("With requests behind each other, all must be answered before the connection is idle")
    mutating func pipelined() {
        for time in [0, 1] as [Int64] {
            timeouts.readHead(now: second(time))
            timeouts.readEnd(now: second(time))
        }
        timeouts.answered(now: second(2))
        #expect(timeouts.verdict(now: second(500)) == .lookAgain(at: second(560)))
        timeouts.answered(now: second(500))
        #expect(timeouts.verdict(now: second(565)) == .idle)
    }
}
