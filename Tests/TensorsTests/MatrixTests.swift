import Tensors
import Testing

@Suite("Matrix")
struct MatrixTests {
    @Test("A range of rows keeps row-major order")
    func rows() {
        let matrix = Matrix(rowCount: 3, columnCount: 2, elements: [1, 2, 3, 4, 5, 6])
        #expect(matrix.rows(1..<3) == Matrix(rowCount: 2, columnCount: 2, elements: [3, 4, 5, 6]))
        #expect(matrix[2, 0] == 5)
        #expect(Array(matrix.row(0)) == [1, 2])
    }
}
