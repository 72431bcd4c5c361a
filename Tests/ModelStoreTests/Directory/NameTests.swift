import ModelStore
import Testing

@Suite("Names of models, numbers of versions, and where they lie")
struct NameTests {
    @Test(
        "Names that are safe everywhere",
        arguments: ["a", "7", "anomaly-detector", "Model_2.0", String(repeating: "a", count: 200)])
    func good(_ name: String) throws {
        #expect(try ModelName(name).text == name)
        #expect(StoreLayout.model(named: name)?.text == name)
    }

    @Test(
        "Names that are refused, with the rule",
        arguments: [
            "", ".", "..", ".hidden", "-flag", "_x", "a/b", "../x", "a\0b", "a b", "détecteur", "模型", "a\n", "a\u{301}",
            "a\\b", "a%2fb", String(repeating: "a", count: 201), String(repeating: "x", count: 300),
        ])
    func bad(_ name: String) throws {
        let error = #expect(throws: StoreError.self) { try ModelName(name) }
        #expect(error?.code == .invalidName)
        #expect(error?.message.contains("a name has 1 to 200 letters") == true)
        #expect(error?.message.utf8.allSatisfy { $0 >= 0x20 } == true)
        #expect(StoreLayout.model(named: name) == nil)
    }

    @Test("Folders of versions", arguments: [("v1", 1), ("12", 12), ("v999999999", 999_999_999)])
    func versions(_ name: String, _ number: Int) throws {
        #expect(StoreLayout.version(named: name)?.number == number)
    }

    @Test(
        "What is no folder of a version",
        arguments: ["", "v", "v0", "0", "v01", "v1.5", "V1", "vv1", "v-1", "v+1", "1000000000", "v١", ".v1", "v1 "])
    func noVersions(_ name: String) {
        #expect(StoreLayout.version(named: name) == nil)
        #expect(ModelVersion(0) == nil)
    }

    @Test("Paths", arguments: [("/models", "/models/m"), ("models//", "models/m"), ("/", "/m")])
    func paths(_ store: String, _ folder: String) throws {
        let layout = StoreLayout(path: store)
        let model = try ModelName("m")
        let version = try #require(ModelVersion(3))
        #expect(layout.folder(of: model) == folder)
        #expect(layout.promotedFile(of: model) == "\(folder)/model.pkl")
        #expect(layout.promotedMetadata(of: model) == "\(folder)/m_metadata.json")
        #expect(layout.traffic(of: model) == "\(folder)/traffic.json")
        #expect(layout.folder(of: version, of: model) == "\(folder)/v3")
        #expect(layout.legacyFile(of: model) == "\(folder).pkl")
    }

    @Test("Files that hold models", arguments: ["model.pkl", "x.joblib", "x.pickle"])
    func modelFiles(_ name: String) {
        #expect(StoreLayout.isModelFile(name))
        #expect(!StoreLayout.isModelFile(".tmp-\(name)"))
        #expect(!StoreLayout.isModelFile("\(name).json"))
    }
}
