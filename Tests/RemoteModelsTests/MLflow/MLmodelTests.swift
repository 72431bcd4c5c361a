import ModelStore
import Testing

@testable import RemoteModels

@Suite("MLmodel files")
struct MLmodelTests {
    private static let uri = ModelURI.registered(name: "pm", .version(1))

    private static func model(_ flavours: String, _ rest: String = "") throws(StoreError) -> MLmodel {
        try MLmodel(parsing: Array("flavors:\n\(flavours)\n\(rest)".utf8), of: uri)
    }

    @Test("The pickle, the framework, the signature and the run are read")
    func reading() throws {
        let model = try Self.model(
            """
              sklearn:
                pickled_model: data/model.pkl
                serialization_format: cloudpickle
                sklearn_version: 1.5.2
            """,
            """
            run_id: 0a1b
            signature:
              inputs: '[{"type": "double", "name": "cpu", "required": true}, {"type": "long",
                "name": "restarts", "required": true}]'
              outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "int64", "shape": [-1]}}]'
            """)
        #expect(model.pickle == "data/model.pkl")
        var details = ModelDetails()
        model.describe(&details)
        #expect(details.framework == ModelDetails.Framework(name: "scikit-learn", version: "1.5.2"))
        #expect(
            details.inputs == [
                ModelDetails.Tensor(name: "cpu", datatype: "FP64", shape: [-1, 1]),
                ModelDetails.Tensor(name: "restarts", datatype: "INT64", shape: [-1, 1]),
            ])
        #expect(details.outputs == [ModelDetails.Tensor(name: "output", datatype: "INT64", shape: [-1])])
        #expect(details.other["mlflow"] == ["run_id": "0a1b"])
    }

    @Test(
        "A signature that is none is no reason to refuse a model",
        arguments: ["inputs: null", "inputs: 'x'", "inputs: '[{\"type\": \"map\"}]'", "inputs: '[]'", "inputs: '{}'"])
    func noSignature(line: String) throws {
        let model = try Self.model("  sklearn:\n    pickled_model: m.pkl", "signature:\n  \(line)")
        var details = ModelDetails()
        model.describe(&details)
        #expect(details.inputs == nil)
    }

    @Test("Other flavours are refused by their names, other forms by theirs")
    func refused() {
        for (flavours, sentence) in [
            (
                "  python_function:\n    a: b\n  pytorch:\n    c: d",
                "is an MLflow model of flavor pytorch, which Apus cannot"
            ),
            ("  python_function:\n    loader_module: mlflow.pyfunc.model", "flavor python_function, which Apus cannot"),
            ("  sklearn:\n    pickled_model: model.skops\n    serialization_format: skops", "stored in the form skops"),
        ] {
            let error = #expect(throws: StoreError.self) { _ = try Self.model(flavours) }
            #expect(error?.code == .unsupported)
            #expect(error?.message.contains(sentence) == true, "\(String(describing: error))")
        }
        for text in ["a: b", "flavors: null", "flavors:\n  sklearn:\n    code: null", "<html>", "\u{FEFF}{", ""] {
            let error = #expect(throws: StoreError.self) { _ = try MLmodel(parsing: Array(text.utf8), of: Self.uri) }
            #expect(error?.code == .malformed)
            #expect(error?.message.contains("models:/pm/1") == true)
        }
    }
}
