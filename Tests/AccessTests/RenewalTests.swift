import Testing

@testable import Access

@Suite("When files are read again")
struct RenewalTests {
    @Test("When they look otherwise, and as long as they cannot be read; a reason is told once")
    func retried() {
        var renewal = Renewal(looks: 1)
        var due = [renewal.isDue(1), renewal.isDue(2)]
        var events = [renewal.ended("no permission")]
        due.append(renewal.isDue(2))
        events.append(renewal.ended("no permission"))
        #expect(renewal.failure == "no permission")
        events.append(renewal.ended("no key"))
        due.append(renewal.isDue(2))
        events.append(renewal.ended(nil))
        due.append(renewal.isDue(2))
        #expect(due == [false, true, true, true, false] && renewal.failure == nil)
        #expect(events == [.refused("no permission"), nil, .refused("no key"), .renewed])
    }
}
