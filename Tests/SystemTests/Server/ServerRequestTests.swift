import Foundation
import TestSupport
import Testing

@Suite("The server, asked")
struct ServerRequestTests {
    @Test("Bad requests get a clear 4xx, and the server lives on")
    func badRequests() async throws {
        let (server, port) = try await ExampleModel.served()
        let requests: [(body: String, sentence: String)] = [
            ("", "Input is a zero-length, empty document"), ("{", "unexpected end of data"), ("[]", "a JSON object"),
            (#"{"instances"#, "unexpected end of data"), (#"{"x": 1}"#, "neither"),
            (#"{"instances": []}"#, "Found array with 0 sample(s)"),
            (#"{"instances": [[1, 2, 3, 4, 5], [1]]}"#, "instances[1] has 1 value"),
            (#"{"instances": [[[1, 2, 3, 4, 5]]]}"#, "instances[0][0] is a list"),
            (#"{"instances": "# + String(repeating: "[", count: 10_000), "in each other"),
            (#"{"instances": [["a", 2, 3, 4, 5]]}"#, "instances[0][0] is a string"),
            (#"{"instances": [[1e400, 2, 3, 4, 5]]}"#, "number is infinity"),
            (
                #"{"instances": [[1, 2, 3, 4]]}"#,
                "X has 4 features, but RobustScaler is expecting 5 features as input."
            ),
            (#"{"instances": {"a": 1}}"#, #"Expected \"instances\" to be a list"#),
            (#"{"instances": [[1, 2, 3, 4, 5]], "parameters": {"outputs": ["x"]}}"#, "Unknown output"),
        ]
        for (body, sentence) in requests {
            let answer = try HTTPConnection.ask(port, "POST", ExampleModel.predict, body: body)
            #expect(answer.status == 400)
            #expect(answer.body.hasPrefix(#"{"error":""#) && answer.body.contains(sentence), "\(answer.body)")
        }
        let unknown = try HTTPConnection.ask(port, "POST", "/v1/models/x:predict", body: ExampleModel.question)
        #expect(unknown == HTTPConnection.Answer(status: 404, body: #"{"error":"Model with name x does not exist."}"#))
        let null = #"{"instances": [[null, 2, 3, 4, 5]]}"#
        #expect(try HTTPConnection.ask(port, "POST", ExampleModel.predict, body: null).status == 200)
        #expect(
            try HTTPConnection.ask(port, "POST", ExampleModel.predict, body: ExampleModel.question)
                == ExampleModel.answer)
        #expect(server.log.contains("\"status\":\"404\""))
    }

    @Test("A client that asks thousands of times, says that it is done and reads late gets every answer, in order")
    func halfClosed() async throws {
        let (server, port) = try await ExampleModel.served()
        let connection = try HTTPConnection(port: port, receiveBytes: 4_096)
        let head =
            "POST \(ExampleModel.predict) HTTP/1.1\r\nHost: h\r\nContent-Length: \(ExampleModel.question.utf8.count)"
        let plain = "\(head)\r\n\r\n\(ExampleModel.question)"
        let count = 4_000
        var text = ""
        for index in 0..<count { text += index % 100 == 50 ? "GET /health HTTP/1.1\r\nHost: h\r\n\r\n" : plain }
        try connection.send(text)
        connection.finishSending()
        try await Task.sleep(for: .milliseconds(500))
        for index in 0..<count {
            let answer = try connection.receive()
            let isRight = index % 100 == 50 ? answer.body.contains("alive") : answer == ExampleModel.answer
            #expect(isRight, "\(index): \(answer)")
            guard isRight else { break }
        }
        withExtendedLifetime(server) {}
    }

    @Test("What is no HTTP is refused, and the server lives on", arguments: ["hello\r\n\r\n", "\0\0\0\0\r\n\r\n"])
    func noHTTP(_ bytes: String) async throws {
        let (server, port) = try await ExampleModel.served()
        let connection = try HTTPConnection(port: port)
        try connection.send(bytes)
        #expect(try connection.receive().status == 400)
        #expect(
            try HTTPConnection.ask(port, "POST", ExampleModel.predict, body: ExampleModel.question)
                == ExampleModel.answer)
        withExtendedLifetime(server) {}
    }

    @Test("A body of 100 MB is refused, announced or in chunks, and the connection lives on")
    func largeBody() async throws {
        let (server, port) = try await ExampleModel.served()
        let chunk = [UInt8](repeating: UInt8(ascii: " "), count: 1_000_000)
        let refusal = HTTPConnection.Answer(
            status: 413, body: #"{"error":"The body is longer than this server reads: 67108864 bytes."}"#)
        let connection = try HTTPConnection(port: port)
        let head = "POST \(ExampleModel.predict) HTTP/1.1\r\nHost: localhost\r\n"
        try connection.send("\(head)Content-Length: 100000000\r\n\r\n")
        for _ in 0..<100 { try connection.send(chunk) }
        #expect(try connection.receive() == refusal)

        try connection.send("\(head)Transfer-Encoding: chunked\r\n\r\n")
        for _ in 0..<100 {
            try connection.send("F4240\r\n")
            try connection.send(chunk)
            try connection.send("\r\n")
        }
        try connection.send("0\r\n\r\n")
        #expect(try connection.receive() == refusal)

        try connection.send("POST", ExampleModel.predict, body: Array(ExampleModel.question.utf8))
        #expect(try connection.receive() == ExampleModel.answer)
        withExtendedLifetime(server) {}
    }

    @Test("KServe's own client understands the answers")
    func kserveClient() async throws {
        let (server, port) = try await ExampleModel.served()
        let variables = ProcessInfo.processInfo.environment
        let home = variables["XDG_CACHE_HOME"].map { "\($0)/apus" } ?? "\(NSHomeDirectory())/.cache/apus"
        let process = Process()
        process.executableURL = URL(filePath: "\(variables["APUS_CACHE"] ?? home)/venvs/peers/bin/python")
        process.arguments = [
            "\(ExampleModel.root)/Tests/SystemTests/kserve_predict.py", "\(port)", "anomaly-detector",
            ExampleModel.question,
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let answer = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(answer == "{\"alive\": true, \"predictions\": [1, -1], \"ready\": true}\n")
        withExtendedLifetime(server) {}
    }
}
