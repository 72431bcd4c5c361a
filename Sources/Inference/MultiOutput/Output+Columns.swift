extension Output {
    /// Answers of one dimension, side by side: a matrix with a column for each.
    ///
    /// They are of one element type, as the targets come from one array; numbers of several types become `float64`, as
    /// numpy makes them.
    init(columns: [Output]) throws(InferenceError) {
        let rowCount = columns.first?.shape.first ?? 0
        guard columns.allSatisfy({ $0.shape == [rowCount] }) else {
            throw InferenceError(.invalidModel, "an estimator of one target answers a matrix")
        }
        let values = columns.map(\.values)
        let shape = [rowCount, columns.count]
        if let float64 = interleave(values.map(\.float64), rowCount) {
            self.init(shape: shape, values: .float64(float64))
        } else if let int64 = interleave(values.map(\.int64), rowCount) {
            self.init(shape: shape, values: .int64(int64))
        } else if let bool = interleave(values.map(\.bool), rowCount) {
            self.init(shape: shape, values: .bool(bool))
        } else if let string = interleave(values.map(\.string), rowCount) {
            self.init(shape: shape, values: .string(string))
        } else if let float64 = interleave(values.map(\.numbers), rowCount) {
            self.init(shape: shape, values: .float64(float64))
        } else {
            throw InferenceError(.invalidModel, "the targets' labels are of several kinds")
        }
    }
}

/// Columns of `rowCount` elements each as a row-major matrix; nil if any of them is.
private func interleave<Element>(_ columns: [[Element]?], _ rowCount: Int) -> [Element]? {
    var present: [[Element]] = []
    for column in columns {
        guard let column else { return nil }
        present.append(column)
    }
    var elements: [Element] = []
    elements.reserveCapacity(rowCount * present.count)
    for row in 0..<rowCount {
        for column in present { elements.append(column[row]) }
    }
    return elements
}

extension OutputValues {
    /// The values as `float64`, if they are numbers.
    fileprivate var numbers: [Double]? { float64 ?? int64?.map(Double.init) }
}
