import JSON

/// Gathers the columns of one object of a request and lays them out as rows.
///
/// Columns follow the model's names, or, for a model without names, the order in which the first object has them.
struct ColumnTable {
    /// Where a column's values lie in ``values``.
    private struct Column {
        var start = 0
        var count = 0
        var isList = false
        var isGiven = false
    }

    /// A place that stands for a column the model does not have.
    static let unknown = -1

    private var names: ColumnNames?
    private let isFitted: Bool
    private var columns: [Column]
    private var values: [Double] = []
    /// Names of the first object, while they become the columns' names.
    private var newNames: [String] = []
    private var newPlaces: [String: Int] = [:]
    private var unknownNames: [String] = []
    private var startOfColumn = 0

    init(_ names: ColumnNames?) {
        self.names = names
        isFitted = names != nil
        columns = Array(repeating: Column(), count: names?.names.count ?? 0)
    }

    /// The number of columns.
    var columnCount: Int { columns.count }

    /// Forgets the object before.
    mutating func beginObject() {
        values.removeAll(keepingCapacity: true)
        for index in columns.indices { columns[index] = Column() }
    }

    /// The place of the column a key names; ``unknown`` if there is none.
    mutating func place(of key: JSONString, in reader: borrowing RequestReader, guess: Int) -> Int {
        startOfColumn = values.count
        if let names {
            if let place = names.index(of: key, in: reader, guess: guess) { return place }
            unknownNames.append(reader.text(key))
            return Self.unknown
        }
        let name = reader.text(key)
        if let place = newPlaces[name] { return place }
        newPlaces[name] = columns.count
        newNames.append(name)
        columns.append(Column())
        return columns.count - 1
    }

    /// What a column is called, for messages.
    func name(of place: Int) -> String {
        guard place != Self.unknown else { return unknownNames.last ?? "" }
        return names?.names[place] ?? newNames[place]
    }

    /// Adds a value to the column being read.
    mutating func append(_ value: Double) { values.append(value) }

    /// Ends a column; the last of several of one name counts.
    mutating func endColumn(_ place: Int, isList: Bool) {
        guard place != Self.unknown else { return }
        columns[place] = Column(
            start: startOfColumn,
            count: values.count - startOfColumn,
            isList: isList,
            isGiven: true
        )
    }

    /// Appends the object's rows and returns how many they are.
    ///
    /// All columns are lists, or all are single values: spreading a value over the rows of a list would let a small
    /// body ask for a large matrix.
    mutating func endObject(appendingRowsTo elements: inout [Double]) throws(ServingError) -> Int {
        if names == nil { names = ColumnNames(newNames) }
        guard unknownNames.isEmpty, columns.allSatisfy(\.isGiven) else { throw wrongNames() }
        let count = columns.first?.count ?? 1
        let isList = columns.first?.isList ?? false
        guard columns.allSatisfy({ $0.isList == isList }) else {
            throw ServingError(.unacceptableRows, "An object of columns must hold lists only, or single values only")
        }
        guard columns.allSatisfy({ $0.count == count }) else {
            throw ServingError(.unacceptableRows, "All arrays must be of the same length")
        }
        for row in 0..<count {
            for column in columns { elements.append(values[column.start + row]) }
        }
        return count
    }

    /// What is wrong with the names.
    private func wrongNames() -> ServingError {
        let missing = zip(columns, names?.names ?? []).filter { !$0.0.isGiven }.map(\.1)
        return .wrongColumns(unknown: Set(unknownNames), missing: missing, isFitted: isFitted)
    }
}

extension ServingError {
    /// scikit-learn's sentence for names of columns other than those of the fit, or of the first instance.
    static func wrongColumns(unknown: Set<String>, missing: [String], isFitted: Bool) -> ServingError {
        var message =
            isFitted
            ? "The feature names should match those that were passed during fit.\n"
            : "The column names should match those of the first instance.\n"
        let (unseen, seen) =
            isFitted
            ? ("Feature names unseen at fit time:\n", "Feature names seen at fit time, yet now missing:\n")
            : ("Unexpected columns:\n", "Missing columns:\n")
        if !unknown.isEmpty { message += unseen + listed(unknown) }
        if !missing.isEmpty { message += seen + listed(Set(missing)) }
        return ServingError(.unacceptableRows, message)
    }

    /// Five names, sorted, one a line.
    private static func listed(_ names: Set<String>) -> String {
        let lines = names.sorted().map { "- \($0)\n" }
        return lines.prefix(5).joined() + (lines.count > 5 ? "- ...\n" : "")
    }
}
