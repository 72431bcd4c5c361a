public import Tensors

/// Rows of a schema's columns, with the moments they describe.
public struct FeatureRows: Sendable {
    /// The rows, in the order of time.
    public let values: Matrix<Double>
    /// The moment of each row, in seconds since 1970-01-01 00:00 UTC.
    public let times: [Int]
    /// Whether each row's moment is known to be anomalous or not; nil where nobody knows.
    public let isAnomaly: [Bool?]
    /// What came after each row, a column for each output; without columns if nothing was asked for.
    public let targets: Matrix<Double>
    /// What became of the moments.
    public let counts: RowCounts

    init(values: Matrix<Double>, times: [Int], isAnomaly: [Bool?], targets: Matrix<Double>, counts: RowCounts) {
        self.values = values
        self.times = times
        self.isAnomaly = isAnomaly
        self.targets = targets
        self.counts = counts
    }

    /// The number of rows.
    public var count: Int { times.count }
}

/// What became of the moments of series when rows were computed of them: each is counted once.
public struct RowCounts: Hashable, Sendable {
    /// Moments that became rows.
    public var rows = 0
    /// Moments at the start that have not enough before them to look back at.
    public var withoutHistory = 0
    /// Moments where a value is missing that the row would look at.
    public var withMissingValues = 0
    /// Moments whose targets are missing, or lie behind the end.
    public var withoutTargets = 0
    /// Values that were missing and have been filled with the last one before.
    public var filledValues = 0

    /// The counts of series and of others.
    static func + (left: RowCounts, right: RowCounts) -> RowCounts {
        RowCounts(
            rows: left.rows + right.rows, withoutHistory: left.withoutHistory + right.withoutHistory,
            withMissingValues: left.withMissingValues + right.withMissingValues,
            withoutTargets: left.withoutTargets + right.withoutTargets,
            filledValues: left.filledValues + right.filledValues)
    }
}

extension FeatureRows {
    /// The rows of a range; the counts stay those of all.
    public func rows(_ range: Range<Int>) -> FeatureRows {
        FeatureRows(
            values: values.rows(range), times: Array(times[range]), isAnomaly: Array(isAnomaly[range]),
            targets: targets.rows(range), counts: counts)
    }

    /// Every n-th row, with the least n for which no more than `maximumCount` are left.
    public func thinned(to maximumCount: Int) -> FeatureRows {
        precondition(maximumCount > 0, "at least a row is left")
        let stride = Swift.stride(from: 0, to: count, by: max(1, (count + maximumCount - 1) / maximumCount))
        return FeatureRows(
            values: values.rows(stride), times: stride.map { times[$0] }, isAnomaly: stride.map { isAnomaly[$0] },
            targets: targets.rows(stride), counts: counts)
    }

    /// These rows and then others of the same schema; their times may go back.
    public func joined(with others: FeatureRows) -> FeatureRows {
        FeatureRows(
            values: values.joined(with: others.values), times: times + others.times,
            isAnomaly: isAnomaly + others.isAnomaly, targets: targets.joined(with: others.targets),
            counts: counts + others.counts)
    }
}

extension Matrix<Double> {
    fileprivate func rows(_ indices: StrideTo<Int>) -> Matrix {
        let rows = indices.map(row)
        return Matrix(rowCount: rows.count, columnCount: columnCount, elements: Array(rows.joined()))
    }

    fileprivate func joined(with others: Matrix) -> Matrix {
        precondition(columnCount == others.columnCount, "rows of one schema")
        return Matrix(
            rowCount: rowCount + others.rowCount, columnCount: columnCount, elements: elements + others.elements)
    }
}
