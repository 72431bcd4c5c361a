import Inference
import PickleCodec
import Serving
import Tensors

/// Reads rows from files.
enum InputRows {
    /// The largest file of rows that is read.
    private static let maximumBytes = 4 << 30

    /// The rows of a file, and what it asks for beyond the prediction.
    static func read(_ path: String, for plan: Plan) throws -> V1Request {
        let bytes = try contents(path)
        do {
            switch path.split(separator: ".").last?.lowercased() {
            case "npy": return V1Request(rows: try matrix(NPY.read(bytes)))
            case "csv": return V1Request(rows: try table(String(decoding: bytes, as: UTF8.self), plan.featureNames))
            default: return try V1Request.decode(bytes.span, for: ModelInput(plan))
            }
        } catch {
            throw Refusal("\(path): \(error)")
        }
    }

    private static func contents(_ path: String) throws -> [UInt8] {
        if path == "-" {
            var bytes: [UInt8] = []
            while let line = readLine(strippingNewline: false) { bytes += Array(line.utf8) }
            return bytes
        }
        do throws(PickleError) { return try readFile(path, limit: maximumBytes) } catch {
            throw Refusal("\(error)")
        }
    }

    private static func matrix(_ array: NDArray) throws -> Matrix<Double> {
        guard array.shape.count == 2, let numbers = array.doubles() else {
            throw Refusal("expected a two-dimensional array of numbers, found one of shape \(array.shape)")
        }
        return Matrix(rowCount: array.shape[0], columnCount: array.shape[1], elements: numbers)
    }

    /// The rows of a CSV file; columns with names must be the model's, if it knows names.
    private static func table(_ text: String, _ names: [String]?) throws -> Matrix<Double> {
        let csv = try CSVRows(text)
        if let names, let found = csv.names, found != names {
            throw Refusal(
                "the columns are \(found.joined(separator: ", ")), the model's \(names.joined(separator: ", "))"
            )
        }
        return csv.rows
    }
}
