import Foundation
import ModelStore
import NetworkTestSupport
import Synchronization
import TestSupport
import Testing

@testable import RemoteModels

@Suite("S3 services that fail")
struct S3FailureTests {
    private let folder = TemporaryFolder()

    private func environment(_ server: ScriptedServer, _ more: [String: String] = [:]) -> [String: String] {
        [
            "AWS_ENDPOINT_URL": server.url, "AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "hunter2",
        ].merging(more) { $1 }
    }

    private func copy(_ server: ScriptedServer, _ more: [String: String] = [:]) async throws {
        let settings = try hastySettings(environment(server, more))
        try await RemoteModel(ModelURI("s3://bucket/forest/model.pkl"), settings: settings)
            .copy(to: folder.path("copy"))
    }

    private static func error(_ code: String, _ message: String = "m") -> String {
        "<?xml version=\"1.0\"?><Error><Code>\(code)</Code><Message>\(message)</Message></Error>"
    }

    /// When a request was signed, in seconds since 1970.
    private static func signed(_ request: ScriptedServer.Request) -> Double {
        let text = request.headers["x-amz-date"] ?? ""
        var time = tm()
        let part = { (start: Int, count: Int) in Int32(text.dropFirst(start).prefix(count)) ?? 0 }
        time.tm_year = part(0, 4) - 1900
        time.tm_mon = part(4, 2) - 1
        time.tm_mday = part(6, 2)
        time.tm_hour = part(9, 2)
        time.tm_min = part(11, 2)
        time.tm_sec = part(13, 2)
        return Double(timegm(&time))
    }

