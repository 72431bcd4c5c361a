import Estimators

/// The labels of a target in ascending order, and for each row which of them it has.
///
/// Source: numpy's `unique` with `return_inverse`; strings are ordered by their code points, as Python orders them.
struct LabelEncoding {
    /// Each label that occurs, once.
    let classes: ClassLabels
    /// Per row, the index of its label.
    let codes: [Int32]

    /// Encodes the labels of rows.
    init(_ labels: ClassLabels) {
        switch labels.values {
        case .int64(let labels):
            let found = Self.encode(labels, by: <)
            (classes, codes) = (.int64(found.classes), found.codes)
        case .float64(let labels):
            let found = Self.encode(labels, by: <)
            (classes, codes) = (.float64(found.classes), found.codes)
        case .bool(let labels):
            let found = Self.encode(labels) { !$0 && $1 }
            (classes, codes) = (.bool(found.classes), found.codes)
        case .string(let labels):
            let found = Self.encode(labels.map { Array($0.unicodeScalars) }) {
                $0.lexicographicallyPrecedes($1)
            }
            classes = .string(found.classes.map { String(String.UnicodeScalarView($0)) })
            codes = found.codes
        }
    }

    private static func encode<Label: Hashable>(
        _ labels: [Label],
        by areInOrder: (Label, Label) -> Bool
    ) -> (classes: [Label], codes: [Int32]) {
        let classes = Set(labels).sorted(by: areInOrder)
        let places = Dictionary(uniqueKeysWithValues: zip(classes, 0..<Int32(classes.count)))
        return (classes, labels.map { places[$0, default: 0] })
    }
}

extension ClassLabels {
    /// Refuses labels that are numbers but no classes, in scikit-learn's words.
    ///
    /// Source: scikit-learn `utils/multiclass.py`, `check_classification_targets`.
    ///
    /// - Parameter targetCount: how many targets there are beside this one.
    func checkClasses(targetCount: Int) throws(TrainingError) {
        guard case .float64(let labels) = values else { return }
        try FitChecks.checkTargets(labels.span)
        if labels.allSatisfy({ $0 == $0.rounded() }) { return }
        throw TrainingError(
            .invalidInput,
            "Unknown label type: continuous\(targetCount > 1 ? "-multioutput" : ""). Maybe you are trying to fit a "
                + "classifier, which expects discrete classes on a regression target with continuous values."
        )
    }
}
