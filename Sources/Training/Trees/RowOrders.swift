import Kernels

/// The rows of a fit in the order of each feature, which its trees share.
struct RowOrders: Sendable {
    /// The most features for each that is drawn for a node: with more, keeping all of them in order takes longer than
    /// sorting those that are drawn.
    private static let mostFeaturesPerDrawn = 20
    /// The most places of all orders of a tree: 4 bytes each, for each thread.
    private static let mostPlaces = 1 << 28

    /// Per feature, the rows in ascending order.
    private let orders: [[Int32]]

    /// Sorts the rows; nil if that does not pay, or values are missing.
    init?(_ columns: FeatureColumns, drawnFeatureCount: Int, _ execution: FitExecution) throws(TrainingError) {
        let placeCount = columns.rowCount.multipliedReportingOverflow(by: columns.featureCount)
        guard !columns.mayMiss.contains(true), !placeCount.overflow, placeCount.partialValue <= Self.mostPlaces,
            columns.featureCount <= drawnFeatureCount * Self.mostFeaturesPerDrawn
        else { return nil }
        orders = try execution.map(columns.featureCount) { feature in
            let column = columns.columns[feature]
            return ascendingRows(column.span)
        }
    }

    /// The orders of some rows, which are given in ascending order.
    func taking(_ rows: [Int32]) -> FeatureOrders {
        var places = [Int32](repeating: -1, count: orders.first?.count ?? 0)
        for (place, row) in rows.enumerated() { places[Int(row)] = Int32(place) }
        return FeatureOrders(orders, places: places, rowCount: rows.count)
    }
}
