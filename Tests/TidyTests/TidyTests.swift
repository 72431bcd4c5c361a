import Testing

/// The rules of style and layering, applied to this repository.
@Suite("Tidiness")
struct TidyTests {
    private static let codeFolders = ["Sources", "Tests", "Benchmarks", "Fuzz", "Examples"]

    /// Every command that README.md may show outside its tour, which `SystemTests` runs: `scripts/test` runs these.
    private static let testedCommands: Set<String> = [
        "scripts/quickstart",
        "scripts/quickstart --check",
        "scripts/test",
        "scripts/check",
    ]

    @Test("Lines have at most 120 columns")
    func lines() throws {
        let folders = Self.codeFolders + ["python", "scripts"]
        let paths = Repository.paths(below: folders, endings: [".swift", ".py", ".sh"])
        #expect(paths.count > 100)
        for path in paths {
            let lines = try Repository.text(path).split(separator: "\n", omittingEmptySubsequences: false)
            #expect(SizeRules.longLines(path: path, lines: lines) == [])
        }
    }

    @Test("Files have at most 600 lines, and nineteen of twenty at most 450")
    func files() throws {
        let sources = try Repository.sources(below: Self.codeFolders)
        #expect(sources.flatMap(SizeRules.longFile) == [])
        #expect(SizeRules.manyLongFiles(sources) == [])
    }

    @Test("Functions have at most 70 lines")
    func functions() throws {
        let sources = try Repository.sources(below: Self.codeFolders)
        #expect(sources.flatMap { FunctionScanner($0).functions }.count > 300)
        #expect(sources.flatMap(SizeRules.longFunctions) == [])
    }

    @Test("Modules import what ARCHITECTURE.md allows, and layers 0 to 2 no Foundation")
    func layers() throws {
        let layers = LayerRules(architecture: try Repository.text("ARCHITECTURE.md"))
        #expect(layers.difference(from: Repository.names(in: "Sources")) == [])
        #expect(layers.upwardImports() == [])
        for source in try Repository.sources(below: ["Sources"]) {
            #expect(layers.forbiddenImports(source) == [])
            #expect(layers.foundationImports(source) == [])
        }
    }

    @Test("Nothing is forced, trapped on purpose or left to do, and unsafe code is where it is reviewed")
    func words() throws {
        for source in try Repository.sources(below: ["Sources"]) {
            #expect(WordRules.forbiddenWords(source) == [])
            #expect(WordRules.notesToSelf(source) == [])
            #expect(WordRules.unsafeCode(source) == [])
        }
    }

    @Test("Every folder of Sources is built")
    func targets() throws {
        let manifest = try Repository.text("Package.swift")
        #expect(ProjectRules.foldersWithoutTarget(Repository.names(in: "Sources"), manifest: manifest) == [])
    }

    @Test("Scripts are executable and stop at the first error")
    func scripts() throws {
        let scripts = Repository.names(in: "scripts").map { "scripts/\($0)" } + [".ci/run"]
        #expect(scripts.count > 4)
        for path in scripts {
            let text = try Repository.text(path)
            #expect(ProjectRules.badScript(path: path, text: text, isExecutable: Repository.isExecutable(path)) == [])
        }
    }

    @Test("The tests that documents name are there")
    func documents() throws {
        let sources = try Repository.sources(below: ["Tests"])
        for document in ["conformance", "threat-model"] {
            let names = DocumentRules.namedTests(try Repository.text("Documentation/\(document).md"))
            #expect(names.count > 20)
            #expect(DocumentRules.unknownTests(names, folders: Repository.names(in: "Tests"), sources: sources) == [])
        }
    }

    @Test("README.md shows only commands that a test runs")
    func readme() throws {
        var readme = try Repository.text("README.md")
        let tour = try #require(readme.firstRange(of: "## Five minutes"))
        let end = try #require(readme[tour.upperBound...].firstRange(of: "\n## "))
        readme.removeSubrange(tour.lowerBound..<end.lowerBound)
        #expect(ProjectRules.untestedCommands(readme, tested: Self.testedCommands) == [])
    }
}
