import Estimators
import Inference
import PickleCodec
import Tensors

/// What is known of a model file, servable or not.
struct ModelInspection: Encodable {
    let path: String
    /// Bytes of the pickle's arrays.
    let arrayBytes: Int
    let compression: String
    let pickleProtocol: Int
    var scikitLearnVersion: String?
    var features: Int?
    var featureNames: [String]?
    var outputs: [String] = []
    let trees: Int
    let nodes: Int
    let classes: ClassEntry?
    /// Why Apus cannot serve the model; nil if it can.
    var refusal: String?

    init(path: String, graph: PickleGraph) {
        self.path = path
        compression = graph.compression.rawValue
        pickleProtocol = graph.protocolVersion
        arrayBytes = graph.values.reduce(0) { if case .array(let array) = $1 { $0 + array.bytes.count } else { $0 } }
        let treeSizes = graph.treeSizes
        trees = treeSizes.count
        nodes = treeSizes.reduce(0, +)
        classes = ClassTree(graph).map(ClassEntry.init)
        do {
            let estimator = try EstimatorRegistry.decode(graph)
            scikitLearnVersion = estimator.fit.version?.description
            let plan = try Plan(estimator)
            features = plan.featureCount
            featureNames = plan.featureNames
            outputs = plan.methods.map(\.rawValue)
        } catch {
            refusal = "\(error)"
        }
    }

    /// The same for people.
    var text: String {
        var lines: [(String, String)] = [
            ("file", "\(path), pickle protocol \(pickleProtocol), compression \(compression)"),
            ("scikit-learn", scikitLearnVersion ?? "not recorded"),
        ]
        if let features {
            lines.append(("features", "\(features)" + (featureNames.map { ": " + $0.joined(separator: ", ") } ?? "")))
        }
        if !outputs.isEmpty { lines.append(("outputs", outputs.joined(separator: ", "))) }
        if trees > 0 { lines.append(("trees", "\(trees) with \(nodes) nodes")) }
        lines.append(("arrays", "\(arrayBytes) bytes"))
        lines.append(("servable", refusal == nil ? "yes" : "no"))
        let facts = lines.map { $0.0.padded(to: 13) + $0.1 }
        return (facts + ["classes"] + (classes?.lines(indentedBy: 2) ?? [])).joined(separator: "\n")
    }
}

extension ModelInspection {
    /// An object of the file and those it holds.
    struct ClassEntry: Encodable {
        let place: String
        let className: String
        let isCall: Bool
        let count: Int
        let children: [ClassEntry]

        init(_ tree: ClassTree) {
            place = tree.place
            className = "\(tree.className)"
            isCall = tree.isCall
            count = tree.count
            children = tree.children.map(ClassEntry.init)
        }

        func lines(indentedBy indent: Int) -> [String] {
            let label = place.isEmpty ? "" : "\(place): "
            let repeated = count > 1 ? "\(count) x " : ""
            let own = String(repeating: " ", count: indent) + label + repeated + className + (isCall ? "(...)" : "")
            return [own] + children.flatMap { $0.lines(indentedBy: indent + 2) }
        }
    }
}

extension PickleGraph {
    /// The number of nodes of each decision tree.
    fileprivate var treeSizes: [Int] {
        let tree = PythonName(module: "sklearn.tree._tree", name: "Tree")
        // Each state is looked through once, however many objects share it.
        var seen: Set<PickleReference> = []
        return values.compactMap { value in
            guard case .object(let object) = value, name(of: object.callable) == tree, let state = object.state,
                seen.insert(state).inserted, case .dictionary(let entries) = self[state]
            else { return nil }
            for entry in entries {
                if case .string("nodes") = self[entry.key], case .array(let nodes) = self[entry.value] {
                    return nodes.count
                }
            }
            return nil
        }
    }
}

extension String {
    /// The text, followed by spaces up to a width.
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(width - count, 1)) }
}
