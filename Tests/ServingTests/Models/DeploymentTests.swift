import ModelStore
import TestSupport
import Testing

@testable import Serving

@Suite("Splitting requests between versions")
struct DeploymentTests {
    private func version(_ number: Int) throws -> ModelVersion { try #require(ModelVersion(number)) }

    private func model(_ version: String) -> LoadedModel {
        LoadedModel(name: "m", version: version, plan: StubModel().plan())
    }

    private func deployment(
        percent: Double, sticky: String? = nil, pin: String? = nil
    ) throws -> Deployment {
        let canary = try Traffic.Canary(version: version(2), percent: percent, stickyHeader: sticky)
        let traffic = try Traffic(canary: canary, shadow: version(3), pinHeader: pin)
        return Deployment(promoted: model("1"), canary: model("2"), shadow: model("3"), traffic: traffic)
    }

    @Test("The canary answers its share", arguments: [0, 0.5, 10, 50, 99, 100])
    func share(percent: Double) throws {
        let deployment = try deployment(percent: percent)
        let count = try (0..<20_000).count { _ in try deployment.choose { _ in nil }.version == "2" }
        #expect(abs(Double(count) / 200 - percent) < 1.5)
        if percent == 0 { #expect(count == 0) }
        if percent == 100 { #expect(count == 20_000) }
    }

    @Test("One caller always meets one version, and callers are split as requests are", arguments: [1, 10, 50])
    func sticky(percent: Double) throws {
        let deployment = try deployment(percent: percent, sticky: "X-User")
        var canaries = 0
        for user in 0..<10_000 {
            let versions = try (0..<3).map { _ in
                try deployment.choose { $0 == "x-user" ? "user-\(user)" : nil }.version
            }
            #expect(Set(versions).count == 1)
            if versions[0] == "2" { canaries += 1 }
        }
        #expect(abs(Double(canaries) / 100 - percent) < 2)
    }

    @Test("Without its header a request is split by chance")
    func unstuck() throws {
        let deployment = try deployment(percent: 50, sticky: "x-user")
        let versions = try Set((0..<100).map { _ in try deployment.choose { _ in nil }.version })
        #expect(versions == ["1", "2"])
    }

    @Test("A header pins a version, a shadow too", arguments: ["1", "v2", "2", "3", "v3"])
    func pinned(wanted: String) throws {
        let deployment = try deployment(percent: 100, pin: "x-model-version")
        let model = try deployment.choose { $0 == "x-model-version" ? wanted : nil }
        #expect(model.version == String(wanted.filter(\.isNumber)))
    }

    @Test("A version that is not served is not found", arguments: ["4", "", "latest", "v0"])
    func absent(wanted: String) throws {
        let deployment = try deployment(percent: 0, pin: "x-model-version")
        #expect {
            try deployment.choose { _ in wanted }
        } throws: {
            ($0 as? ServingError)?.code == .modelNotFound
        }
    }

    @Test("A split whose versions are not loaded leaves all to the promoted one")
    func unloaded() throws {
        let traffic = try Traffic(canary: .init(version: version(2), percent: 100))
        let deployment = Deployment(promoted: model("1"), traffic: traffic)
        #expect(try deployment.choose { _ in nil }.version == "1")
    }
}
