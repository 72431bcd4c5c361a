import Inference
import Tensors
import Testing

@testable import Serving

@Suite("V1 requests")
struct V1RequestTests {
    private static let unnamed = ModelInput(featureCount: 2, featureNames: nil)
    private static let named = ModelInput(featureCount: 2, featureNames: ["a", "b"])
    private static let single = ModelInput(featureCount: 1, featureNames: nil)

    private func decode(_ text: String, _ input: ModelInput = unnamed) throws -> V1Request {
        try V1Request.decode(Array(text.utf8).span, for: input)
    }

    private func failure(_ text: String, _ input: ModelInput = unnamed) throws -> ServingError {
        try #require(throws: ServingError.self) { try decode(text, input) }
    }

    @Test(
        "Rows as lists, in any order of the members",
        arguments: [
            #"{"instances": [[1, 2], [3, 4]]}"#, #"{"inputs":[[1,2],[3,4]]}"#,
            #" { "instances" : [ [ 1 , 2 ] , [ 3e0 , 4.0 ] ] } "#,
            #"{"parameters":{"x":[{}]},"instances":[[1,2],[3,4]],"id":"7","signature_name":null}"#,
            #"{"instances":[["x"]],"inputs":[[1,2],[3,4]]}"#, #"{"inputs":[[1,2],[3,4]],"instances":[[9]]}"#,
            #"{"instances":[[9,9]],"instances":[[1,2],[3,4]]}"#, #"{"instances":["x"],"instances":[[1,2],[3,4]]}"#,
            #"{"\u0069nstances":[[1,2],[3,4]]}"#,
        ])
    func lists(_ text: String) throws {
        #expect(try decode(text).rows == Matrix(rowCount: 2, columnCount: 2, elements: [1, 2, 3, 4]))
    }

