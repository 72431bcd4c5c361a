import BigInt
import PickleCodec
import Tensors

/// Every value of a pickle, one a line, by its number; values refer to each other as `#number`.
struct PickleListing {
    /// The longest text, and the most items of a container, that are shown whole.
    private static let maximumText = 80
    private static let maximumItems = 20

    private let graph: PickleGraph

    init(_ graph: PickleGraph) { self.graph = graph }

    /// Prints the listing.
    func write() {
        print("root #\(graph.root.index)")
        for (index, value) in graph.values.enumerated() { print("#\(index) \(describe(value))") }
    }

    private func describe(_ value: PickleValue) -> String {
        switch value {
        case .none: "None"
        case .bool(let flag): flag ? "True" : "False"
        case .integer(let number): "\(number)"
        case .bigInteger(let number): "int of \(number.bitWidth) bits"
        case .float(let number): "\(number)"
        case .complex(let real, let imaginary): "complex(\(real), \(imaginary))"
        case .bytes(let bytes): "bytes[\(bytes.count)]"
        case .byteArray(let bytes): "bytearray[\(bytes.count)]"
        case .string(let text): shortened(text).debugDescription
        case .list(let items): "[\(list(items))]"
        case .tuple(let items): "(\(list(items)))"
        case .set(let items): "{\(list(items))}"
        case .frozenSet(let items): "frozenset{\(list(items))}"
        case .dictionary(let entries): "{\(pairs(entries))}"
        case .global(let name): "\(name)"
        case .object(let object): describe(object)
        case .dtype(let type): "dtype \(name(of: type)) of \(type.itemSize) bytes"
        case .array(let array): "array \(array.shape) of \(name(of: array.dtype)), \(array.bytes.count) bytes"
        case .scalar(let array): "scalar of \(name(of: array.dtype))"
        case .objectArray(let shape, let elements): "array \(shape) of objects [\(list(elements))]"
        case .persistent(let identifier): "persistent id #\(identifier.index)"
        case .extensionCode(let code): "extension code \(code)"
        }
    }

    /// An element type without what its fields are in turn: records may nest.
    private func name(of type: DType) -> String {
        type.fields.isEmpty ? "\(type.kind)" : "record(\(shown(type.fields) { shortened($0.name) }))"
    }

    private func describe(_ object: PickledObject) -> String {
        let callable = graph.name(of: object.callable).map { "\($0)" } ?? "#\(object.callable.index)"
        var text = object.construction == .call ? "recorded call " : "instance of "
        text += "\(callable) with arguments #\(object.arguments.index)"
        if let keywords = object.keywordArguments { text += ", keywords #\(keywords.index)" }
        if let state = object.state { text += ", state #\(state.index)" }
        if !object.items.isEmpty { text += ", items [\(list(object.items))]" }
        if !object.entries.isEmpty { text += ", entries {\(pairs(object.entries))}" }
        return text
    }

    private func list(_ items: [PickleReference]) -> String {
        shown(items) { "#\($0.index)" }
    }

    private func pairs(_ entries: [PickleEntry]) -> String {
        shown(entries) { "#\($0.key.index): #\($0.value.index)" }
    }

    private func shown<Item>(_ items: [Item], _ text: (Item) -> String) -> String {
        let first = items.prefix(Self.maximumItems).map(text).joined(separator: ", ")
        let rest = items.count - Self.maximumItems
        return rest > 0 ? "\(first), … \(rest) more" : first
    }

    private func shortened(_ text: String) -> String {
        text.count > Self.maximumText ? "\(text.prefix(Self.maximumText))…" : text
    }
}
