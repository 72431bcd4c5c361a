import Features
import Foundation
import Testing

@Suite("Documentation/features.md")
struct DocumentationTests {
    private static let page: String = {
        let root = (0..<3).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        let file = root.appending(path: "Documentation/features.md")
        return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    }()

    @Test("Tells every schema, with its columns in order", arguments: FeatureSchema.all.map(\.name))
    func schemas(name: String) throws {
        let schema = try FeatureSchema.named(name)
        let start = try #require(Self.page.range(of: "\n### `\(schema.name)`, version \(schema.version)\n"))
        let rest = Self.page[start.upperBound...]
        let section = rest[..<(rest.range(of: "\n##")?.lowerBound ?? rest.endIndex)]
        #expect(section.contains("\(schema.features.count) columns"))
        #expect(section.contains("a step is \(schema.step) seconds"))
        #expect(section.contains("looks \(schema.history) steps back"))
        for metric in schema.metrics { #expect(section.contains("`\(metric.name)`"), "\(metric.name)") }
        // The page shows columns of one metric as a pattern, and those of an example in full.
        let example = schema.features.filter { $0.metric == schema.metrics[0].name }
        var place = section.startIndex
        for feature in example where schema.horizon == 0 {
            let found = section.range(of: "`\(feature.name)`", range: place..<section.endIndex)
            place = try #require(found, "\(feature.name)").upperBound
        }
    }

    @Test(
        "Tells every metric with its unit and its queries in order",
        arguments: FeatureSchema.all.flatMap(\.metrics).map(\.name))
    func metrics(name: String) throws {
        let all = FeatureSchema.all.flatMap(\.metrics)
        let metric = try #require(all.first { $0.name == name })
        let lines = Self.page.split(separator: "\n").filter { $0.hasPrefix("| `\(metric.name)` | \(metric.unit) | ") }
        let line = try #require(lines.first, "\(metric.name)")
        let queries = metric.queries.map { query in
            let scale = query.scale == 1 ? "" : " × \(query.scale)"
            // A bar would end the cell.
            let expression = query.expression.replacingOccurrences(of: "|", with: "\\|")
            return "\(query.aggregation.rawValue) of `\(expression)`\(scale)"
        }
        #expect(line == "| `\(metric.name)` | \(metric.unit) | \(queries.joined(separator: "; ")) |")
    }
}
