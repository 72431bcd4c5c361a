import Glibc
import Synchronization
import TrainingRuns

/// Tells on standard error how a run goes on: a bar on a terminal, lines elsewhere.
final class TrainProgress: Sendable {
    private static let barWidth = 30

    private let title: String
    private let isTerminal = isatty(STDERR_FILENO) != 0
    private let lastPercent = Mutex(-1)

    /// - Parameter title: what each line begins with.
    init(title: String) { self.title = title }

    /// Tells of something that happened.
    func observe(_ event: RunEvent) {
        switch event {
        case .began(let stage): if isTerminal { write("\r\u{1B}[K\(title)\(stage.rawValue) ...") }
        case .ended(let stage, let seconds):
            writeLine("\(stage.rawValue): \((seconds * 1_000).rounded() / 1_000) s")
        case .notice(let sentence): writeLine("note: \(sentence)")
        case .grown(let trees, let count): showBar(trees, of: count)
        }
    }

    private func showBar(_ trees: Int, of count: Int) {
        guard isTerminal else { return }
        let percent = trees * 100 / max(count, 1)
        let isNew = lastPercent.withLock { last in
            defer { last = percent }
            return percent != last
        }
        guard isNew else { return }
        let filled = percent * Self.barWidth / 100
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: Self.barWidth - filled)
        write("\r\u{1B}[K\(title)fit [\(bar)] \(trees) of \(count) trees")
    }

    private func writeLine(_ text: String) { write("\(isTerminal ? "\r\u{1B}[K" : "")\(title)\(text)\n") }

    private func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
    }
}
