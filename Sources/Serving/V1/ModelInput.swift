package import Inference
import JSON

/// What a request's rows have to fit: the width of a model's rows and the names of its columns.
package struct ModelInput: Sendable {
    /// The number of columns.
    let featureCount: Int
    /// The names of the columns, if the model has them.
    let columns: ColumnNames?

    package init(featureCount: Int, featureNames: [String]?) {
        self.featureCount = featureCount
        columns = featureNames.map { ColumnNames($0) }
    }

    package init(_ plan: Plan) { self.init(featureCount: plan.featureCount, featureNames: plan.featureNames) }
}

/// Names of columns, found by their spelling.
struct ColumnNames: Sendable {
    /// The names, in the order of the columns.
    let names: [String]
    /// The same as UTF-8.
    private let spellings: [[UInt8]]
    private let indices: [String: Int]

    init(_ names: [String]) {
        self.names = names
        spellings = names.map { Array($0.utf8) }
        indices = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    }

    /// The column that a key names; nil if none is called so.
    ///
    /// - Parameter guess: the column it most likely is, tried without making a `String`.
    func index(of key: JSONString, in reader: borrowing RequestReader, guess: Int) -> Int? {
        if guess < spellings.count, reader.isSpelt(key, spellings[guess]) { return guess }
        return indices[reader.text(key)]
    }
}
