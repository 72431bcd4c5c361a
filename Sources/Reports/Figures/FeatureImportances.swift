/// Which features matter to the model.
package struct FeatureImportances: Hashable, Sendable, FigureContent {
    /// A feature and how much it matters.
    package struct Importance: Hashable, Sendable {
        /// The name of the feature.
        package var name: String
        /// How much it matters; negative if the model would do better without.
        package var value: Double

        /// A feature.
        package init(_ name: String, _ value: Double) {
            self.name = name
            self.value = value
        }
    }

    /// How it was measured, e.g. `mean decrease in impurity`.
    package var method: String
    /// The features.
    package var features: [Importance]

    /// Importances of features.
    package init(method: String, features: [Importance]) {
        self.method = method
        self.features = features
    }

    /// The features that matter most, the first first.
    var ranked: [Importance] {
        let sorted = features.filter(\.value.isFinite).sorted { $0.value > $1.value }
        return Array(sorted.prefix(ReportLimits.maximumImportances))
    }

    var title: String { "Feature importances" }
    /// Many bars are shown in two columns.
    var isWide: Bool { ranked.count > 12 }

    var caption: String {
        let all = features.count
        let shown = ranked.count
        let part = shown < all ? " The first \(NumberText.count(shown)) of \(NumberText.count(all)) features." : ""
        return "By \(method).\(part)"
    }

    var table: DataTable {
        DataTable(
            [.text("feature"), .number("importance")],
            rows: ranked.map { [$0.name, NumberText.significant($0.value, digits: 3)] })
    }
}
