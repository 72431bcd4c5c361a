extension Answer {
    /// The answers for consecutive batches of rows, out of that for all of them; nil if it is not for so many rows.
    package func split(rowCounts: [Int]) -> [Answer]? {
        switch self {
        case .array(let output): return output.split(rowCounts)?.map { .array($0) }
        case .perTarget(let outputs):
            let targets = outputs.compactMap { $0.split(rowCounts) }
            guard targets.count == outputs.count else { return nil }
            return rowCounts.indices.map { batch in .perTarget(targets.map { $0[batch] }) }
        }
    }
}

extension Output {
    /// The parts of an array that follow each other, of so many rows each.
    fileprivate func split(_ rowCounts: [Int]) -> [Output]? {
        guard let all = shape.first, all == rowCounts.reduce(0, +) else { return nil }
        let width = shape.dropFirst().reduce(1, *)
        var start = 0
        return rowCounts.map { rowCount in
            defer { start += rowCount * width }
            return Output(
                shape: [rowCount] + shape.dropFirst(), values: values.elements(start..<start + rowCount * width))
        }
    }
}

extension OutputValues {
    /// The elements of a range.
    fileprivate func elements(_ range: Range<Int>) -> OutputValues {
        switch self {
        case .float64(let values): .float64(Array(values[range]))
        case .int64(let values): .int64(Array(values[range]))
        case .bool(let values): .bool(Array(values[range]))
        case .string(let values): .string(Array(values[range]))
        }
    }
}
