/// Rules about files other than Swift sources.
enum ProjectRules {
    /// Folders of Sources that are no target of the manifest: nothing builds what is in them.
    static func foldersWithoutTarget(_ folders: [String], manifest: String) -> [String] {
        // `module(` and the name may be on two lines.
        let manifest = String(manifest.filter { !$0.isWhitespace })
        return folders.filter { !manifest.contains("name:\"\($0)\"") && !manifest.contains("module(\"\($0)\"") }
            .map { "Sources/\($0) is not a target of Package.swift" }
    }

    /// A script must be executable and stop at the first error.
    static func badScript(path: String, text: String, isExecutable: Bool) -> [String] {
        var complaints: [String] = []
        let isLibrary = path.hasSuffix(".sh")
        if isLibrary == isExecutable {
            complaints.append("\(path) is \(isExecutable ? "" : "not ")executable")
        }
        if !isLibrary && text.hasPrefix("#!/usr/bin/env bash\n") && !text.contains("\nset -euo pipefail\n") {
            complaints.append("\(path) does not say 'set -euo pipefail'")
        }
        if !isLibrary && !text.hasPrefix("#!/usr/bin/env ") {
            complaints.append("\(path) does not start with '#!/usr/bin/env'")
        }
        return complaints
    }

    /// The commands of a Markdown file's `sh` blocks: lines that are not comments, continued lines joined.
    static func shellCommands(_ markdown: String) -> [String] {
        var commands: [String] = []
        var inBlock = false
        var command = ""
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                inBlock = line == "```sh"
                continue
            }
            guard inBlock, !line.isEmpty, !line.hasPrefix("#") else { continue }
            if line.hasSuffix("\\") {
                command += line.dropLast()
            } else {
                commands.append(command + line)
                command = ""
            }
        }
        return commands
    }

    /// Commands that no test runs.
    static func untestedCommands(_ markdown: String, tested: Set<String>) -> [String] {
        shellCommands(markdown).filter { !tested.contains($0) }.map { "no test runs: \($0)" }
    }
}
