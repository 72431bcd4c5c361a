import Foundation
import Testing

/// Runs the tour of README.md: each `sh` block, and compares what it prints with the `text` block that follows.
@Suite("README.md")
struct ReadmeTests {
    private struct Step {
        let command: String
        let output: String?
    }

    /// The steps of the tour: the blocks under its heading.
    private static func steps() throws -> [Step] {
        let readme = try String(contentsOf: BuiltTool.root.appending(path: "README.md"), encoding: .utf8)
        let start = try #require(readme.firstRange(of: "## Five minutes"))
        let rest = readme[start.upperBound...]
        let tour = rest[..<(rest.firstRange(of: "\n## ")?.lowerBound ?? rest.endIndex)]
        var steps: [Step] = []
        var language: Substring?
        var block = ""
        for line in tour.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                if language == "sh" { steps.append(Step(command: block, output: nil)) }
                if language == "text", let last = steps.popLast() {
                    steps.append(Step(command: last.command, output: block))
                }
                language = language == nil ? line.dropFirst(3) : nil
                block = ""
            } else {
                block += line + "\n"
            }
        }
        return steps
    }

    @Test("The tour prints what it says it prints")
    func tour() throws {
        let steps = try Self.steps()
        #expect(steps.count >= 5)
        let freePort = "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])"
        let printed = try BuiltTool.shell("python3 -c \"\(freePort)\"").output
        let port = try #require(Int(printed.trimmingCharacters(in: .whitespacesAndNewlines)))
        // One shell runs all blocks, so that the server started in one answers in the next, and is ended at the end.
        let mark = "--- step"
        var script = "set -u; trap 'kill $(jobs -p) 2>/dev/null' EXIT\n"
        for step in steps {
            let command = step.command.replacing("8080", with: "\(port)")
            script += "echo '\(mark)'\n\(command)"
            if command.contains(" &\n") {
                script +=
                    "for i in $(seq 200); do curl -fs -o /dev/null 127.0.0.1:\(port)/ready && break; sleep 0.05; done\n"
            }
        }
        let outcome = try BuiltTool.shell(script, seconds: 120)
        let outputs = outcome.output.components(separatedBy: "\(mark)\n").dropFirst()
        try #require(outputs.count == steps.count)
        for (step, output) in zip(steps, outputs) {
            guard let expected = step.output else { continue }
            let printed = output.replacing("\(port)", with: "8080").trimmingCharacters(in: .whitespacesAndNewlines)
            #expect(printed == expected.trimmingCharacters(in: .whitespacesAndNewlines), "\(step.command)")
        }
    }
}
