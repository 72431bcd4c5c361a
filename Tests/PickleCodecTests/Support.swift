import BigInt
import Foundation
import PickleCodec
import Tensors
import Testing

/// The bytes of a file that `Fixtures/make_fixtures.py` wrote.
func fixture(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    return [UInt8](try Data(contentsOf: folder.appending(path: name)))
}

/// Bytes written as text, a byte a character.
func bytes(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } }

/// The code of the error that reading throws; nil if it throws none.
func failure(_ bytes: [UInt8], limits: PickleLimits = PickleLimits()) -> PickleError.Code? {
    do throws(PickleError) {
        _ = try PickleReader.read(bytes, limits: limits)
        return nil
    } catch {
        return error.code
    }
}

extension PickleGraph {
    /// The root as text, much as Python would print it; a value within itself is `...`.
    var text: String { text(root, within: []) }

    /// The root's entries by their text keys.
    func entries() throws -> [String: PickleValue] {
        guard case .dictionary(let entries) = self[root] else { throw UnexpectedValue(text: text) }
        var values: [String: PickleValue] = [:]
        for entry in entries {
            if case .string(let key) = self[entry.key] { values[key] = self[entry.value] }
        }
        return values
    }

    /// The root's items.
    func items() throws -> [PickleReference] {
        guard case .list(let items) = self[root] else { throw UnexpectedValue(text: text) }
        return items
    }

    private func text(_ reference: PickleReference, within path: Set<PickleReference>) -> String {
        if path.contains(reference) { return "..." }
        let path = path.union([reference])
        func list(_ items: [PickleReference]) -> String {
            items.map { text($0, within: path) }.joined(separator: ", ")
        }
        func pairs(_ entries: [PickleEntry]) -> String {
            entries.map { "\(text($0.key, within: path)): \(text($0.value, within: path))" }.joined(separator: ", ")
        }
        switch self[reference] {
        case .list(let items): return "[\(list(items))]"
        case .tuple(let items): return "(\(list(items)))"
        case .set(let items): return "{\(list(items))}"
        case .frozenSet(let items): return "frozenset(\(list(items)))"
        case .dictionary(let entries): return "{\(pairs(entries))}"
        case .objectArray(let shape, let elements): return "array(\(shape), \(list(elements)))"
        case .persistent(let identifier): return "persistent(\(list([identifier])))"
        case .object(let object):
            var parts = ["\(object.construction)", text(object.callable, within: path)]
            parts.append(text(object.arguments, within: path))
            if let keywords = object.keywordArguments { parts.append("keywords: \(text(keywords, within: path))") }
            if let state = object.state { parts.append("state: \(text(state, within: path))") }
            if !object.items.isEmpty { parts.append("items: \(list(object.items))") }
            if !object.entries.isEmpty { parts.append("entries: \(pairs(object.entries))") }
            return "<\(parts.joined(separator: " "))>"
        case let atom: return atom.atomText
        }
    }
}

/// A pickle stands for something else than a test expects.
struct UnexpectedValue: Error {
    let text: String
}

extension PickleValue {
    /// The array this value is.
    func array() throws -> NDArray {
        guard let array = numpyArray else { throw UnexpectedValue(text: "\(self)") }
        return array
    }

    fileprivate var atomText: String {
        switch self {
        case .none: "None"
        case .bool(let flag): flag ? "True" : "False"
        case .integer(let number): "\(number)"
        case .bigInteger(let number): "\(number) (big)"
        case .float(let number): "\(number)"
        case .complex(let real, let imaginary): "\(real)+\(imaginary)j"
        case .bytes(let bytes): "bytes\(Array(bytes))"
        case .byteArray(let bytes): "bytearray\(Array(bytes))"
        case .string(let text): text.debugDescription
        case .global(let name): "\(name)"
        case .dtype(let type): "dtype(\(type.kind), \(type.itemSize))"
        case .array(let array): "array(\(array.shape), \(array.doubles() ?? []))"
        case .extensionCode(let code): "extension(\(code))"
        default: "?"
        }
    }
}
