import TestSupport
import Testing

@testable import Serving

@Suite("V2 requests in JSON")
struct InferRequestTests {
    @Test("Everything a request may say, null standing for nothing")
    func whole() throws {
        let request = try V2.decode(
            #"{"id":"7","parameters":{"content_type":"np","binary_data_output":true,"x":[{}]},"#
                + #""inputs":[{"name":"a","shape":[1,2],"datatype":"FP64","parameters":{"content_type":"np"},"#
                + #""data":[1,2]}],"outputs":[{"name":"output-0","parameters":{"binary_data":false}},"#
                + #"{"name":"predict","parameters":null}],"unknown":{}}"#)
        #expect(request.id == "7")
        #expect(request.contentType == .array)
        #expect(request.wantsBinaryOutputs)
        #expect(request.inputs.map(\.name) == ["a"])
        #expect(request.inputs[0].shape == [1, 2])
        #expect(request.inputs[0].numbers == [1, 2])
        #expect(request.outputs.map(\.name) == ["output-0", "predict"])
        #expect(request.outputs.map(\.isBinary) == [false, nil])
        let empty = try V2.decode(
            #"{"id":null,"parameters":null,"outputs":null,"inputs":[{"name":"a","shape":[0,2],"datatype":"INT8","#
                + #""parameters":null,"data":[]}]}"#)
        #expect(empty.id == nil && empty.outputs.isEmpty && empty.inputs[0].numbers == [])
    }

    @Test("Members come in any order, and the last of one name counts")
    func order() throws {
        for json in [
            #"{"inputs":[{"data":[[1,2]],"datatype":"UINT8","shape":[1,2],"name":"a"}]}"#,
            #"{"inputs":[{"name":"a","shape":[2],"datatype":"FP32","data":[1.5,9],"shape":[1,2],"#
                + #""datatype":"UINT8","data":[1,2]}]}"#,
            #"{"inputs":[{"data":[1,2],"name":"b","datatype":"INT64","shape":[2],"name":"a","datatype":"UINT8","#
                + #""shape":[1,2]}]}"#,
        ] {
            let input = try V2.decode(json).inputs[0]
            #expect(input.name == "a" && input.datatype == .uint8 && input.shape == [1, 2])
            #expect(input.numbers == [1, 2])
        }
    }

    @Test(
        "Elements nest as deeply as the client likes",
        arguments: ["[1,2,3,4]", "[[1,2],[3,4]]", "[[[1],[2]],[[3],[4]]]", "[[1,2,3,4]]"])
    func nested(data: String) throws {
        #expect(try V2.decode(V2.input("INT32", "[2,2]", data)).inputs[0].numbers == [1, 2, 3, 4])
    }

    @Test(
        "The values of each datatype, its ends included",
        arguments: [
            ("BOOL", "[true,false,1,0]", [1, 0, 1, 0]), ("UINT8", "[0,255]", [0, 255]),
            ("UINT16", "[0,65535]", [0, 65_535]), ("UINT32", "[0,4294967295]", [0, 4_294_967_295]),
            ("UINT64", "[0,18446744073709551615]", [0, 0x1p64]), ("INT8", "[-128,127]", [-128, 127]),
            ("INT16", "[-32768,32767]", [-32_768, 32_767]),
            ("INT32", "[-2147483648,2147483647]", [-2_147_483_648, 2_147_483_647]),
            ("INT64", "[-9223372036854775808,9223372036854775807]", [-0x1p63, 0x1p63]),
            ("FP32", "[0.1,-3.4e38]", [Double(Float(0.1)), Double(Float(-3.4e38))]),
            ("FP64", "[0.1,1e308]", [0.1, 1e308]),
            ("INT8", "[1.0,1e2]", [1, 100]),
        ])
    func values(datatype: String, data: String, expected: [Double]) throws {
        #expect(try V2.decode(V2.input(datatype, "[\(expected.count)]", data)).inputs[0].numbers == expected)
    }

    @Test("null is NaN where there is one, and strings are counted")
    func others() throws {
        #expect(try V2.decode(V2.input("FP32", "[1]", "[null]")).inputs[0].numbers?[0].isNaN == true)
        #expect(try V2.decode(V2.input("FP64", "[1]", "[null]")).inputs[0].numbers?[0].isNaN == true)
        #expect(try V2.decode(V2.input("BYTES", "[2]", #"["a","\n"]"#)).inputs[0].elements == .bytes)
    }

    @Test(
        "Every datatype with wrong data",
        arguments: [
            ("BOOL", "2"), ("BOOL", "\"true\""), ("BOOL", "null"), ("UINT8", "256"), ("UINT8", "-1"), ("UINT8", "0.5"),
            ("UINT8", "true"), ("UINT16", "65536"), ("UINT32", "4294967296"), ("UINT64", "-1"),
            ("UINT64", "18446744073709551616"), ("UINT64", "null"), ("INT8", "128"), ("INT16", "-32769"),
            ("INT32", "2147483648"), ("INT64", "9223372036854775808"), ("INT64", "-9223372036854775809"),
            ("INT64", "1e30"), ("INT64", "{}"), ("FP32", "1e39"), ("FP32", "true"), ("FP64", "\"1\""), ("FP64", "true"),
            ("BYTES", "1"), ("BYTES", "null"),
        ])
    func wrongValues(datatype: String, value: String) {
        let message = V2.refusal { try V2.decode(V2.input(datatype, "[1]", "[\(value)]")) } ?? ""
        #expect(message.hasPrefix("input 'x': data[0] is not a "), "\(message)")
    }

    @Test("FP16 and BF16 do not come as JSON", arguments: ["FP16", "BF16"])
    func halves(datatype: String) {
        #expect(
            V2.refusal { try V2.decode(V2.input(datatype, "[1]", "[1.0]")) }
                == "Sending \(datatype) data via JSON is not supported. Please use the binary data format for input x")
    }

    @Test(
        "Shapes and elements that do not go together",
        arguments: [
            ("[2,2]", "[1,2,3]", "data has 3 elements, but shape [2, 2] has 4"),
            ("[3]", "[1,2,3,4]", "data has more elements than shape [3], which has 3"),
            ("[4]", "[[1,2,3],[4]]", "data is not rectangular"), ("[3]", "[[1],2,3]", "data is not rectangular"),
            ("[3]", "[1,[2],3]", "data[1] is not a value of FP64"), ("[1]", "[[],[1]]", "data is not rectangular"),
            ("[2]", "[[[1]],[2]]", "data is not rectangular"), ("[1]", "3", "data is not a list"),
            ("[1]", String(repeating: "[", count: 17) + String(repeating: "]", count: 17), "data is nested too deeply"),
        ])
    func wrongShapes(shape: String, data: String, expected: String) {
        let message = V2.refusal { try V2.decode(V2.input("FP64", shape, data)) }
        #expect(message == "input 'x': \(expected)")
    }

    @Test(
        "Shapes that are none",
        arguments: [
            ("[-1,2]", "input 'x' has a negative dimension: [-1, 2]"),
            ("[4611686018427387904,4]", "Expected \"shape\" to be an integer within 2^53"),
            (
                "[9007199254740992,9007199254740992]",
                "input 'x' has more elements than can be counted: [9007199254740992, 9007199254740992]"
            ),
            ("[1.5]", "Expected \"shape\" to be an integer within 2^53"),
            ("[1e300]", "Expected \"shape\" to be an integer within 2^53"),
            ("[\"1\"]", "Expected \"shape\" to be an integer"), ("2", "Expected \"shape\" to be a list of integers"),
            ("null", "'shape' field is missing for input 'x' for model 'm'"),
            ("[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]", "a shape has more than 16 dimensions"),
        ])
    func noShapes(shape: String, expected: String) {
        #expect(V2.refusal { try V2.decode(V2.input("FP64", shape, "[1,2]")) } == expected)
    }

    @Test(
        "Requests that are none",
        arguments: [
            (
                #"{"inputs":[{"name":"x","shape":[1],"datatype":"FP64"}]}"#,
                "'data' field is missing for input 'x' for model 'm'"
            ),
            (
                #"{"inputs":[{"name":"x","shape":[1],"datatype":"FP65","data":[1]}]}"#,
                "invalid datatype FP65 in the input"
            ),
            (#"{"inputs":[{"name":"x","shape":[1],"data":[1]}]}"#, "invalid datatype None in the input"),
            (#"{"inputs":[{"shape":[1],"datatype":"FP64","data":[1]}]}"#, "an input has no name"),
            (#"{"inputs":{}}"#, #"Expected "inputs" to be a list"#),
            (#"{"inputs":[1]}"#, #"Expected each of "inputs" to be an object"#),
            (#"{"id":7}"#, #"Expected "id" to be a string"#), (#"{"outputs":[{}]}"#, "an output has no name"),
            (#"{"outputs":[{"name":"a"},{"name":"a"}]}"#, "output 'a' is asked for more than once"),
            (#"{"parameters":[]}"#, #"Expected "parameters" to be an object"#),
            (#"{"parameters":{"binary_data_output":1}}"#, #"Expected "binary_data_output" to be true or false"#),
            (#"{"parameters":{"content_type":"str"}}"#, "content_type 'str' is not supported; known are np and pd"),
            ("[]", #"Expected a JSON object such as {"inputs": [...]}"#),
            ("", "Unrecognized request format: Input is a zero-length, empty document: line 1 column 1 (char 0)"),
            (
                #"{"id":"a"} x"#,
                "Unrecognized request format: unexpected content after document: line 1 column 12 (char 11)"
            ),
            (
                V2.rawInput("FP64", "[1]", 8),
                "input 'x' has binary_data_size, but the 'inference-header-content-length' header is missing"
            ),
        ])
    func refused(json: String, expected: String) {
        #expect(V2.refusal { try V2.decode(json) } == expected)
    }

    @Test("An input given twice, and more inputs and outputs than there may be")
    func counts() {
        let one = #"{"name":"x","shape":[1],"datatype":"FP64","data":[1]}"#
        #expect(V2.refusal { try V2.decode(#"{"inputs":[\#(one),\#(one)]}"#) } == "input 'x' is given more than once")
        let inputs = (0...InferLimits.maximumInputs).map { one.replacing("\"x\"", with: "\"\($0)\"") }
        #expect(
            V2.refusal { try V2.decode(#"{"inputs":[\#(inputs.joined(separator: ","))]}"#) } == "more than 16384 inputs"
        )
        let outputs = (0...InferLimits.maximumOutputs).map { #"{"name":"\#($0)"}"# }
        #expect(
            V2.refusal { try V2.decode(#"{"outputs":[\#(outputs.joined(separator: ","))]}"#) } == "more than 64 outputs"
        )
    }

    @Test("An id and a name of a megabyte are not repeated")
    func lengths() {
        let long = String(repeating: "x", count: 1 << 20)
        #expect(V2.refusal { try V2.decode(#"{"id":"\#(long)"}"#) } == "the id is longer than 4096 bytes")
        let named = V2.refusal {
            try V2.decode(#"{"inputs":[{"name":"\#(long)","shape":[1],"datatype":"FP64","data":[1]}]}"#)
        }
        #expect(named?.hasSuffix("...' is longer than 1024 bytes") == true)
        #expect((named?.utf8.count ?? .max) < 200)
    }

    @Test("A request cut off anywhere is refused")
    func cutOff() throws {
        let json = #"{"id":"7","inputs":[{"name":"a","shape":[1,2],"datatype":"FP64","data":[[1.5,2]]}],"outputs":[]}"#
        _ = try V2.decode(json)
        for count in 0..<json.utf8.count {
            #expect(throws: ServingError.self, "\(count) bytes") { try V2.decode(String(json.prefix(count))) }
        }
    }
}
