import ModelStore

/// What MLflow says of a model beside its files (`mlflow/models/model.py`).
struct MLmodel: Sendable {
    static let fileName = "MLmodel"

    /// The path of the pickle, relative to this file.
    let pickle: String
    private let yaml: BlockYAML

    /// Reads a file.
    ///
    /// - Throws: ``StoreError/Code/unsupported`` naming the flavour or the form if it is not one that Apus serves.
    init(parsing bytes: [UInt8], of uri: ModelURI) throws(StoreError) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw StoreError(.malformed, "the MLmodel of \(uri) is not UTF-8")
        }
        do throws(StoreError) { yaml = try BlockYAML(parsing: text) } catch {
            throw StoreError(.malformed, "the MLmodel of \(uri) is \(error)")
        }
        guard let flavours = yaml["flavors"]?.mapping, !flavours.isEmpty else {
            throw StoreError(.malformed, "the MLmodel of \(uri) names no flavors")
        }
        guard let flavour = flavours["sklearn"] else {
            // Every model has this one besides its own; alone it is one that only Python can run.
            let own = flavours.keys.filter { $0 != "python_function" }.sorted()
            let names = (own.isEmpty ? ["python_function"] : own).joined(separator: ", ")
            throw StoreError(
                .unsupported, "\(uri) is an MLflow model of flavor \(names), which Apus cannot serve; it serves sklearn"
            )
        }
        let form = flavour["serialization_format"]?.text ?? "pickle"
        guard ["pickle", "cloudpickle"].contains(form) else {
            throw StoreError(
                .unsupported,
                """
                \(uri) is stored in the form \(form), which Apus cannot read: log it with \
                mlflow.sklearn.log_model(..., serialization_format="cloudpickle")
                """)
        }
        guard let path = flavour["pickled_model"]?.text, path != "null" else {
            throw StoreError(.malformed, "the MLmodel of \(uri) names no pickled_model")
        }
        pickle = path
    }

    /// Adds what the file says of the model: the framework, the signature, and where it comes from.
    func describe(_ details: inout ModelDetails) {
        let version = text("flavors", "sklearn", "sklearn_version")
        details.framework = ModelDetails.Framework(name: "scikit-learn", version: version)
        details.inputs = signature("inputs", "input")
        details.outputs = signature("outputs", "output")
        var origin = JSONValue.Object()
        for key in ["run_id", "model_id", "mlflow_version", "utc_time_created"] {
            origin[key] = text(key).map(JSONValue.string)
        }
        if !origin.members.isEmpty { details.other["mlflow"] = .object(origin) }
    }

    private func text(_ path: String...) -> String? {
        let value = path.reduce(Optional(yaml)) { value, key in value?[key] }
        return value?.text.flatMap { $0 == "null" ? nil : $0 }
    }

    /// One side of the signature; nil if there is none, or none in tensors or columns.
    private func signature(_ key: String, _ name: String) -> [ModelDetails.Tensor]? {
        guard let text = text("signature", key), let json = try? JSONValue(parsing: Array(text.utf8)),
            let entries = json.array, !entries.isEmpty
        else { return nil }
        var tensors: [ModelDetails.Tensor] = []
        for (index, entry) in entries.enumerated() {
            let fallback = entries.count == 1 ? name : "\(name)-\(index)"
            guard let tensor = ModelDetails.Tensor(mlflow: entry, name: fallback) else { return nil }
            tensors.append(tensor)
        }
        return tensors
    }
}

extension ModelDetails.Tensor {
    /// The types of columns (`mlflow/types/schema.py`, `DataType`) and of tensors (numpy's names).
    private static let datatypes = [
        "boolean": "BOOL", "bool": "BOOL", "integer": "INT32", "long": "INT64", "float": "FP32", "double": "FP64",
        "string": "BYTES", "binary": "BYTES", "datetime": "BYTES", "object": "BYTES", "str": "BYTES", "bytes": "BYTES",
        "int8": "INT8", "int16": "INT16", "int32": "INT32", "int64": "INT64", "uint8": "UINT8", "uint16": "UINT16",
        "uint32": "UINT32", "uint64": "UINT64", "float16": "FP16", "float32": "FP32", "float64": "FP64",
    ]

    /// An element of a signature: a tensor, or a column, of which each row has one value.
    fileprivate init?(mlflow json: JSONValue, name: String) {
        guard let members = json.object else { return nil }
        let name = members["name"]?.string ?? name
        if let tensor = members["tensor-spec"]?.object {
            let shape = tensor["shape"]?.array?.map(\.integer) ?? []
            guard let type = tensor["dtype"]?.string, !shape.isEmpty, !shape.contains(nil) else { return nil }
            self.init(name: name, datatype: Self.datatypes[type] ?? "BYTES", shape: shape.compactMap(\.self))
        } else {
            guard let type = members["type"]?.string, let datatype = Self.datatypes[type] else { return nil }
            self.init(name: name, datatype: datatype, shape: [-1, 1])
        }
    }
}
