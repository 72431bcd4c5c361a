import Testing

@testable import Reports

@Suite("The report for a terminal")
struct TerminalTests {
    @Test("Sentences and tables fit the terminal", arguments: [60, 80, 120])
    func width(columns: Int) {
        for report in [SampleReports.detector(), SampleReports.forecaster()] {
            let lines = report.text(columns: columns).split(separator: "\n")
            #expect(lines.filter { $0.count > columns } == [])
            #expect(lines.count > 40)
        }
    }

    @Test("Whatever is in a report, nothing of it reaches the terminal but text", arguments: EdgeReports.all)
    func harmless(report: NamedReport) {
        let text = report.value.text(columns: 80)
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
        #expect(!text.unicodeScalars.contains("\u{202E}"))
        #expect(text.utf8.count < 2_000_000)
    }

    @Test("Colours only come where they are asked for, and change no character of the text")
    func colours() {
        let report = SampleReports.forecaster()
        let coloured = report.text(isColored: true)
        #expect(coloured.contains("\u{1B}[31mRejected."))
        #expect(coloured.replacing(#/\u{1B}\[\d+m/#, with: "") == report.text())
    }

    @Test("The outcome comes first, then what is to be worried about")
    func order() throws {
        let text = SampleReports.forecaster().text(columns: 80)
        #expect(text.hasPrefix("predictive-analytics v12: Rejected.\n"))
        let warning = try #require(text.firstRange(of: "! Prometheus at"))
        let decision = try #require(text.firstRange(of: "\nDecision\n"))
        #expect(warning.lowerBound < decision.lowerBound)
        #expect(text.contains("✗ MAE is not more than 5% above the champion's: +8%"))
    }
}
