import PickleCodec
import Tensors

/// A graph in the words that `describing.py` uses for the same value.
///
/// Each mutable value is numbered when it is met first, so that sharing and cycles show.
struct GraphDescription {
    private let graph: PickleGraph
    private let numbersArrays: Bool
    private var seen: [PickleReference: Int] = [:]

    /// - Parameter numbersArrays: whether arrays of other types than object are numbered, too, and told from numpy's
    ///   scalars.
    static func of(_ graph: PickleGraph, numbersArrays: Bool = false) -> String {
        var description = GraphDescription(graph: graph, numbersArrays: numbersArrays)
        return description.describe(graph.root)
    }

    private init(graph: PickleGraph, numbersArrays: Bool) {
        self.graph = graph
        self.numbersArrays = numbersArrays
    }

    private mutating func describe(_ reference: PickleReference) -> String {
        guard isNumbered(graph[reference]) else { return content(graph[reference]) }
        if let number = seen[reference] { return "#\(number)" }
        let number = seen.count
        seen[reference] = number
        return "#\(number)\(content(graph[reference]))"
    }

    private func isNumbered(_ value: PickleValue) -> Bool {
        switch value {
        case .list, .dictionary, .set, .objectArray: true
        case .array: numbersArrays
        case .object(let object):
            ["Point", "Slots", "Keyword", "Items", "Entries"].contains(graph.name(of: object.callable)?.name)
        default: false
        }
    }

    private mutating func content(_ value: PickleValue) -> String {
        switch value {
        case .none: "None"
        case .bool(let flag): flag ? "True" : "False"
        case .integer(let number): "\(number)"
        case .bigInteger(let number): "\(number)"
        case .float(let number): Self.number(number)
        case .complex(let real, let imaginary): "complex(\(Self.number(real)), \(Self.number(imaginary)))"
        case .bytes(let bytes): "b\(Self.hexadecimal(bytes))"
        case .byteArray(let bytes): "a\(Self.hexadecimal(bytes))"
        case .string(let text): Self.text(text)
        case .list(let items): "[\(many(items))]"
        case .tuple(let items): "(\(many(items)))"
        case .dictionary(let entries): "{\(self.entries(entries))}"
        case .set(let items): "set{\(sorted(items))}"
        case .frozenSet(let items): "frozenset{\(sorted(items))}"
        case .global(let name): "global \(name)"
        case .object(let object): instance(object)
        case .dtype(let type): "dtype(\(Self.type(type)))"
        case .array(let array): "array(\(Self.content(array)))"
        case .scalar(let array): "\(numbersArrays ? "scalar" : "array")(\(Self.content(array)))"
        case .objectArray(let shape, let elements): "objects(\(shape): \(many(elements)))"
        case .persistent(let identifier): "persistent \(describe(identifier))"
        case .extensionCode(let code): "extension \(code)"
        }
    }

    private mutating func many(_ items: [PickleReference]) -> String {
        items.map { describe($0) }.joined(separator: ", ")
    }

    private mutating func sorted(_ items: [PickleReference]) -> String {
        Set(items.map { describe($0) }).sorted().joined(separator: ", ")
    }

    private mutating func entries(_ entries: [PickleEntry]) -> String {
        entries.map { "\(describe($0.key)): \(describe($0.value))" }.joined(separator: ", ")
    }

    private mutating func instance(_ object: PickledObject) -> String {
        guard let name = graph.name(of: object.callable) else { return "call of \(describe(object.callable))" }
        if name.module.hasPrefix("numpy.random") { return "opaque \(name)" }
        var words = "\(object.construction) \(name)("
        if case .tuple(let arguments) = graph[object.arguments] { words += many(arguments) }
        if let keywords = object.keywordArguments { words += ", **\(describe(keywords))" }
        words += ")"
        if let state = object.state { words += " state \(describe(state))" }
        if name.name == "Items" || !object.items.isEmpty { words += " items [\(many(object.items))]" }
        if ["Entries", "OrderedDict"].contains(name.name) { words += " entries {\(entries(object.entries))}" }
        return words
    }
}

// MARK: - Leaves

extension GraphDescription {
    private static func number(_ number: Double) -> String {
        if number.isNaN { return "fnan" }
        let digits = String(number.bitPattern, radix: 16)
        return "f" + String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func text(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { scalar in
            (0x20..<0x7F).contains(scalar.value) && scalar != "'" && scalar != "\\"
                ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
        }
        return "'\(scalars.joined())'"
    }

    private static func type(_ type: DType) -> String {
        let order = type.isBigEndian ? ">" : "<"
        return switch type.kind {
        case .bool: "|b1"
        case .signedInteger: (type.itemSize == 1 ? "|" : order) + "i\(type.itemSize)"
        case .unsignedInteger: (type.itemSize == 1 ? "|" : order) + "u\(type.itemSize)"
        case .float: "\(order)f\(type.itemSize)"
        case .complex: "\(order)c\(type.itemSize)"
        case .bytes: "|S\(type.itemSize)"
        case .unicode: "\(order)U\(type.itemSize / 4)"
        case .datetime(let unit): "\(order)M8[\(unit)]"
        case .timedelta(let unit): "\(order)m8[\(unit)]"
        case .void: "|V\(type.itemSize)"
        case .object: "|O"
        case .record(let fields):
            "record\(type.itemSize)<"
                + fields.map { "\($0.name):\(Self.type($0.type))@\($0.offset)" }.joined(separator: ",") + ">"
        }
    }

    private static func content(_ array: NDArray) -> String {
        "\(type(array.dtype)), \(array.shape): \(elements(array))"
    }

    private static func elements(_ array: NDArray) -> String {
        if !array.dtype.fields.isEmpty {
            return array.dtype.fields.map { "\($0.name) \(field($0, of: array))" }.joined(separator: "; ")
        }
        return elements(array, array.dtype, array.doubles(), array.integers())
    }

    private static func field(_ field: DType.Field, of array: NDArray) -> String {
        if let numbers = array.doubles(field: field.name) {
            return elements(array, field.type, numbers, array.integers(field: field.name))
        }
        // Strings in records have no accessor; their elements are taken out as an array of their own.
        let size = array.dtype.itemSize
        let parts = (0..<array.count).flatMap { index in
            let start = array.bytes.startIndex + index * size + field.offset
            return array.bytes[start..<start + field.type.itemSize]
        }
        let column = NDArray(
            dtype: field.type,
            shape: array.shape,
            isFortranOrder: array.isFortranOrder,
            bytes: parts[...]
        )
        return column.map(elements) ?? "?"
    }

    private static func elements(
        _ array: NDArray,
        _ type: DType,
        _ numbers: [Double]?,
        _ integers: [Int]?
    ) -> String {
        if let integers { return integers.map(String.init).joined(separator: ", ") }
        if let numbers { return numbers.map(number).joined(separator: ", ") }
        if type.kind == .unicode, let strings = array.strings() {
            return strings.map(text).joined(separator: ", ")
        }
        return hexadecimal(array.bytes)
    }
}
