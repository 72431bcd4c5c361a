import DataSources
import Features
import NetworkTestSupport
import Outbound
import Tensors
import TestSupport
import Testing

@Suite("Servers that are no Prometheus, or refuse to be one")
struct PrometheusFailureTests {
    private let whole =
        #"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"a":"b"},"#
        + #""values":[[1700000100,"1"],[1700000400.000,"2"]]}]}}"#

    private func failure(_ step: ScriptedServer.Step) async throws -> (DataSourceError?, ScriptedServer) {
        let server = try await ScriptedServer { _ in [step] }
        let source = try PrometheusServer.source(server)
        return (await DataSourcesTests.failure(of: source, [metric("a", "x")]), server)
    }

    @Test(
        "A refusal without Prometheus's words shows the status and the beginning of the answer",
        arguments: [
            (401, "Unauthorized\n", DataSourceError.Code.denied), (403, "Forbidden", .denied),
            (404, "404 page not found", .unavailable), (502, "<html>Bad Gateway</html>", .unavailable),
            (503, "", .unavailable), (302, "", .unavailable),
        ])
    func statuses(status: Int, body: String, code: DataSourceError.Code) async throws {
        let (error, server) = try await failure(.answer(status, text: body))
        let shown = body.isEmpty ? "" : ": \(body.debugDescription)"
        let message = "POST \(server.url)/api/v1/query_range: status \(status)\(shown)"
        #expect(error == DataSourceError(code, message))
    }

    @Test("A web page in place of an answer is said to be no JSON")
    func html() async throws {
        let (error, server) = try await failure(.answer(200, text: "<!DOCTYPE html><title>Log in</title>"))
        let message = "POST \(server.url)/api/v1/query_range: expected an object: line 1 column 1 (char 0)"
        #expect(error == DataSourceError(.malformed, message))
    }

