import Inference
import TestSupport
import Testing

@testable import Serving

@Suite("V2 raw tensors")
struct RawTensorTests {
    private static func bytes(_ word: UInt64, _ size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
    }

    @Test(
        "The values of each datatype",
        arguments: [
            ("BOOL", 1, [0, 1], [0, 1]), ("UINT8", 1, [0, 255], [0, 255]), ("INT8", 1, [0x80, 0x7F], [-128, 127]),
            ("UINT16", 2, [0xFFFE], [65_534]), ("INT16", 2, [0xFFFE], [-2]),
            ("UINT32", 4, [0xFFFF_FFFE], [4_294_967_294]),
            ("INT32", 4, [0xFFFF_FFFE], [-2]), ("UINT64", 8, [1 << 63], [0x1p63]), ("INT64", 8, [.max], [-1]),
            ("FP16", 2, [0x3C00, 0xC000, 0x0001, 0x7BFF, 0x3555], [1, -2, 0x1p-24, 65_504, 0.333251953125]),
            ("FP16", 2, [0x7C00, 0xFC00, 0x03FF, 0x8000], [.infinity, -.infinity, 0x3FFp-24, 0]),
            ("BF16", 2, [0x3F80, 0xC040], [1, -3]), ("FP32", 4, [0x3FC0_0000], [1.5]),
            ("FP64", 8, [0x3FF8_0000_0000_0000], [1.5]),
        ] as [(String, Int, [UInt64], [Double])])
    func values(datatype: String, size: Int, words: [UInt64], expected: [Double]) throws {
        let raw = words.flatMap { Self.bytes($0, size) }
        let request = try V2.decode(V2.rawInput(datatype, "[\(words.count)]", raw.count), raw: raw)
        #expect(request.inputs[0].numbers == expected)
    }

    @Test("Every half is the number that the bits stand for")
    func halves() {
        for bits in UInt16.min...UInt16.max {
            let (mine, exact) = (RawTensorReader.half(bits), Double(Float16(bitPattern: bits)))
            #expect(mine == exact && mine.sign == exact.sign || mine.isNaN && exact.isNaN, "\(bits)")
        }
    }

    @Test("Raw tensors follow each other in the order of their inputs, beside others in JSON")
    func several() throws {
        let json =
            #"{"inputs":[{"name":"a","shape":[1],"datatype":"INT8","parameters":{"binary_data_size":1}},"#
            + #"{"name":"b","shape":[1],"datatype":"FP64","data":[2.5]},"#
            + #"{"name":"c","shape":[2],"datatype":"BYTES","parameters":{"binary_data_size":9}},"#
            + #"{"name":"d","shape":[1],"datatype":"UINT16","parameters":{"binary_data_size":2}}]}"#
        let request = try V2.decode(json, raw: [7, 1, 0, 0, 0, 65, 0, 0, 0, 0, 1, 1])
        #expect(request.inputs.map(\.numbers) == [[7], [2.5], nil, [257]])
    }

    @Test("Sizes off by one, against the shape and against the body")
    func sizes() {
        for datatype in InferDatatype.allCases {
            guard let size = datatype.elementSize else { continue }
            for difference in [-1, 1] {
                let count = 3 * size + difference
                let raw = [UInt8](repeating: 0, count: count)
                #expect(
                    V2.refusal { try V2.decode(V2.rawInput(datatype.rawValue, "[3]", count), raw: raw) }
                        == "input 'x' has \(count) raw bytes, but shape [3] of \(datatype.rawValue) needs \(3 * size)")
                let left = V2.refusal { try V2.decode(V2.rawInput(datatype.rawValue, "[3]", 3 * size), raw: raw) }
                #expect(
                    left
                        == (difference < 0
                            ? "input 'x' has a binary_data_size of \(3 * size), and \(count) bytes are left of the body"
                            : "1 bytes follow the last input of the body"))
            }
        }
    }

    @Test("Sizes that are none", arguments: [-1, .min, .max, 9_007_199_254_740_992])
    func hostileSizes(size: Int) {
        #expect(V2.refusal { try V2.decode(V2.rawInput("FP64", "[1]", size), raw: [0]) } != nil)
        #expect(
            V2.refusal { try V2.decode(V2.rawInput("FP64", "[9007199254740992]", 8), raw: [0, 0, 0, 0, 0, 0, 0, 0]) }
                != nil)
    }

    @Test(
        "Header lengths that are none",
        arguments: ["-1", "x", "", "1.5", "1000000", "99999999999999999999", " 10", "0x10"])
    func headerLengths(text: String) {
        let message = V2.refusal { try V2.decode("{}", raw: [], headerLength: text) } ?? ""
        #expect(message == "Inference-Header-Content-Length is \(text), and the body has 2 bytes")
    }

    @Test(
        "BYTES that overrun, are cut off or are not as many as the shape says",
        arguments: [
            ([1, 0, 0], "a length is cut off"), ([2, 0, 0, 0, 65], "element 0 is longer than the bytes that are left"),
            ([0xFF, 0xFF, 0xFF, 0xFF, 65], "element 0 is longer than the bytes that are left"),
            ([0, 0, 0, 0, 0, 0, 0, 0], "has 2 elements, but shape [1] has 1"),
            ([], "has 0 elements, but shape [1] has 1"),
        ] as [([UInt8], String)])
    func strings(raw: [UInt8], expected: String) {
        let message = V2.refusal { try V2.decode(V2.rawInput("BYTES", "[1]", raw.count), raw: raw) }
        #expect(message?.hasSuffix(expected) == true, "\(message ?? "read")")
    }

    @Test("A raw body: as many rows as there are bytes for")
    func rawBody() throws {
        let values: [Double] = [1, 2, 3, 4]
        let raw = values.flatMap { Self.bytes($0.bitPattern, 8) }
        let request = try V2.decode("", raw: raw, headerLength: "0")
        #expect(request.inputs[0].shape == [2, 2] && request.inputs[0].numbers == values)
        #expect(request.wantsBinaryOutputs)
        for count in [0, 1, 8, 15, 17, 31] {
            #expect(
                V2.refusal { try V2.decode("", raw: Array(raw.prefix(count)), headerLength: "0") }
                    == "a raw body must be rows of 2 FP64 values, 16 bytes each, and has \(count) bytes")
        }
    }

    @Test("Elements in both forms at once, and BOOL bytes that are neither")
    func contradictions() {
        let both =
            #"{"inputs":[{"name":"x","shape":[1],"datatype":"INT8","parameters":{"binary_data_size":1},"data":[1]}]}"#
        #expect(V2.refusal { try V2.decode(both, raw: [1]) } == "input 'x' has both data and binary_data_size")
        #expect(
            V2.refusal { try V2.decode(V2.rawInput("BOOL", "[1]", 1), raw: [2]) }
                == "input 'x' has bytes that are neither 0 nor 1, and is BOOL")
    }

    @Test("Outputs are written as they are read")
    func outputs() {
        #expect(OutputValues.float64([1.5]).raw == Self.bytes(0x3FF8_0000_0000_0000, 8))
        #expect(OutputValues.int64([-2]).raw == Self.bytes(.max - 1, 8))
        #expect(OutputValues.bool([true, false]).raw == [1, 0])
        #expect(OutputValues.string(["ab", ""]).raw == [2, 0, 0, 0, 97, 98, 0, 0, 0, 0])
    }
}