    @Test("null is NaN, true is 1, false is 0")
    func literals() throws {
        let rows = try decode(#"{"instances":[[null,true],[false,-0.0]]}"#).rows
        #expect(rows[0, 0].isNaN)
        #expect(Array(rows.elements[1...]) == [1, 0, 0])
        #expect(rows[1, 1].sign == .minus)
    }

    @Test("A list of values is a row each, for a model of one feature")
    func scalars() throws {
        #expect(
            try decode(#"{"instances":[1, null, 3]}"#, Self.single).rows.elements.map(\.description)
                == ["1.0", "nan", "3.0"])
        #expect(try failure(#"{"instances":[1,2]}"#).message.hasPrefix("Expected 2D array, got 1D array instead"))
    }

    @Test(
        "Rows by column name, whatever the order of the columns",
        arguments: [
            #"{"instances":[{"a":1,"b":2},{"b":4,"a":3}]}"#, #"{"instances":[{"b":[2,4],"a":[1,3]}]}"#,
            #"{"instances":[{"a":[1],"b":[2]},{"a":3,"b":4}]}"#, #"{"instances":[[{"a":1,"b":2}],[{"a":3,"b":4}]]}"#,
            #"{"inputs":{"a":[1,3],"b":[2,4]}}"#, #"{"instances":[{"a":9,"b":2,"\u0061":1},{"a":3,"b":4}]}"#,
        ])
    func columns(_ text: String) throws {
        let expected = Matrix<Double>(rowCount: 2, columnCount: 2, elements: [1, 2, 3, 4])
        #expect(try decode(text, Self.named).rows == expected)
    }

    @Test("Without names in the model, the first object's order counts")
    func unnamedColumns() throws {
        let rows = try decode(#"{"instances":[{"y":1,"x":2},{"x":4,"y":3}]}"#).rows
        #expect(rows.elements == [1, 2, 3, 4])
        #expect(try failure(#"{"instances":[{"y":1,"x":2},{"x":4,"z":3}]}"#).code == .unacceptableRows)
    }

    @Test("Other names than those of the fit get scikit-learn's sentence")
    func wrongNames() throws {
        #expect(
            try failure(#"{"instances":[{"a":1,"d":2,"c":3}]}"#, Self.named).message == """
                The feature names should match those that were passed during fit.
                Feature names unseen at fit time:
                - c
                - d
                Feature names seen at fit time, yet now missing:
                - b

                """)
    }

    @Test(
        "Rows that cannot be rows are the caller's mistake, which KServe calls its own",
        arguments: [
            (#"{"instances":[[1,2],[3]]}"#, "instances[1] has 1 value, but the rows before it have 2"),
            (#"{"instances":[[1,2],[]]}"#, "instances[1] has 0 values"),
            (#"{"inputs":[[1,"x"]]}"#, "inputs[0][1] is a string"),
            (#"{"instances":[["1.5",2]]}"#, "instances[0][0] is a string"),
            (#"{"instances":["x"]}"#, "instances[0] is a string"),
            (#"{"instances":[[[1,2]]]}"#, "instances[0][0] is a list"),
            (#"{"instances":[[1,{}]]}"#, "instances[0][1] is an object"),
            (#"{"instances":[[1,2],3]}"#, "instances[1] is a single value"),
            (#"{"instances":[1,[2]]}"#, "instances[1] is a list"),
            (#"{"instances":[{"a":[1,2],"b":[1]}]}"#, "All arrays must be of the same length"),
            (#"{"instances":[{"a":[1,2],"b":1}]}"#, "An object of columns must hold lists only"),
            (#"{"instances":[{"a":"x","b":1}]}"#, "instances[0][\"a\"] is a string"),
            (#"{"instances":[{"a":1,"b":2},[1,2,3]]}"#, "instances[1] has 3 values"),
            (#"{"x":1}"#, "The request has neither"), (#"{}"#, "The request has neither"),
        ])
    func unacceptable(_ text: String, _ sentence: String) throws {
        let error = try failure(text)
        #expect(error.message.hasPrefix(sentence))
        #expect(error.status(strictlyKServe: false) == 400)
        #expect(error.status(strictlyKServe: true) == 500)
    }

    @Test(
        "What is no request is malformed",
        arguments: [
            ("", "Unrecognized request format: Input is a zero-length"), ("[[1,2]]", "Expected a JSON object"),
            ("3", "Expected a JSON object"), (#"{"instances":3}"#, "Expected \"instances\" to be a list"),
            (#"{"instances":{"a":[1]}}"#, "Expected \"instances\" to be a list"),
            (#"{"instances":null,"inputs":[[1,2]]}"#, "Expected \"instances\" to be a list"),
            (#"{"inputs":3}"#, "Expected \"inputs\" to be a list or an object"),
            (#"{"instances":[[1,2]]}x"#, "Unrecognized request format: unexpected content after document"),
            (#"{"instances":[[1,1e400]]}"#, "Unrecognized request format: number is infinity"),
            (#"{"instances":[["x"]],"b":}"#, "Unrecognized request format: unexpected character"),
            (#"{"instances":[[1,2]"#, "Unrecognized request format: unexpected end of data"),
            (#"{"instances":[[1,2]],"parameters":3}"#, "Expected \"parameters\" to be an object"),
            (#"{"instances":[[1,2]],"parameters":{"outputs":"predict"}}"#, "Expected \"parameters.outputs\" to be"),
            (#"{"instances":[[1,2]],"parameters":{"outputs":["predict_prob"]}}"#, "Unknown output \"predict_prob\""),
        ])
    func malformed(_ text: String, _ sentence: String) throws {
        let error = try failure(text)
        #expect(error.message.hasPrefix(sentence))
        #expect(error.status(strictlyKServe: true) == 400)
    }

    @Test("Outputs are asked for by name, each once")
    func outputs() throws {
        let text = #"{"parameters":{"outputs":["decision_function","predict","predict"],"a":{}},"instances":[[1,2]]}"#
        #expect(try decode(text).outputs == [.decisionFunction, .predict])
        #expect(try decode(#"{"parameters":null,"instances":[[1,2]]}"#).outputs.isEmpty)
        #expect(try decode(#"{"parameters":{},"instances":[[1,2]]}"#).outputs.isEmpty)
    }

    @Test("No rows, and rows of no values, are left to the model's own sentence")
    func empty() throws {
        #expect(try decode(#"{"instances":[]}"#).rows.rowCount == 0)
        #expect(try decode(#"{"instances":[[]]}"#).rows == Matrix(rowCount: 1, columnCount: 0, elements: []))
    }

    @Test("Every truncation of a request is refused")
    func truncated() {
        let text = Array(#"{"instances":[[1.5,null],[true,4e1]],"parameters":{"outputs":["predict"]}}"#.utf8)
        for count in 0..<text.count {
            #expect(throws: ServingError.self) {
                try V1Request.decode(Array(text[..<count]).span, for: Self.unnamed)
            }
        }
    }
}