    @Test("An answer that was cut anywhere is never taken for a whole one")
    func cut() async throws {
        let bytes = Array(whole.utf8)
        let asked = TimeGrid(start: grid.start, step: 300, count: 2)
        guard case .series(let values, _) = try PrometheusAnswer(bytes.span, on: asked) else {
            Issue.record("no series")
            return
        }
        #expect(values == [1, 2])
        for length in 0..<bytes.count {
            let error = #expect(throws: DataSourceError.self) {
                try PrometheusAnswer(Array(bytes[..<length]).span, on: asked)
            }
            #expect(error?.code == .malformed)
        }
    }

    @Test("A connection that ends in the middle is tried again")
    func interrupted() async throws {
        let server = try await ScriptedServer { request in
            guard request.index > 0, let query = RangeQuery(request) else {
                return [.answer(200, body: Array(#"{"status":"#.utf8), length: 100), .cut]
            }
            return [PrometheusServer.series(query) { _ in "1" }]
        }
        let source = try PrometheusServer.source(server, attempts: 2)
        #expect(try await source.collect([metric("a", "x")], on: grid).origins.first?.valueCount == 100)
        let once = try PrometheusServer.source(server, attempts: 1)
        #expect(try await once.collect([metric("a", "x")], on: grid).origins.first?.valueCount == 100)
        #expect(server.requests.count == 3)
    }

    @Test(
        "Answers that are JSON, but not to the question",
        arguments: [
            ("[]", "expected an object"), ("{}", "the answer's status is neither"),
            (#"{"status":"success"}"#, "the answer holds no matrix"),
            (#"{"status":"success","data":{"resultType":"vector","result":[]}}"#, "the answer holds no matrix"),
            (
                #"{"status":"success","data":{"resultType":"matrix","result":[{},{}]}}"#,
                "the answer holds several series"
            ),
            (
                #"{"status":"success","data":{"resultType":"matrix","result":[{"values":[[1,"1"]]}]}}"#,
                "the answer has a value at 1.0, which was not asked for"
            ),
            (
                #"{"status":"success","data":{"resultType":"matrix","result":[{"values":[[1700000100,1]]}]}}"#,
                "expected a value in quotes"
            ),
            (
                #"{"status":"success","data":{"resultType":"matrix","result":[{"values":[[1700000100,"x"]]}]}}"#,
                "unexpected character"
            ),
            (
                #"{"status":"success","data":{"resultType":"matrix","result":[{"values":[[1700000100,"1 2"]]}]}}"#,
                "expected the end of a value"
            ),
            (
                #"{"status":"success","data":{"resultType":"matrix","result":[{"values":[[1700000100,"Nan"]]}]}}"#,
                "unexpected character"
            ),
            (#"{"status":"success","data":{"resultType":"matrix","result":{}}}"#, "expected a list of series"),
        ])
    func wrongAnswers(body: String, expected: String) async throws {
        let (error, _) = try await failure(.answer(200, text: body))
        #expect(error?.code == .malformed)
        #expect(error?.message.contains("query_range: \(expected)") == true, "\(error?.message ?? "")")
    }

    @Test("Fifty thousand series are refused without being read, and so is an answer longer than its limit")
    func flood() async throws {
        let series = #"{"metric":{},"values":[[1700000100,"1"]]}"#
        let list = Array(repeating: series, count: 50_000).joined(separator: ",")
        let body = #"{"status":"success","data":{"resultType":"matrix","result":[\#(list)]}}"#
        let bytes = Array(body.utf8)
        #expect(throws: DataSourceError(.malformed, "the answer holds several series, where the query makes one")) {
            _ = try PrometheusAnswer(bytes.span, on: grid)
        }
        let (error, server) = try await failure(.answer(200, body: bytes))
        let message = "POST \(server.url)/api/v1/query_range: the answer is longer than 1048576 bytes"
        #expect(error == DataSourceError(.tooMuch, message))
    }

    @Test("Nothing listens, or nothing is said: an error that names the server")
    func unreachable() async throws {
        let silent = try await ScriptedServer { _ in [] }
        var error = await DataSourcesTests.failure(of: try PrometheusServer.source(silent), [metric("a", "x")])
        #expect(error?.code == .unavailable)
        #expect(error?.message.hasSuffix("the server was silent for 0.5 seconds") == true)
        // Not a port that was free a moment ago: another test may have it by now.
        let nobody = try PrometheusClient(url: "http://127.0.0.1:1", client: try OutboundClient())
        error = await DataSourcesTests.failure(of: PrometheusSource(client: nobody), [metric("a", "x")])
        #expect(error?.code == .unavailable)
        #expect(error?.message.hasSuffix("nothing listens there") == true)
        #expect(throws: DataSourceError.self) {
            try PrometheusClient(url: "prometheus:9090", client: try OutboundClient())
        }
    }

    @Test("The token's file is read for each request; a name and a password are sent as basic authentication")
    func credentials() async throws {
        let server = try await PrometheusServer.answering { query in
            let given = query.headers["authorization"]
            return given == "Bearer second" || given == "Basic bmFtZTpwYXNz"
                ? PrometheusServer.series(query) { _ in "1" } : .answer(401, text: "no")
        }
        let folder = TemporaryFolder()
        let source = try PrometheusServer.source(server, credentials: .tokenFile(folder.path("token")))
        #expect(
            await DataSourcesTests.failure(of: source, [metric("a", "x")])
                == DataSourceError(.denied, "the token file \(folder.path("token")) cannot be read"))
        for (token, isAccepted) in [("first", false), (" second\n", true), ("", false)] {
            folder.write(Array(token.utf8), to: "token")
            let error = await DataSourcesTests.failure(of: source, [metric("a", "x")])
            #expect(error?.code == (isAccepted ? nil : .denied))
            #expect(error?.message.contains("first") != true)
        }
        let basic = PrometheusCredentials.basic(user: "name", password: Secret("pass"))
        let error = await DataSourcesTests.failure(
            of: try PrometheusServer.source(server, credentials: basic), [metric("a", "x")])
        #expect(error == nil)
    }
}
