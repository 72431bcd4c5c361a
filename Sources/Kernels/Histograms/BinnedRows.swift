/// Rows whose values are numbers of bins, which the trees of a fit share.
package struct BinnedRows: Sendable {
    /// The number of rows.
    package let rowCount: Int
    /// The number of features.
    package let featureCount: Int
    /// How many codes a row takes: one a feature, filled up to whole vectors.
    let stride: Int
    /// Per feature, its bins.
    package let bins: [FeatureBins]
    /// Per feature and row, the number of its bin.
    let columns: [UInt8]
    /// The same per row and feature, `stride` codes a row.
    let codes: [UInt8]

    /// Rows of features that were divided into bins.
    package init(_ features: [(bins: FeatureBins, codes: [UInt8])]) {
        let (rowCount, featureCount) = (features.first?.codes.count ?? 0, features.count)
        precondition(features.allSatisfy { $0.codes.count == rowCount && $0.bins.count <= FeatureBins.maximumCount })
        let stride = (featureCount + CodeVector.scalarCount - 1) / CodeVector.scalarCount * CodeVector.scalarCount
        self.rowCount = rowCount
        self.featureCount = featureCount
        self.stride = stride
        bins = features.map(\.bins)
        columns = features.flatMap(\.codes)
        var codes = [UInt8](repeating: 0, count: rowCount * stride)
        for (index, feature) in features.enumerated() {
            precondition(feature.codes.allSatisfy { $0 < feature.bins.count })
            for row in 0..<rowCount { codes[row * stride + index] = feature.codes[row] }
        }
        self.codes = codes
    }

    /// The number of a row's bin.
    package func code(_ row: Int, _ feature: Int) -> UInt8 { columns[feature * rowCount + row] }

    /// Codes of neighbouring features of a row; the place must be that of a whole vector.
    @inline(__always)
    @unsafe func vector(unchecked place: Int) -> CodeVector {
        unsafe codes.span.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: place, as: CodeVector.self)
    }
}

/// The codes that are compared at a time.
typealias CodeVector = SIMD16<UInt8>
