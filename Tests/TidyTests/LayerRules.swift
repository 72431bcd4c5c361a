/// The table of modules in ARCHITECTURE.md, and whether the imports keep to it.
struct LayerRules {
    struct Module: Equatable {
        let layer: Int
        let name: String
        /// The modules of this package that it may import.
        let imports: Set<String>
    }

    let modules: [Module]

    /// Reads the table `| layer | module | purpose | imports of ours |`; a row names one module in backquotes.
    init(architecture: String) {
        modules = architecture.split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { Self.trimmed($0) }
            guard cells.count == 6, let layer = Int(cells[1].prefix { $0.isNumber }),
                let name = Self.quoted(cells[2]).first
            else { return nil }
            return Module(layer: layer, name: name, imports: Set(Self.quoted(cells[4])))
        }
    }

    /// Imports of our modules that the table does not allow.
    func forbiddenImports(_ source: SwiftSource) -> [String] {
        let names = Set(modules.map(\.name))
        guard let module = modules.first(where: { $0.name == source.module }) else { return [] }
        return source.imports.filter { names.contains($0.module) && !module.imports.contains($0.module) }.map {
            "\(source.path):\($0.line): \(module.name) may not import \($0.module)"
        }
    }

    /// Foundation in the layers that do without.
    func foundationImports(_ source: SwiftSource) -> [String] {
        guard let module = modules.first(where: { $0.name == source.module }), module.layer <= 2 else { return [] }
        return source.imports.filter { $0.module.hasPrefix("Foundation") }.map {
            "\(source.path):\($0.line): \(module.name) is of layer \(module.layer), which does without Foundation"
        }
    }

    /// Rows that contradict the order of layers: a module imports only what is in its own layer or below.
    func upwardImports() -> [String] {
        let layers = Dictionary(modules.map { ($0.name, $0.layer) }, uniquingKeysWith: max)
        return modules.flatMap { module in
            module.imports.sorted().compactMap { name in
                guard let layer = layers[name] else { return "\(module.name) imports \(name), which has no row" }
                return layer > module.layer ? "\(module.name) imports \(name) of a higher layer" : nil
            }
        }
    }

    /// Modules without a row, and rows without a module.
    func difference(from folders: [String]) -> [String] {
        let names = Set(modules.map(\.name))
        return Set(folders).symmetricDifference(names).sorted().map {
            names.contains($0) ? "\($0) has a row and no folder in Sources" : "\($0) has no row in ARCHITECTURE.md"
        }
    }

    private static func trimmed(_ cell: Substring) -> String {
        String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }

    /// The words in backquotes.
    private static func quoted(_ cell: String) -> [String] {
        cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }
}
