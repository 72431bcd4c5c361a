import ModelStore
import Outbound
import Testing

@testable import RemoteModels

@Suite("Settings of S3, by KServe's names")
struct S3SettingsTests {
    private static let keys = ["AWS_ACCESS_KEY_ID": "AK", "AWS_SECRET_ACCESS_KEY": "SK"]

    private static func settings(_ variables: [String: String]) throws(StoreError) -> S3Settings {
        try S3Settings(Variables(variables), OutboundSettings())
    }

    @Test("Endpoints, and where a bucket is in them")
    func endpoints() throws {
        for (variables, url) in [
            ([:], nil as String?), (["AWS_ENDPOINT_URL": "http://minio:9000"], "http://minio:9000"),
            (["AWS_ENDPOINT_URL": "https://h:443/base/"], "https://h/base"),
            (["AWS_ENDPOINT_URL": "http://a", "AWS_ENDPOINT_URL_S3": "http://b"], "http://b"),
            (["S3_ENDPOINT": "minio:9000", "S3_USE_HTTPS": "0"], "http://minio:9000"),
            (["S3_ENDPOINT": "minio"], "https://minio"),
            (["STORAGE_CONFIG": #"{"type": "s3", "endpoint_url": "http://c:1"}"#], "http://c:1"),
            (["STORAGE_CONFIG": #"{"type": "gcs", "endpoint_url": "http://c:1"}"#], nil),
            (
                [
                    "STORAGE_CONFIG": #"{"type": "s3", "endpoint_url": "http://c:1"}"#,
                    "STORAGE_OVERRIDE_CONFIG": #"{"endpoint_url": "http://d:1"}"#,
                ], "http://d:1"
            ),
        ] {
            let endpoint = try Self.settings(variables).endpoint
            #expect(endpoint.map { "\($0.scheme)://\($0.authority)\($0.path)" } == url)
        }
        let amazon = S3Endpoint.amazon(region: "eu-central-1")
        #expect(
            amazon.place(bucket: "b", key: "a b/ü", isVirtualHosted: true) == (
                "b.s3.eu-central-1.amazonaws.com", "/a%20b/%C3%BC"
            ))
        let minio = try S3Endpoint("http://minio:9000/x", variable: "")
        #expect(minio.place(bucket: "b", key: "", isVirtualHosted: false) == ("minio:9000", "/x/b"))
    }

    @Test("Trust, times and numbers")
    func numbers() throws {
        let settings = try Self.settings(
            [
                "AWS_CA_BUNDLE": "/ca.crt", "S3_CONNECT_TIMEOUT": "1.5", "S3_READ_TIMEOUT": "7", "S3_MAX_ATTEMPTS": "9",
                "S3_MAX_FILE_CONCURRENCY": "12", "AWS_DEFAULT_REGION": "eu-west-1", "S3_USER_VIRTUAL_BUCKET": "1",
                "AWS_SESSION_TOKEN": "", "S3_USE_ACCELERATE": "false",
            ].merging(Self.keys) { $1 })
        #expect(settings.outbound.trust == .bundle(path: "/ca.crt"))
        #expect(settings.outbound.connectTimeout == .seconds(1.5))
        #expect(settings.outbound.readTimeout == .seconds(7))
        #expect(settings.outbound.retries.maximumAttempts == 9)
        #expect(settings.outbound.maximumConnectionsPerHost == 14)
        #expect(settings.region == "eu-west-1")
        #expect(settings.isVirtualHosted == true)
        #expect(settings.credentials == S3Credentials(accessKey: "AK", secretKey: Secret("SK"), sessionToken: nil))
        #expect(try Self.settings(["S3_VERIFY_SSL": "0", "AWS_CA_BUNDLE": "/x"]).outbound.trust == .unverified)
        let mounted = ["CA_BUNDLE_CONFIGMAP_NAME": "ca", "CA_BUNDLE_VOLUME_MOUNT_POINT": "/etc/ca"]
        #expect(try Self.settings(mounted).outbound.trust == .bundle(path: "/etc/ca/cabundle.crt"))
    }

    @Test(
        "A variable that makes no sense is named",
        arguments: [
            ("AWS_ENDPOINT_URL", "minio:9000"), ("S3_ENDPOINT", "a b"), ("S3_CONNECT_TIMEOUT", "soon"),
            ("S3_READ_TIMEOUT", "-1"), ("S3_MAX_ATTEMPTS", "0"), ("S3_MAX_FILE_CONCURRENCY", "1000"),
            ("S3_VERIFY_SSL", "maybe"), ("awsAnonymousCredential", "x"), ("STORAGE_CONFIG", "{"),
            ("STORAGE_OVERRIDE_CONFIG", "[]"),
        ])
    func refused(name: String, value: String) {
        let error = #expect(throws: StoreError.self) { _ = try Self.settings([name: value]) }
        #expect(error?.code == .refused)
        #expect(error?.message.contains(name) == true)
    }

    @Test("Without credentials nothing is asked, unless the bucket is said to be public")
    func credentials() throws {
        let error = #expect(throws: StoreError.self) { _ = try S3Client(try Self.settings([:])) }
        #expect(error?.code == .denied)
        #expect(error?.message.contains("AWS_ACCESS_KEY_ID") == true)
        _ = try S3Client(try Self.settings(["awsAnonymousCredential": "True"]))
        _ = try S3Client(try Self.settings(Self.keys))
    }
}
