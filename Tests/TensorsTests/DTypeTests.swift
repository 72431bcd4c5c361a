import Tensors
import Testing

@Suite("DType")
struct DTypeTests {
    @Test(
        "numpy's codes",
        arguments: [
            ("f8", DType.float64), ("<f4", .float32), ("=i8", .int64), ("|b1", .bool), ("?", .bool),
            (">f8", DType(kind: .float, itemSize: 8, isBigEndian: true)), ("f2", DType(kind: .float, itemSize: 2)),
            ("f16", DType(kind: .float, itemSize: 16)), ("c16", DType(kind: .complex, itemSize: 16)),
            ("|u1", DType(kind: .unsignedInteger, itemSize: 1)), ("S3", DType(kind: .bytes, itemSize: 3)),
            ("<U5", DType(kind: .unicode, itemSize: 20)), ("V7", DType(kind: .void, itemSize: 7)),
            ("M8[ns]", DType(kind: .datetime(unit: "ns"), itemSize: 8)), ("O", DType(kind: .object, itemSize: 8)),
            ("m8[25us]", DType(kind: .timedelta(unit: "25us"), itemSize: 8)),
            ("M8", DType(kind: .datetime(unit: ""), itemSize: 8)),
        ])
    func codes(code: String, type: DType) {
        #expect(DType(code: code) == type)
    }

    @Test(
        "Other codes are none",
        arguments: [
            "", "<", "f3", "f", "i16", "u0", "b2", "x8", "f-8", "M4", "M8[ns", "S99999999999", "U-1", "f8 ", "O4",
        ])
    func unknownCodes(code: String) {
        #expect(DType(code: code) == nil)
    }

    @Test("Records know how deeply they nest")
    func depth() {
        let inner = DType(kind: .record([.init(name: "a", type: .float64, offset: 0)]), itemSize: 8)
        let outer = DType(kind: .record([.init(name: "b", type: inner, offset: 8)]), itemSize: 16)
        #expect([DType.float64, inner, outer].map(\.recordDepth) == [0, 1, 2])
    }
}
