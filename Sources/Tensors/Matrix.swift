/// A dense two-dimensional array, row-major, rows being samples and columns features or outputs.
public struct Matrix<Element: BitwiseCopyable & Sendable>: Sendable {
    /// The number of rows (samples).
    public let rowCount: Int
    /// The number of columns (features or outputs).
    public let columnCount: Int
    /// The elements, row after row; `rowCount * columnCount` of them.
    public var elements: [Element] {
        didSet { precondition(elements.count == rowCount * columnCount, "a matrix cannot change its size") }
    }

    /// Wraps row-major elements; their number must be `rowCount * columnCount`.
    public init(rowCount: Int, columnCount: Int, elements: [Element]) {
        precondition(rowCount >= 0 && columnCount >= 0 && elements.count == rowCount * columnCount)
        self.rowCount = rowCount
        self.columnCount = columnCount
        self.elements = elements
    }

    /// The element at a row and a column, both counted from 0.
    public subscript(row: Int, column: Int) -> Element {
        elements[row * columnCount + column]
    }

    /// One row, sharing the matrix's storage.
    public func row(_ index: Int) -> ArraySlice<Element> {
        elements[index * columnCount..<(index + 1) * columnCount]
    }

    /// The rows of a range, as a matrix of their own.
    public func rows(_ range: Range<Int>) -> Matrix {
        if range == 0..<rowCount { return self }
        return Matrix(
            rowCount: range.count,
            columnCount: columnCount,
            elements: Array(elements[range.lowerBound * columnCount..<range.upperBound * columnCount])
        )
    }
}

extension Matrix: Equatable where Element: Equatable {}
