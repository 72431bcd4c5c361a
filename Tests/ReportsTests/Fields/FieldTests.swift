import Foundation
import Testing

@testable import Reports

@Suite("The report for programs")
struct FieldTests {
    private func json(_ value: ReportField.Value) -> Any {
        switch value {
        case .null: NSNull()
        case .bool(let flag): flag
        case .integer(let number): number
        case .number(let number): number.isFinite ? number as Any : NSNull()
        case .text(let text): text
        case .list(let values): values.map(json)
        case .fields(let fields): Dictionary(fields.map { ($0.name, json($0.value)) }) { $1 }
        }
    }

    private func object(_ report: TrainingReport) throws -> [String: Any] {
        let data = try JSONSerialization.data(withJSONObject: json(.fields(report.fields)))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test("Every report can be written as JSON", arguments: EdgeReports.all)
    func encodable(report: NamedReport) throws {
        #expect(try object(report.value).count == report.value.fields.count)
    }

    @Test("Series are no longer than they are drawn")
    func thinned() throws {
        let figures = try #require(try object(EdgeReports.huge)["figures"] as? [[String: Any]])
        let forecast = try #require(figures.first { $0["kind"] as? String == "forecast" })
        let actual = try #require(forecast["actual"] as? [Any])
        #expect(400...4 * (ReportLimits.maximumSeriesBuckets + 1) ~= actual.count)
        #expect((forecast["times"] as? [Any])?.count == actual.count)
    }

    @Test("Facts are there in full, and times as RFC 3339 spells them")
    func facts() throws {
        let report = try object(SampleReports.detector())
        #expect(report["model"] as? String == "anomaly-detector")
        #expect(report["started"] as? String == "2026-11-17T00:00:00Z")
        let decision = try #require(report["decision"] as? [String: Any])
        #expect(decision["outcome"] as? String == "promoted")
        let scores = try #require(report["scores"] as? [[String: Any]])
        #expect(
            (scores[0]["values"] as? [String: Double]) == [
                "candidate": 0.9312, "champion v6": 0.9241, "3-sigma rule": 0.5120,
            ])
        let schema = try #require(report["schema"] as? [String: Any])
        let metrics = try #require(schema["metrics"] as? [[String: Any]])
        #expect(metrics.map { $0["candidate"] as? Int } == [2, 1, 1])
        let kinds = try #require(report["figures"] as? [[String: Any]]).map { $0["kind"] as? String }
        #expect(
            kinds == [
                "score_distribution", "importances", "anomalies_over_time", "roc", "precision_recall", "coverage",
            ])
    }

    @Test("Names of fields are unique within their object", arguments: EdgeReports.all.prefix(3))
    func unique(report: NamedReport) {
        func check(_ value: ReportField.Value) {
            switch value {
            case .list(let values): values.forEach(check)
            case .fields(let fields):
                #expect(Set(fields.map(\.name)).count == fields.count, "\(fields.map(\.name))")
                fields.forEach { check($0.value) }
            default: break
            }
        }
        check(.fields(report.value.fields))
    }
}
