import Tensors
import TestSupport
import Testing

@testable import Serving

@Suite("V2 inputs as rows")
struct InferRowsTests {
    private func rows(
        _ inputs: String, parameters: String = "null", for input: ModelInput = V2.model.input
    ) throws -> [[Double]] {
        let request = try V2.decode(#"{"parameters":\#(parameters),"inputs":[\#(inputs)]}"#, for: input)
        let rows = try request.rows(for: input)
        return (0..<rows.rowCount).map { Array(rows.row($0)) }
    }

    private func column(_ name: String, _ shape: String, _ data: String) -> String {
        #"{"name":"\#(name)","shape":\#(shape),"datatype":"FP64","data":\#(data)}"#
    }

    private static let byColumn = #"{"content_type":"pd"}"#
    private static let named = ModelInput(featureCount: 2, featureNames: ["a", "b"])

    @Test("One input is the matrix")
    func matrix() throws {
        #expect(try rows(column("x", "[2,2]", "[1,2,3,4]")) == [[1, 2], [3, 4]])
        #expect(
            try rows(column("x", "[2,2]", "[1,2,3,4]"), parameters: #"{"content_type":"np"}"#) == [[1, 2], [3, 4]])
        let one = ModelInput(featureCount: 1, featureNames: nil)
        #expect(try rows(column("x", "[2]", "[1,2]"), for: one) == [[1], [2]])
        #expect(try rows(column("x", "[2]", "[1,2]"), parameters: Self.byColumn, for: one) == [[1], [2]])
    }

    @Test("Several are columns, in their order or by the model's names", arguments: ["null", byColumn])
    func columns(parameters: String) throws {
        let (a, b) = (column("a", "[2]", "[1,3]"), column("b", "[2,1]", "[2,4]"))
        #expect(try rows("\(a),\(b)", parameters: parameters) == [[1, 2], [3, 4]])
        #expect(try rows("\(b),\(a)", parameters: parameters) == [[2, 1], [4, 3]])
        #expect(try rows("\(b),\(a)", parameters: parameters, for: Self.named) == [[1, 2], [3, 4]])
    }

    @Test("Names that are not the model's")
    func names() {
        let (a, c) = (column("a", "[1]", "[1]"), column("c", "[1]", "[2]"))
        #expect(
            V2.refusal { try rows("\(a),\(c)", for: Self.named) }
                == "The feature names should match those that were passed during fit.\n"
                + "Feature names unseen at fit time:\n- c\nFeature names seen at fit time, yet now missing:\n- b\n")
        let twice = ModelInput(featureCount: 3, featureNames: ["a", "a", "c"])
        #expect(V2.refusal { try rows("\(a),\(c)", for: twice) } != nil)
    }

    @Test("Inputs that make up no rows")
    func refused() {
        #expect(V2.refusal { try rows("") } == "the request has no inputs")
        #expect(
            V2.refusal { try rows(column("x", "[2]", "[1,2]")) }
                == "Expected 2D array, got 1D array instead: input 'x' must have the shape [rows, 2].")
        #expect(V2.refusal { try rows(column("x", "[]", "[1]")) }?.hasPrefix("Expected 2D array, got 0D") == true)
        #expect(
            V2.refusal { try rows(column("x", "[1,1,2]", "[1,2]")) }
                == "Found array with dim 3. Estimator expected <= 2.")
        let (a, b) = (column("a", "[2]", "[1,3]"), column("b", "[3]", "[2,4,6]"))
        #expect(V2.refusal { try rows("\(a),\(b)") } == "All arrays must be of the same length")
        #expect(
            V2.refusal { try rows("\(a),\(column("b", "[1,2]", "[2,4]"))") }
                == "Input 'b' is a column and must have the shape [rows] or [rows, 1], not [1, 2].")
        #expect(
            V2.refusal { try rows("\(a),\(b)", parameters: #"{"content_type":"np"}"#) }
                == "content_type 'np' takes one input, and the request has 2")
        #expect(
            V2.refusal { try rows(#"{"name":"x","shape":[1,2],"datatype":"BYTES","data":["a","b"]}"#) }
                == "Input 'x' has the datatype BYTES, and the model takes numbers.")
    }
}
