import Foundation
import Schedules
import Testing

/// Against croniter, live, and against the definition written down a second time, over all the fires of some years.
@Suite("Schedules beside their references")
struct ReferenceTests {
    private let seed =
        Int(ProcessInfo.processInfo.environment["APUS_SCHEDULES_SEED"] ?? "")
        ?? .random(in: 0..<1 << 31)

    @Test("Drawn expressions fire in UTC when croniter says")
    func croniter() throws {
        print("schedules: APUS_SCHEDULES_SEED=\(seed)")
        let cases: [ReferenceFires.Case] = try ReferenceFires.read("croniter", seed: seed, count: 2_000)
        for drawn in cases {
            guard let expression = try? CronExpression(parsing: drawn.expression) else {
                // croniter accepts what never fires, and finds out when it is asked.
                #expect(drawn.fires == [], "\(drawn.expression), seed \(seed)")
                continue
            }
            var fires = [drawn.after]
            for _ in 0..<8 { fires.append(expression.nextFire(after: fires[fires.count - 1]) { _ in 0 }) }
            #expect(
                Array(fires.dropFirst()) == drawn.fires,
                "\(drawn.expression) after \(drawn.after), seed \(seed)")
        }
    }

    @Test("In zones whose clocks are changed every fire is the one of the definition")
    func zones() throws {
        print("schedules: APUS_SCHEDULES_SEED=\(seed)")
        let zones: [ReferenceFires.Zone] = try ReferenceFires.read("zones", seed: seed, count: 6)
        var fireCount = 0
        for zone in zones {
            for drawn in zone.cases {
                let expression = try CronExpression(parsing: drawn.expression)
                var instant = zone.segments[0][0]
                let differing = drawn.fires.first { fire in
                    instant = expression.nextFire(after: instant, offset: zone.offset)
                    return instant != fire
                }
                #expect(differing == nil, "\(instant): \(drawn.expression) in \(zone.name), seed \(seed)")
                for answer in drawn.answers {
                    let fire = expression.nextFire(after: answer[0], offset: zone.offset)
                    #expect(
                        fire == answer[1],
                        "\(drawn.expression) in \(zone.name) after \(answer[0]), seed \(seed)")
                }
                fireCount += drawn.fires.count + drawn.answers.count
            }
        }
        #expect(fireCount > 100_000)
        print("schedules: \(fireCount) fires in \(zones.count) zones")
    }
}
