/// The `.npy` format of numpy: a header and an array's bytes.
///
/// Source: numpy, "NEP 1: A simple file format for NumPy arrays"; versions 1.0, 2.0 and 3.0 of the format.
public enum NPY {
    /// Why bytes are not an array in `.npy` format.
    public struct FormatError: Error, Hashable, Sendable, CustomStringConvertible {
        /// What is wrong, for people.
        public let description: String
    }

    private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    private static let maximumHeaderBytes = 65_536

    /// Reads an array of any type but object; its bytes are a slice of the input.
    public static func read(_ bytes: [UInt8]) throws(FormatError) -> NDArray {
        guard bytes.starts(with: magic), bytes.count >= 10 else { throw FormatError(description: "not a .npy file") }
        let lengthWidth = bytes[6] == 1 ? 2 : 4
        guard (1...3).contains(bytes[6]), bytes.count >= 8 + lengthWidth else {
            throw FormatError(description: ".npy version \(bytes[6]) is not known (1 to 3 are)")
        }
        let length = bytes[8..<8 + lengthWidth].reversed().reduce(0) { $0 << 8 | Int($1) }
        let start = 8 + lengthWidth
        guard length <= min(maximumHeaderBytes, bytes.count - start) else {
            throw FormatError(description: "the header of \(length) bytes is longer than the file or the limit")
        }
        let header = try NPYHeader(String(decoding: bytes[start..<start + length], as: UTF8.self))
        guard header.type.kind != .object else { throw FormatError(description: "arrays of objects are not read") }
        let data = bytes[(start + length)...]
        guard
            let array = NDArray(
                dtype: header.type,
                shape: header.shape,
                isFortranOrder: header.isFortranOrder,
                bytes: data
            )
        else {
            throw FormatError(description: "an array of shape \(header.shape) cannot have \(data.count) bytes")
        }
        return array
    }

    /// A matrix of `float64` in version 1.0 of the format.
    public static func write(_ matrix: Matrix<Double>) -> [UInt8] {
        let header =
            "{'descr': '<f8', 'fortran_order': False, 'shape': (\(matrix.rowCount), \(matrix.columnCount)), }"
        // The data begin at a multiple of 64 bytes.
        let padding = 63 - (magic.count + 4 + header.utf8.count) % 64
        let length = header.utf8.count + padding + 1
        var bytes = magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + Array(header.utf8)
        bytes += [UInt8](repeating: UInt8(ascii: " "), count: padding) + [UInt8(ascii: "\n")]
        bytes.reserveCapacity(bytes.count + 8 * matrix.elements.count)
        for element in matrix.elements {
            for shift in stride(from: 0, to: 64, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: element.bitPattern >> shift))
            }
        }
        return bytes
    }
}

/// The header of a `.npy` file: a Python dict literal with three known keys.
private struct NPYHeader {
    let type: DType
    let shape: [Int]
    let isFortranOrder: Bool

    init(_ text: String) throws(NPY.FormatError) {
        guard let code = Self.quoted(after: "'descr'", in: text), let type = DType(code: code) else {
            throw NPY.FormatError(description: "the header has no 'descr' of a plain type")
        }
        guard let order = Self.value(of: "'fortran_order'", in: text),
            order.hasPrefix("True") || order.hasPrefix("False")
        else { throw NPY.FormatError(description: "the header has no 'fortran_order'") }
        guard let shape = Self.value(of: "'shape'", in: text).flatMap(Self.extents) else {
            throw NPY.FormatError(description: "the header has no 'shape' of whole numbers")
        }
        self.type = type
        self.shape = shape
        isFortranOrder = order.hasPrefix("True")
    }

    /// What follows a key and its colon.
    private static func value(of key: String, in text: String) -> Substring? {
        guard let found = text.firstRange(of: key) else { return nil }
        let rest = text[found.upperBound...].drop { $0 == " " }
        guard rest.first == ":" else { return nil }
        return rest.dropFirst().drop { $0 == " " }
    }

    private static func quoted(after key: String, in text: String) -> String? {
        guard let value = value(of: key, in: text), value.first == "'" else { return nil }
        return String(value.dropFirst().prefix { $0 != "'" })
    }

    private static func extents(_ text: Substring) -> [Int]? {
        guard text.first == "(", let end = text.firstIndex(of: ")") else { return nil }
        let parts = text[text.index(after: text.startIndex)..<end].split(separator: ",")
            .map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }
        let extents = parts.compactMap { Int($0) }
        return extents.count == parts.count && extents.allSatisfy { $0 >= 0 } ? extents : nil
    }
}
