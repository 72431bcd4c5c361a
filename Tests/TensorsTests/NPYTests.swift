import Tensors
import Testing

@Suite("NPY")
struct NPYTests {
    /// A file of a version, a header and the array's bytes.
    private func file(version: UInt8 = 1, _ header: String, _ data: [UInt8]) -> [UInt8] {
        let width = version == 1 ? 2 : 4
        let length = (0..<width).map { UInt8(truncatingIfNeeded: header.utf8.count >> (8 * $0)) }
        return [0x93] + Array("NUMPY".utf8) + [version, 0] + length + Array(header.utf8) + data
    }

    @Test("Versions of the format", arguments: [1, 2, 3] as [UInt8])
    func versions(version: UInt8) throws {
        let bytes = file(
            version: version, "{'descr': '<i2', 'fortran_order': False, 'shape': (2,), }\n", [1, 0, 255, 255])
        let array = try NPY.read(bytes)
        #expect(array.shape == [2])
        #expect(array.integers() == [1, -1])
    }

    @Test("Fortran order")
    func fortranOrder() throws {
        let bytes = file("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3)}", [0, 3, 1, 4, 2, 5])
        #expect(try NPY.read(bytes).doubles() == [0, 1, 2, 3, 4, 5])
    }

    @Test("A scalar has no dimensions")
    func scalar() throws {
        let array = try NPY.read(file("{'descr': '>f4', 'fortran_order': False, 'shape': ()}", [0x3F, 0xC0, 0, 0]))
        #expect(array.shape.isEmpty)
        #expect(array.doubles() == [1.5])
    }

    @Test("A matrix comes back as it was written", arguments: [(0, 3), (1, 1), (3, 2), (20, 45)])
    func roundTrip(rowCount: Int, columnCount: Int) throws {
        let elements = (0..<rowCount * columnCount).map { 1 / Double($0) - 3 }
        let bytes = NPY.write(Matrix(rowCount: rowCount, columnCount: columnCount, elements: elements))
        let array = try NPY.read(bytes)
        #expect(array.shape == [rowCount, columnCount])
        #expect(array.doubles() == elements)
        #expect((bytes.count - 8 * elements.count) % 64 == 0)
    }

    @Test(
        "Headers that are none are refused",
        arguments: [
            "", "{", "{'descr': '<f8'}", "{'descr': '<f8', 'fortran_order': False}",
            "{'descr': '<f8', 'fortran_order': 0, 'shape': (1,)}",
            "{'descr': '<f8', 'fortran_order': False, 'shape': 1}",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (x,)}",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (1,}",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (2,)}",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 4)}",
            "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,)}",
            "{'descr': '|O', 'fortran_order': False, 'shape': (1,)}",
            "{'descr': '<U0', 'fortran_order': False, 'shape': (1152921504606846976,)}",
            "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,)}",
            "{'descr': '<x8', 'fortran_order': False, 'shape': (1,)}",
        ])
    func badHeaders(header: String) {
        #expect(throws: NPY.FormatError.self) { try NPY.read(file(header, [UInt8](repeating: 0, count: 8))) }
    }

    @Test("A file cut off anywhere is refused")
    func truncation() {
        let bytes = NPY.write(Matrix(rowCount: 2, columnCount: 1, elements: [1, 2]))
        for count in bytes.indices {
            #expect(throws: NPY.FormatError.self) { try NPY.read(Array(bytes[..<count])) }
        }
    }

    @Test("Other versions, and headers longer than the file, are refused", arguments: [0, 4, 255] as [UInt8])
    func otherVersions(version: UInt8) {
        let header = "{'descr': '|u1', 'fortran_order': True, 'shape': ()}"
        #expect(throws: NPY.FormatError.self) { try NPY.read(file(version: version, header, [0])) }
        let long: [UInt8] = [0x93] + Array("NUMPY".utf8) + [2, 0, 255, 255, 255, 255]
        #expect(throws: NPY.FormatError.self) { try NPY.read(long) }
    }
}
