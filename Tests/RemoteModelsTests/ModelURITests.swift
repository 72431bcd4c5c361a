import ModelStore
import RemoteModels
import Testing

@Suite("URIs of models")
struct ModelURITests {
    static let uris: [(String, ModelURI, description: String, name: String)] = [
        ("s3://bucket/a/forest", .s3(bucket: "bucket", key: "a/forest"), "s3://bucket/a/forest", "forest"),
        ("s3://bucket/a/forest/", .s3(bucket: "bucket", key: "a/forest"), "s3://bucket/a/forest", "forest"),
        ("S3://my.bucket_1", .s3(bucket: "my.bucket_1", key: ""), "s3://my.bucket_1", "my.bucket_1"),
        ("s3://b/forest/model.pkl", .s3(bucket: "b", key: "forest/model.pkl"), "s3://b/forest/model.pkl", "forest"),
        ("s3://b/a b/ü.joblib", .s3(bucket: "b", key: "a b/ü.joblib"), "s3://b/a b/ü.joblib", "ü"),
        ("https://host/x/model.pkl", .web("https://host/x/model.pkl"), "https://host/x/model.pkl", "x"),
        ("http://u:p@host:1/a.pkl?s=1#f", .web("http://u:p@host:1/a.pkl?s=1#f"), "http://host:1/a.pkl", "a"),
        ("file:///models/forest", .file(path: "/models/forest"), "file:///models/forest", "forest"),
        ("file:/models/a%20b.pkl", .file(path: "/models/a b.pkl"), "file:///models/a b.pkl", "a b"),
        ("file://localhost/m", .file(path: "/m"), "file:///m", "m"),
        ("models:/pm/3", .registered(name: "pm", .version(3)), "models:/pm/3", "pm"),
        ("models:/pm/Production", .registered(name: "pm", .stage("Production")), "models:/pm/Production", "pm"),
        ("models:/pm/latest", .registered(name: "pm", .latest), "models:/pm/latest", "pm"),
        ("models:/a@b@champion", .registered(name: "a@b", .alias("champion")), "models:/a@b@champion", "a@b"),
        ("models:/m-0a1b", .logged(id: "m-0a1b"), "models:/m-0a1b", "m-0a1b"),
        ("runs:/0a1b/out/model", .run(id: "0a1b", path: "out/model"), "runs:/0a1b/out/model", "model"),
    ]

    @Test("Each form is read, told and named", arguments: uris.indices)
    func forms(index: Int) throws {
        let (text, expected, description, name) = Self.uris[index]
        let uri = try ModelURI(text)
        #expect(uri == expected)
        #expect(uri.description == description)
        #expect(uri.modelName == name)
        #expect(ModelURI.isURI(text))
    }

    @Test(
        "What names nothing is refused",
        arguments: [
            "s3://", "s3:///key", "s3:/b/k", "s3://../k", "s3://a b/k", "s3://b\u{0}/k", "file://host/x", "file:x",
            "file:///a%zz", "file:///a%00", "models:/", "models:/pm", "models:/pm/", "models:/pm/3/4", "models://pm/3",
            "models:/pm/0", "models:/@x", "models:/pm@", "models:/m-", "models:/pm/99999999999999999999", "runs:/",
            "runs:/id", "runs:/id/../x", "runs:/i?d/x", "runs://id/x",
        ])
    func refused(text: String) {
        let error = #expect(throws: StoreError.self) { _ = try ModelURI(text) }
        #expect(error?.code == .refused)
    }

    @Test(
        "Other schemes are named as unsupported", arguments: ["gs://b/k", "hf://a/b", "oci://x/y", "pvc://c/p", "x:/y"])
    func unsupported(text: String) {
        let error = #expect(throws: StoreError.self) { _ = try ModelURI(text) }
        #expect(error?.code == .unsupported)
    }

    @Test(
        "Paths are not taken for URIs",
        arguments: ["model.pkl", "/a:/b", "a=b", "C:/x", "./s3://x", "name:x", "", ":/"])
    func paths(text: String) { #expect(!ModelURI.isURI(text)) }

    @Test("No sentence tells a secret", arguments: ["gs://u:hunter2@h/k?t=hunter2", "http2://u:hunter2@h/#hunter2"])
    func secrets(text: String) {
        let error = #expect(throws: StoreError.self) { _ = try ModelURI(text) }
        #expect(error.map { !$0.message.contains("hunter2") } == true)
    }
}
