import Testing

@testable import Reports

@Suite("The report as a page")
struct PageTests {
    private static let allowed: Set<String> = [
        "!doctype", "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "div", "p",
        "h1", "h2",
        "h3", "span", "strong", "small", "code", "abbr", "ul", "li", "dl", "dt", "dd", "table", "caption", "thead",
        "tbody", "tr",
        "th", "td", "figure", "figcaption", "details", "summary", "svg", "desc", "line", "path", "rect", "text",
    ]

    @Test("It is well-formed, holds nothing that runs and asks for nothing", arguments: EdgeReports.all)
    func wellFormed(report: NamedReport) {
        let page = report.page
        let scanner = PageScanner(page)
        #expect(scanner.complaints == [])
        for element in scanner.elements {
            #expect(Self.allowed.contains(element.name), "<\(element.name)>")
            for (name, value) in element.attributes {
                #expect(!name.hasPrefix("on") && !["src", "href", "xlink:href", "srcdoc", "action"].contains(name))
                #expect(name == "id" || name == "content" || !value.contains("url("), "\(name)=\(value)")
            }
        }
        #expect(!StyleSheet.text.description.contains("url(") && !StyleSheet.text.description.contains("@import"))
    }

    @Test("No page has more than 500 kB", arguments: EdgeReports.all)
    func size(report: NamedReport) {
        #expect(report.page.utf8.count < 500_000)
    }

    @Test("Pictures have names and descriptions, names are unique, and tables have heads", arguments: EdgeReports.all)
    func accessible(report: NamedReport) {
        let elements = PageScanner(report.page).elements
        let names = elements.compactMap { $0.attributes["id"] }
        #expect(Set(names).count == names.count)
        for element in elements {
            let labels = element.attributes["aria-labelledby"]?.split(separator: " ").map(String.init) ?? []
            #expect(labels.allSatisfy(names.contains))
            if element.attributes["role"] == "img" { #expect(labels.count == 2) }
        }
        let figures = elements.count { $0.name == "figure" }
        let tables =
            elements.count { $0.name == "details" }
            + elements.count { $0.attributes["class"]?.contains("bars") == true }
        #expect(figures == 0 || tables > 0)
        #expect(elements.contains { $0.name == "html" && $0.attributes["lang"] == "en" })
        #expect(elements.filter { $0.name == "th" }.allSatisfy { $0.attributes["scope"] != nil })
    }

    @Test("Names and messages are shown as text, whatever they are")
    func hostile() {
        let page = EdgeReports.hostile.htmlPage()
        #expect(page.contains("&lt;/title&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;"))
        #expect(page.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
        #expect(!page.unicodeScalars.contains("\u{202E}"))
    }

    @Test("What became of the model, what is to be worried about and what was measured is on the page")
    func content() {
        let page = SampleReports.forecaster().htmlPage()
        for text in [
            "Rejected.", "v11 goes on serving", "could not be used (connection refused)", "same time yesterday",
            "0.663", "−34%",
            "predictive-analytics", "2026-11-17 00:00 UTC", "histogram", "forecast-120, 120 features a row",
            "min_samples_leaf",
        ] {
            #expect(page.contains(text), "\(text)")
        }
        let detector = SampleReports.detector().htmlPage()
        #expect(detector.contains("avg(rate(node_cpu_seconds_total{mode!=&quot;idle&quot;}[5m]))"))
        #expect(detector.contains("2 of 3") && detector.contains("threshold"))
    }

    @Test("It follows the reader's scheme of colours, and paper")
    func styles() {
        let style = StyleSheet.text.description
        #expect(style.contains("prefers-color-scheme: dark") && style.contains("@media print"))
    }
}