    private static func date(_ offset: Double) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "GMT")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.string(from: Date(timeIntervalSinceNow: offset))
    }

    @Test("A clock ten minutes off is corrected once, by the service's", arguments: [-600.0, 600.0])
    func skew(offset: Double) async throws {
        let file = ServedFile(content(200_000))
        let server = try await ScriptedServer { request in
            let theirs = Date.now.timeIntervalSince1970 + offset
            guard abs(Self.signed(request) - theirs) < 300 else {
                return [
                    .answer(
                        403, headers: [("Date", Self.date(offset))],
                        text: request.method == "HEAD" ? "" : Self.error("RequestTimeTooSkewed"))
                ]
            }
            return [file.answer(request)]
        }
        try await copy(server)
        #expect(folder.read("copy") == file.bytes)
        let refused = server.requests.filter { abs(Self.signed($0) - Date.now.timeIntervalSince1970 - offset) > 300 }
        #expect(refused.count == 1)
    }

    @Test("A service whose clock cannot be met is given up on")
    func hopelessSkew() async throws {
        let server = try await ScriptedServer { _ in
            [.answer(403, headers: [("Date", Self.date(600))], text: "")]
        }
        let error = await #expect(throws: StoreError.self) { try await copy(server) }
        #expect(error?.code == .denied)
        #expect(server.requests.count == 2)
    }

    @Test("A bucket of another region is asked there")
    func region() async throws {
        let file = ServedFile(content(10))
        let server = try await ScriptedServer { request in
            request.headers["authorization"]?.contains("/eu-west-3/s3/aws4_request") == true
                ? [file.answer(request)]
                : [.answer(400, headers: [("x-amz-bucket-region", "eu-west-3")], text: "")]
        }
        try await copy(server)
        #expect(folder.read("copy") == file.bytes)
        #expect(server.requests.filter { $0.headers["authorization"]?.contains("us-east-1") == true }.count == 1)
    }

    @Test("Failures of a moment are tried again, of keys and buckets are not, and all are told in words")
    func failures() async throws {
        let file = ServedFile(content(200_000))
        for (status, code, expected, sentence, requests) in [
            (500, "InternalError", StoreError.Code.unavailable, "answered 500 InternalError: m", 4),
            (503, "SlowDown", .unavailable, "answered 503 SlowDown: m", 4),
            (404, "NoSuchBucket", .notFound, "there is no bucket bucket at http://127.0.0.1", 2),
            (404, "NoSuchKey", .notFound, "there is no object s3://bucket/forest/model.pkl", 2),
            (403, "InvalidAccessKeyId", .denied, "does not know the key in AWS_ACCESS_KEY_ID", 2),
            (403, "SignatureDoesNotMatch", .denied, "the key in AWS_SECRET_ACCESS_KEY is not", 2),
            (403, "AccessDenied", .denied, "access denied (AccessDenied): these credentials do not permit it", 2),
            (400, "ExpiredToken", .denied, "the token in AWS_SESSION_TOKEN is not valid", 2),
            (400, "Strange", .unavailable, "answered 400 Strange: m", 2),
        ] {
            let server = try await ScriptedServer { request in
                request.method == "HEAD" ? [file.answer(request)] : [.answer(status, text: Self.error(code))]
            }
            let settings = try hastySettings(environment(server))
            let client = try settings.s3()
            let error = await #expect(throws: StoreError.self) {
                _ = try await client.open(S3Request(bucket: "bucket", key: "forest/model.pkl"))
            }
            #expect(error?.code == expected, "\(code): \(String(describing: error))")
            #expect(error?.message.contains(sentence) == true, "\(code): \(String(describing: error))")
            #expect(error?.message.contains("hunter2") == false)
            #expect(server.requests.count == requests - 1, "\(code)")
        }
    }

    @Test("A connection cut in the middle of an object brings it all the same")
    func cut() async throws {
        let file = ServedFile(content(200_000))
        let seen = Mutex<Set<Int>>([])
        let server = try await ScriptedServer { request in
            request.method == "GET" && seen.withLock { $0.insert(request.rangeStart / 65_536).inserted }
                ? file.answer(request, cutAfter: 10_000) : [file.answer(request)]
        }
        try await copy(server)
        #expect(folder.read("copy") == file.bytes)
    }

    @Test("An object that is not what its tag says is refused, and nothing is left of it")
    func corrupted() async throws {
        // The MD5 of nothing.
        let file = ServedFile(content(200_000), tag: "\"d41d8cd98f00b204e9800998ecf8427e\"")
        let server = try await ScriptedServer { [file.answer($0)] }
        let error = await #expect(throws: StoreError.self) { try await copy(server) }
        #expect(error?.code == .corrupted)
        #expect(folder.files == [])
    }

    @Test("A list without end, and one that lists too much, are given up on")
    func lists() async throws {
        let page: @Sendable (Int, String) -> String = { count, token in
            let objects = (0..<count).map { "<Contents><Key>forest/\($0)</Key><Size>1</Size></Contents>" }.joined()
            return """
                <ListBucketResult><IsTruncated>true</IsTruncated>\(objects)
                <NextContinuationToken>\(token)</NextContinuationToken></ListBucketResult>
                """
        }
        let answers: [(@Sendable (Int) -> String, StoreError.Code)] = [
            ({ _ in page(1, "t") }, .malformed), ({ page(0, "\($0)") }, .malformed),
            ({ page(1_000, "\($0)") }, .refused),
            ({ _ in "<html></html>" }, .malformed), ({ _ in "{}" }, .malformed),
        ]
        for (answer, code) in answers {
            let server = try await ScriptedServer { [.answer(200, text: answer($0.index))] }
            let client = try hastySettings(environment(server)).s3()
            let error = await #expect(throws: StoreError.self) {
                _ = try await client.objects(in: "bucket", prefix: "forest/")
            }
            #expect(error?.code == code)
            #expect(server.requests.count < 12)
        }
    }

    @Test("An upload whose part fails is ended, so that no parts are left")
    func aborted() async throws {
        let server = try await ScriptedServer { request in
            switch (request.method, request.target) {
            case ("POST", "/bucket/forest/model.pkl?uploads="):
                [
                    .answer(
                        200,
                        text: "<InitiateMultipartUploadResult><UploadId>u+1</UploadId></InitiateMultipartUploadResult>")
                ]
            case ("PUT", let target) where target.contains("partNumber=2"):
                [.answer(403, text: Self.error("AccessDenied"))]
            case ("PUT", _): [.answer(200, headers: [("ETag", "\"e\"")])]
            default: [.answer(204)]
            }
        }
        folder.write(content(S3Upload.maximumSingleBytes + 1), to: "model.pkl")
        let file = folder.path("model.pkl")
        let upload = S3Upload(
            client: try hastySettings(environment(server)).s3(), bucket: "bucket", key: "forest/model.pkl", file: file,
            digest: try Files.digest(of: file))
        let error = await #expect(throws: StoreError.self) { try await upload.run() }
        #expect(error?.code == .denied)
        #expect(server.requests.last?.method == "DELETE")
        #expect(server.requests.last?.target == "/bucket/forest/model.pkl?uploadId=u%2B1")
    }
}
