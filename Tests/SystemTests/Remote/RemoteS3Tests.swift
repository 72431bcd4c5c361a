import Crypto
import Foundation
import ModelStore
import NetworkTestSupport
import TestSupport
import Testing

/// The tool against moto's S3 service, which checks every signature.
@Suite("Models in S3")
struct RemoteS3Tests {
    private let s3: S3UnderTest
    private let test: StoreUnderTest

    init() async throws {
        s3 = try await S3UnderTest()
        test = try StoreUnderTest()
    }

    /// Runs `apus models` on the store as a user of the service.
    @discardableResult
    private func apus(
        _ words: String..., user: String = "user", variables: [String: String] = [:]
    ) throws -> BuiltTool.Outcome {
        try BuiltTool.run(test.arguments(words), variables: s3.variables(user, variables))
    }

    private func sha256(_ path: String) throws -> String {
        SHA256.hash(data: try Data(contentsOf: URL(filePath: path))).map { String(format: "%02x", $0) }.joined()
    }

    @Test("A pushed model is served by stock KServe's rules, comes back as it was, and is versioned there")
    func roundTrip() throws {
        for model in test.models { try test.apus("save", "forest", model.path) }
        let pushed = try apus("push", "forest", "s3://models/a/b c", "1", "--json")
        #expect(pushed.exitCode == 0, "\(pushed.errors)")
        #expect(pushed.output.contains(#""uri": "s3://models/a/b c/forest""#))
        #expect(try s3.stockReader("s3://models/a/b c/forest").sha256 == test.models[0].sha256)
        #expect(try apus("push", "forest", "s3://models/a/b c").exitCode == 0)
        let stock = try s3.stockReader("s3://models/a/b c/forest")
        #expect(stock.sha256 == test.models[1].sha256)
        #expect(stock.top == ["forest_metadata.json", "model.pkl", "v1", "v2"])
        let again = try apus("push", "forest", "s3://models/a/b c", "v1")
        #expect(again.output == "promoted forest v1: s3://models/a/b c/forest\n")

        let copy = test.folder.path("copy.pkl")
        for (uri, index) in [
            ("s3://models/a/b c/forest", 0), ("s3://models/a/b c/forest/model.pkl", 0),
            ("s3://models/a/b c/forest/v2", 1),
        ] {
            let loaded = try apus("load", uri, "--output", copy)
            #expect(loaded.exitCode == 0, "\(loaded.errors)")
            #expect(try sha256(copy) == test.models[index].sha256)
        }
        #expect(try apus("save", "copy", "s3://models/a/b c/forest").exitCode == 0)
        let saved = try test.store.load(ModelName("copy"))
        #expect(saved.metadata?.sha256 == test.models[0].sha256)
        #expect(saved.metadata?.details.other["source"]?.string == "s3://models/a/b c/forest")
    }

    @Test("A large model goes up and comes down in parts")
    func parts() throws {
        // A pickle of 40 MB that is not a model: b"\x80\x04B" and the length, the bytes, the end.
        let count = 40 << 20
        var pickle: [UInt8] = [0x80, 0x04, 0x42] + withUnsafeBytes(of: UInt32(count).littleEndian) { Array($0) }
        pickle += (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }
        pickle.append(0x2E)
        test.folder.write(pickle, to: "large.pkl")
        #expect(try test.apus("save", "large", test.folder.path("large.pkl"), "--unservable").exitCode == 0)
        let pushed = try apus("push", "large", "s3://models/parts")
        #expect(pushed.exitCode == 0, "\(pushed.errors)")
        let copy = test.folder.path("copy.pkl")
        let loaded = try apus("load", "s3://models/parts/large", "--output", copy)
        #expect(loaded.exitCode == 0, "\(loaded.errors)")
        #expect(try Data(contentsOf: URL(filePath: copy)) == Data(pickle))
    }

    @Test("A prefix of more than a page of objects is listed to its end, and strange names are understood")
    func manyObjects() throws {
        let copy = test.folder.path("copy")
        let loaded = try apus("load", "s3://models/many objects/+&%ü", "--output", copy)
        #expect(loaded.exitCode == 0, "\(loaded.errors)")
        #expect(try String(contentsOfFile: copy, encoding: .utf8) == "last")
    }

