import Foundation
import Inference
import Tensors

/// What `generate.py` wrote; its head describes every field.
struct Manifest: Decodable {
    let version: String
    let cases: [Case]

    /// A stored model and the questions put to it.
    struct Case: Decodable {
        let name: String
        let estimator: String
        let description: String
        let storage: String
        let model: String
        let featureNames: [String]?
        let products: String?
        let parameters: [String: String]
        let questions: [Question]
    }

    /// One method asked for some rows, and what scikit-learn answered or why it refused.
    struct Question: Decodable {
        let about: String
        let method: String
        let rows: String
        let answers: [ExpectedArray]?
        let perTarget: Bool
        let margin: String?
        let error: String?
    }

    /// An array that scikit-learn returned.
    struct ExpectedArray: Decodable {
        let kind: String
        let shape: [Int]
        let file: String?
        let labels: [String]?
        let magnitude: String?
    }
}

extension Manifest.ExpectedArray {
    /// The array as the value Apus would return.
    func output(in folder: URL) throws -> Output {
        let values: OutputValues
        switch (kind, labels, file) {
        case ("string", .some(let labels), _): values = .string(labels)
        case ("bool", .some(let labels), _): values = .bool(labels.map { $0 == "true" })
        case ("int64", _, .some(let file)): values = .int64(try NumpyFile(folder.appending(path: file)).integers())
        case ("float64", _, .some(let file)): values = .float64(try NumpyFile(folder.appending(path: file)).doubles())
        default: throw ParityFailure("an array of kind \(kind) without elements")
        }
        return Output(shape: shape, values: values)
    }
}

/// A `.npy` file of 8-byte little-endian elements in C order, as `generate.py` writes them.
///
/// Source: numpy, "A simple file format for NumPy arrays" (NEP 1), version 1.0.
struct NumpyFile {
    let shape: [Int]
    private let words: [UInt64]

    init(_ url: URL) throws {
        let data = [UInt8](try Data(contentsOf: url))
        guard data.count > 10, data.starts(with: [0x93] + Array("NUMPY".utf8) + [1, 0]) else {
            throw ParityFailure("\(url.path) is not a version 1.0 .npy file")
        }
        let start = 10 + Int(data[8]) + Int(data[9]) << 8
        let header = String(decoding: data[10..<start], as: UTF8.self)
        guard let match = header.firstMatch(of: /'shape': \(([0-9, ]*)\)/), header.contains("'fortran_order': False")
        else { throw ParityFailure("\(url.path) has the header \(header)") }
        let shape = match.1.split(separator: /[, ]+/).compactMap { Int($0) }
        guard data.count - start == shape.reduce(1, *) * 8 else { throw ParityFailure("\(url.path) is cut short") }
        self.shape = shape
        words = stride(from: start, to: data.count, by: 8).map { offset in
            (0..<8).reduce(0) { $0 | UInt64(data[offset + $1]) << (8 * UInt64($1)) }
        }
    }

    func doubles() -> [Double] { words.map(Double.init(bitPattern:)) }

    func integers() -> [Int64] { words.map(Int64.init(bitPattern:)) }

    func matrix() throws -> Matrix<Double> {
        guard shape.count == 2 else { throw ParityFailure("rows of shape \(shape)") }
        return Matrix(rowCount: shape[0], columnCount: shape[1], elements: doubles())
    }
}
