import Testing

/// Each rule finds what it is there to find, and nothing else.
@Suite("Tidiness: the rules themselves")
struct RuleTests {
    private func source(_ text: String, path: String = "Sources/Kernels/Sample.swift") -> SwiftSource {
        SwiftSource(path: path, text: text)
    }

    @Test("Comments and strings are not code; interpolated expressions are")
    func masking() {
        let text = """
            let a = "try! \\(f("x") as! Int) {" // as! fatalError
            /* fatalError /* nested */ try! */ let b = #"\\("# + "\\"" + "}"
            """
        let words = source(text).words.map(\.text)
        #expect(words == ["let", "a", "f", "as!", "Int", "let", "b"])
        #expect(source(text).code.count == text.count)
    }

    @Test("Multi-line strings keep the lines behind them in place")
    func multilineStrings() {
        let text = "let a = \"\"\"\n  func f() {\n  \"quoted\"\n  \"\"\"\nlet b = 1"
        #expect(source(text).words.map { "\($0.text) \($0.line)" } == ["let 1", "a 1", "let 5", "b 5", "1 5"])
    }

    @Test("A line of 121 columns is too long", arguments: [(120, 0), (121, 1)])
    func longLines(columns: Int, complaints: Int) {
        let line = String(repeating: "x", count: columns)
        #expect(SizeRules.longLines(path: "a.swift", lines: ["", line[...]]).count == complaints)
    }

    @Test("A file of 601 lines is too long", arguments: [(600, 0), (601, 1)])
    func longFiles(lines: Int, complaints: Int) {
        let file = source(String(repeating: "\n", count: lines))
        #expect(SizeRules.longFile(file).count == complaints)
        #expect(SizeRules.manyLongFiles([file]).count == 1)
        #expect(SizeRules.manyLongFiles([file] + Array(repeating: source(""), count: 19)).isEmpty)
    }

    @Test("A function of 71 lines is too long", arguments: [(70, 0), (71, 1)])
    func longFunctions(lines: Int, complaints: Int) {
        let body = String(repeating: "    if x { y() }\n", count: lines - 2)
        for signature in ["func f(a: [Int] = []) {", "init<T>(b: T) where T: C {", "static subscript(i: Int) -> Int {"]
        {
            #expect(SizeRules.longFunctions(source("\(signature)\n\(body)}\n")).count == complaints)
        }
    }

    @Test("Functions are found with their lengths; requirements and calls are none")
    func functionScanner() {
        let text = """
            protocol P {
                func a() -> Int
                init(x: Int) throws
            }
            struct S {
                init(
                    x: Int
                ) throws(E)
                where T: P
                {
                    self.init(x: x)
                }
                func b() { c.init() }
            }
            """
        let functions = FunctionScanner(source(text)).functions
        #expect(functions.map { "\($0.keyword) \($0.line) \($0.lineCount)" } == ["init 6 7", "func 13 1"])
    }

    @Test("Forced, trapping and unfinished code is found", arguments: ["try! f()", "x as! Y", "fatalError()"])
    func forbiddenWords(code: String) {
        #expect(WordRules.forbiddenWords(source("let a = \(code)")).count == 1)
        #expect(WordRules.forbiddenWords(source("// \(code)\nlet a = \"\(code)\"; try? f(); x as? Y")).isEmpty)
    }

    @Test("Notes to oneself are found, in comments too", arguments: ["TO" + "DO", "FIX" + "ME"])
    func notes(word: String) {
        #expect(WordRules.notesToSelf(source("let a = 1\n// \(word): later")).count == 1)
    }

    @Test(
        "Unsafe code is found outside its places", arguments: ["unsafe f()", "UnsafePointer<Int>", "withUnsafeBytes"])
    func unsafeCode(code: String) {
        #expect(WordRules.unsafeCode(source(code)).isEmpty)
        #expect(WordRules.unsafeCode(source(code, path: "Sources/Serving/Sample.swift")).count == 1)
    }

    private static let architecture = """
        | layer | module | purpose | imports of ours |
        |---|---|---|---|
        | 0 values | `Tensors` | values | - |
        | 1 machinery | `Kernels` | loops over `Tensors` | `Tensors` |
        | 3 | `Serving` | requests | `Kernels`, `Tensors` |
        """

    @Test("The table of modules is read")
    func table() {
        let layers = LayerRules(architecture: Self.architecture)
        #expect(
            layers.modules == [
                .init(layer: 0, name: "Tensors", imports: []),
                .init(layer: 1, name: "Kernels", imports: ["Tensors"]),
                .init(layer: 3, name: "Serving", imports: ["Kernels", "Tensors"]),
            ])
        #expect(layers.upwardImports().isEmpty)
        #expect(layers.difference(from: ["Tensors", "Kernels", "Serving"]).isEmpty)
        #expect(layers.difference(from: ["Tensors", "Serving", "Other"]).count == 2)
    }

    @Test("Upward rows and imports that the table forbids are found")
    func imports() {
        let layers = LayerRules(architecture: Self.architecture)
        let text = "public import Tensors\n@testable package import Serving\nimport struct Foundation.URL\n"
        #expect(layers.forbiddenImports(source(text)).count == 1)
        #expect(layers.foundationImports(source(text)).count == 1)
        #expect(layers.foundationImports(source(text, path: "Sources/Serving/A.swift")).isEmpty)
        let upward = LayerRules(architecture: "| 1 | `A` | a | `B`, `C` |\n| 2 | `B` | b | - |")
        #expect(upward.upwardImports().count == 2)
    }

    @Test("A folder that the manifest does not know is found")
    func targets() {
        let manifest = "module(\n    \"A\", []), .executableTarget(name: \"b\")"
        #expect(ProjectRules.foldersWithoutTarget(["A", "b", "C"], manifest: manifest).count == 1)
    }

    @Test(
        "Bad scripts are found",
        arguments: [
            ("scripts/a", "#!/usr/bin/env bash\nset -euo pipefail\n", true, 0),
            ("scripts/a", "#!/usr/bin/env bash\nset -euo pipefail\n", false, 1),
            ("scripts/a", "#!/usr/bin/env bash\nset -e\n", true, 1),
            ("scripts/a", "echo\n", true, 1),
            ("scripts/a.sh", "# shellcheck shell=bash\n", false, 0),
            ("scripts/a.sh", "# shellcheck shell=bash\n", true, 1),
        ])
    func scripts(path: String, text: String, isExecutable: Bool, complaints: Int) {
        #expect(ProjectRules.badScript(path: path, text: text, isExecutable: isExecutable).count == complaints)
    }

    @Test("Tests that a table names are read, and those that are not there found")
    func documents() {
        let table = "| what | test |\n|---|---|\n| `Not.this` | `ATests.one`, `.two`, `BTests`, `scripts/fuzz v1` |\n"
        let names = DocumentRules.namedTests(table)
        #expect(names == ["ATests.one", "ATests.two", "BTests"])
        let source = SwiftSource(path: "a.swift", text: "struct ATests {\n    func one() {}\n}\n")
        #expect(DocumentRules.unknownTests(names, folders: ["BTests"], sources: [source]) == ["ATests.two"])
        #expect(DocumentRules.unknownTests(["CTests"], folders: [], sources: [source]) == ["CTests"])
    }

    @Test("Shell blocks of Markdown are read, and untested commands found")
    func readme() {
        let markdown = "```sh\n# comment\na b\nc \\\n  d\n```\n```json\ne\n```\n"
        #expect(ProjectRules.shellCommands(markdown) == ["a b", "c   d"])
        #expect(ProjectRules.untestedCommands(markdown, tested: ["a b"]).count == 1)
    }
}