    @Test("What the service refuses is said in words, with exit code 2, and what cannot be reached with 1")
    func refusals() throws {
        let uri = "s3://models/none"
        let secret = s3.variables()["AWS_SECRET_ACCESS_KEY"] ?? ""
        for (uri, user, variables, code, sentence) in [
            (uri, "user", ["AWS_SECRET_ACCESS_KEY": "wrong"], 2 as Int32, "access denied (SignatureDoesNotMatch)"),
            (uri, "user", ["AWS_ACCESS_KEY_ID": "AKIAUNKNOWN000000000"], 2, "access denied (InvalidAccessKeyId)"),
            (uri, "stranger", [:], 2, "access denied (AccessDenied): these credentials do not permit it"),
            (uri, "user", ["AWS_ACCESS_KEY_ID": ""], 2, "no credentials for S3: set AWS_ACCESS_KEY_ID"),
            (uri, "user", [:], 2, "nothing is at s3://models/none"),
            ("s3://no-such-bucket/a", "user", [:], 2, "there is no bucket no-such-bucket at http://127.0.0.1"),
            ("s3://models/none/a.pkl", "user", [:], 2, "nothing is at s3://models/none/a.pkl"),
            (uri, "user", ["AWS_ENDPOINT_URL": "http://127.0.0.1:1"], 1, "nothing listens there"),
            (uri, "user", ["AWS_ENDPOINT_URL": "https://127.0.0.1:1"], 1, "nothing listens there"),
            (uri, "user", ["AWS_CA_BUNDLE": "/no/such.crt"], 2, "/no/such.crt holds no certificates"),
            ("gs://bucket/model", "user", [:], 2, "Apus reads s3://"), ("s3://", "user", [:], 2, "names no bucket"),
        ] {
            let outcome = try apus("load", uri, "--output", "/dev/null/x", user: user, variables: variables)
            #expect(outcome.exitCode == code, "\(uri) \(variables): \(outcome.errors)")
            #expect(outcome.errors.contains(sentence), "\(uri) \(variables): \(outcome.errors)")
            #expect(!outcome.errors.contains(secret))
        }
        try test.apus("save", "forest", test.models[0].path)
        let denied = try apus("push", "forest", "s3://models/x", user: "stranger")
        #expect(denied.exitCode == 2)
        #expect(denied.errors.contains("access denied"))
    }

    @Test("A server waits for a model, serves it, follows it, and goes on without the service")
    func serving() async throws {
        let environment = s3.variables().map { "\($0.key)=\($0.value)" }
        let cache = test.folder.path("cache")
        let (server, port) = try await ServerProcess.serving(
            ["forest=s3://models/served/forest", "--remote-interval", "0.3", "--cache-dir", cache],
            wrapper: ["env"] + environment)
        let waiting = try await answer(port, "/v1/models/forest", until: "nothing is at s3://models/served/forest")
        #expect(waiting.status == 503)
        #expect(try HTTPConnection.ask(port, "GET", "/ready").status == 503)

        try test.apus("save", "forest", test.models[0].path)
        #expect(try apus("push", "forest", "s3://models/served").exitCode == 0)
        _ = try await answer(port, "/v1/models/forest", until: #""version":"1","role":"promoted""#)
        #expect(try HTTPConnection.ask(port, "GET", "/ready").status == 200)
        let question = #"{"instances": [[0, 0, 0, 0, 0]]}"#
        #expect(try HTTPConnection.ask(port, "POST", "/v1/models/forest:predict", body: question).status == 200)

        try test.apus("save", "forest", test.models[1].path)
        #expect(try apus("push", "forest", "s3://models/served").exitCode == 0)
        _ = try await answer(port, "/v1/models/forest", until: #""version":"2","role":"promoted""#)
        withExtendedLifetime(server) {}
        s3.server.stop()
        let (offline, otherPort) = try await ServerProcess.serving(
            ["forest=s3://models/served/forest", "--remote-interval", "0.3", "--cache-dir", cache],
            wrapper: ["env"] + environment)
        let problem = try await answer(otherPort, "/v1/models/forest", until: "nothing listens there")
        #expect(problem.status == 200)
        #expect(problem.body.contains(#""version":"2","role":"promoted""#))
        #expect(try HTTPConnection.ask(otherPort, "GET", "/ready").status == 200)
        withExtendedLifetime(offline) {}
    }

    /// Asks until an answer has something in it, for at most 20 seconds.
    private func answer(_ port: Int, _ path: String, until text: String) async throws -> HTTPConnection.Answer {
        for _ in 0..<400 {
            let answer = try HTTPConnection.ask(port, "GET", path)
            if answer.body.contains(text) { return answer }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw ServerProcess.Failure(
            description: "no \(text) in \(try HTTPConnection.ask(port, "GET", path).body)")
    }
}
