import Tensors
import Testing

@Suite("NDArray")
struct NDArrayTests {
    @Test(
        "Shapes that the bytes do not bear out are refused",
        arguments: [
            [3], [-2], [-1, -2], [1 << 62, 4], [1 << 62, 2], [0], [Int.max, Int.max], [2, Int.min], [0, -1],
        ])
    func badShapes(shape: [Int]) {
        #expect(NDArray(dtype: .float64, shape: shape, bytes: [UInt8](repeating: 0, count: 16)[...]) == nil)
    }

    @Test("Elements without bytes can be one or none, but not many")
    func emptyElements() {
        let text = DType(kind: .unicode, itemSize: 0)
        #expect(NDArray(dtype: text, shape: [], bytes: [])?.strings() == [""])
        #expect(NDArray(dtype: text, shape: [0], bytes: [])?.strings() == [])
        #expect(NDArray(dtype: text, shape: [1 << 60], bytes: []) == nil)
    }

    @Test("A slice of other bytes is read where it lies")
    func slice() throws {
        let bytes: [UInt8] = [9, 9, 9, 1, 0, 2, 0, 9]
        let array = try #require(
            NDArray(dtype: DType(kind: .signedInteger, itemSize: 2), shape: [2], bytes: bytes[3..<7]))
        #expect(array.integers() == [1, 2])
        #expect(array.count == 2)
    }

    @Test(
        "Half-precision numbers",
        arguments: [
            (0x0000, 0), (0x0001, 0x1p-24), (0x03FF, 1023 * 0x1p-24), (0x0400, 0x1p-14), (0x3C00, 1), (0xC000, -2),
            (0x3555, 0.333251953125), (0x7BFF, 65504), (0x7C00, .infinity), (0xFC00, -.infinity),
        ] as [(UInt16, Double)])
    func halves(bits: UInt16, value: Double) {
        let bytes = [UInt8(bits & 0xFF), UInt8(bits >> 8)]
        #expect(NDArray(dtype: DType(kind: .float, itemSize: 2), shape: [], bytes: bytes[...])?.doubles() == [value])
    }

    @Test("Integers that do not fit are refused, and are read as doubles")
    func unsigned() {
        let type = DType(kind: .unsignedInteger, itemSize: 8)
        let array = NDArray(dtype: type, shape: [1], bytes: [UInt8](repeating: 255, count: 8)[...])
        #expect(array?.integers() == nil)
        #expect(array?.doubles() == [0x1p64])
    }

    @Test("Text of units that are no characters is refused")
    func badText() {
        let type = DType(kind: .unicode, itemSize: 4)
        #expect(NDArray(dtype: type, shape: [1], bytes: [0, 0xD8, 0, 0])?.strings() == nil)
        #expect(NDArray(dtype: type, shape: [1], bytes: [0, 0, 0, 1])?.strings() == nil)
        #expect(NDArray(dtype: type, shape: [1], bytes: [0x41, 0, 0, 0])?.strings() == ["A"])
    }

    @Test("Three dimensions in Fortran order")
    func fortranOrder() {
        let type = DType(kind: .unsignedInteger, itemSize: 1)
        let stored: [UInt8] = [0, 4, 2, 6, 1, 5, 3, 7]
        let array = NDArray(dtype: type, shape: [2, 2, 2], isFortranOrder: true, bytes: stored[...])
        #expect(array?.integers() == [0, 1, 2, 3, 4, 5, 6, 7])
    }
}
