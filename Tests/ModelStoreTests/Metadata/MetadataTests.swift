import ModelStore
import Testing

@Suite("Metadata and traffic")
struct MetadataTests {
    private static let example = """
        {"name": "anomaly-detector", "version": 3, "id": "5f0c", "created": "2026-11-21T10:35:12Z",
         "framework": {"name": "scikit-learn", "version": "1.5.2"}, "estimator": "sklearn.pipeline.Pipeline",
         "inputs": [{"name": "input", "datatype": "FP64", "shape": [-1, 5]}],
         "outputs": [{"name": "predict", "datatype": "INT64", "shape": [-1]}],
         "features": {"schema": "metrics-5", "names": ["cpu"], "queries": {}},
         "data": {"source": "synthetic", "start": "a", "end": "b", "rows": 2016},
         "seed": 42, "hyperparameters": {"n_estimators": 200}, "scores": {"f1": 0.90}, "champion": {"version": 2},
         "file": "model.pkl", "size": 1870000,
         "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "written_by": "apus 0.1.0"}
        """

    private func parsed(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

    @Test("All members are read, and written in the order of the format")
    func roundTrip() throws {
        let json = try parsed(Self.example)
        let metadata = try ModelMetadata(json: json)
        #expect(metadata.version == ModelVersion(3))
        #expect(metadata.size == 1_870_000)
        #expect(metadata.details.framework == ModelDetails.Framework(name: "scikit-learn", version: "1.5.2"))
        #expect(metadata.details.inputs == [ModelDetails.Tensor(name: "input", datatype: "FP64", shape: [-1, 5])])
        #expect(metadata.details.seed == 42)
        #expect(metadata.json == json)
    }

    @Test("Members that Apus does not know are kept")
    func unknown() throws {
        var object = try #require(try parsed(Self.example).object)
        object["notebook"] = ["run": "a7", "of": 1]
        #expect(try ModelMetadata(json: .object(object)).json == .object(object))
    }

    @Test("What must be there, and of what kind, is named")
    func malformed() throws {
        let cases: [(String, JSONValue?, String)] = [
            ("name", nil, #""name" is missing"#), ("version", 0, #""version" is not the number of a version"#),
            ("version", "3", #""version" is not the number of a version"#),
            ("size", -1, #""size" is not a number of bytes"#),
            ("sha256", "E3B0", #""sha256" is not 64 hexadecimal digits, lower case"#),
            ("framework", ["version": "1"], #""framework": "name" is missing"#),
            ("inputs", [["name": "x", "datatype": "FP64", "shape": ["a"]]], #""inputs": "shape" is not a list"#),
            ("seed", "42", #""seed" is not an integer"#),
        ]
        for (key, value, sentence) in cases {
            var object = try #require(try parsed(Self.example).object)
            object[key] = value
            let error = #expect(throws: StoreError.self) { try ModelMetadata(json: .object(object)) }
            #expect(error?.message.hasPrefix(sentence) == true, "\(String(describing: error))")
        }
        #expect(throws: StoreError(.malformed, "expected an object, found an array")) { try ModelMetadata(json: []) }
    }

    @Test("The promoted version's metadata remembers at most 32 versions before it")
    func promoted() throws {
        let metadata = try ModelMetadata(json: try parsed(Self.example))
        let history = (1...40).compactMap { ModelVersion($0) }
        let promoted = PromotedMetadata(metadata, promoted: "2026-11-21T10:36:00Z", history: history)
        #expect(promoted.history.map(\.number) == Array(9...40))
        #expect(try PromotedMetadata(json: promoted.json) == promoted)
        #expect(promoted.json.object?.members.suffix(2).map(\.key) == ["promoted", "history"])
        #expect(try PromotedMetadata(json: metadata.json) == PromotedMetadata(metadata, promoted: nil, history: []))
    }

    @Test("Details given win over those found")
    func merging() {
        var given = ModelDetails()
        given.seed = 1
        given.other = ["a": 1]
        var found = ModelDetails()
        found.seed = 2
        found.estimator = "x"
        found.other = ["a": 2, "b": 3]
        let merged = given.merging(found)
        #expect(merged.seed == 1 && merged.estimator == "x")
        #expect(merged.other == ["a": 1, "b": 3])
    }

    @Test(
        "Traffic is read and written the same",
        arguments: [
            "{}", #"{"canary":{"version":3,"percent":10,"sticky_header":"x-user-id"},"shadow":{"version":4}}"#,
            #"{"canary":{"version":3,"percent":0.5}}"#, #"{"pin_header":"x-model-version"}"#,
        ])
    func traffic(_ text: String) throws {
        let traffic = try Traffic(json: try parsed(text))
        #expect(traffic.json.text == text)
        #expect(traffic.isEmpty == (text == "{}"))
    }

    @Test(
        "Traffic that cannot be followed says why",
        arguments: [
            (#"{"canary": {"version": 3}}"#, #""canary": "percent" is missing"#),
            (#"{"canary": {"version": 3, "percent": 101}}"#, "from 0 to 100 percent, not 101.0"),
            (#"{"canary": {"version": 3, "percent": -0.1}}"#, "from 0 to 100 percent, not -0.1"),
            (#"{"canary": {"version": 3, "percent": 1e999}}"#, "from 0 to 100 percent, not inf"),
            (#"{"canary": {"version": 0, "percent": 1}}"#, #""version" is not the number of a version"#),
            (#"{"shadow": 4}"#, #""shadow": expected an object, found a number"#),
            (#"{"pin_header": "x y"}"#, #""x y" is not the name of an HTTP header"#),
            (#"{"pin_header": ""}"#, "is not the name of an HTTP header"), ("[]", "expected an object"),
        ])
    func badTraffic(_ text: String, _ sentence: String) throws {
        let error = #expect(throws: StoreError.self) { try Traffic(json: try parsed(text)) }
        #expect(error?.message.contains(sentence) == true, "\(String(describing: error))")
    }

    @Test("A version leaves the split when it is promoted")
    func removing() throws {
        let text = #"{"canary":{"version":3,"percent":10},"shadow":{"version":4},"pin_header":"x-v"}"#
        let traffic = try Traffic(json: try parsed(text))
        let three = try #require(ModelVersion(3))
        #expect(traffic.versions == Set([3, 4].compactMap { ModelVersion($0) }))
        #expect(traffic.removing(three).json.text == #"{"shadow":{"version":4},"pin_header":"x-v"}"#)
    }
}
