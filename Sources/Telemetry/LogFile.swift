import Glibc
import NIOPosix
import Synchronization

/// A file that lines are added to, by a thread that may wait for it.
final class LogFile: Sendable {
    private let path: String?
    private let maximumBytes: Int
    private let keptCount: Int
    private let failures = Atomic<UInt64>(0)

    /// - Parameters:
    ///   - path: of the file; nil for standard error.
    ///   - maximumBytes: how long the file grows; it is then moved to `path.1`, the one there to `path.2`, and so on.
    ///   - keptCount: how many moved ones are kept.
    init(path: String?, maximumBytes: Int = .max, keptCount: Int = 0) {
        self.path = path
        self.maximumBytes = maximumBytes
        self.keptCount = keptCount
    }

    /// How many lines could not be written.
    var failedCount: UInt64 { failures.load(ordering: .relaxed) }

    /// Adds lines; the file is opened each time, so that one that was moved away or deleted is begun anew.
    ///
    /// - Returns: how many were written.
    @discardableResult
    func append(_ lines: [[UInt8]]) async -> Int {
        let written = (try? await NIOThreadPool.singleton.runIfActive { self.write(lines) }) ?? 0
        failures.add(UInt64(lines.count - written), ordering: .relaxed)
        return written
    }

    /// - Returns: how many were written.
    private func write(_ lines: [[UInt8]]) -> Int {
        guard let path else { return write(lines, to: STDERR_FILENO) }
        var rest = lines[...]
        while !rest.isEmpty {
            let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o640)
            guard descriptor >= 0 else { break }
            defer { close(descriptor) }
            var size = Int(lseek(descriptor, 0, SEEK_END))
            let fitting = rest.prefix { line in
                size += line.count
                return size <= maximumBytes
            }
            if fitting.isEmpty, size > rest[rest.startIndex].count {
                guard rotate(path) else { break }
                continue
            }
            // A line that is longer than a file may be is a file of its own.
            let part = fitting.isEmpty ? rest.prefix(1) : fitting
            let count = write(Array(part), to: descriptor)
            rest = rest.dropFirst(count)
            guard count == part.count else { break }
        }
        return lines.count - rest.count
    }

    /// - Returns: how many lines were written whole.
    private func write(_ lines: [[UInt8]], to descriptor: Int32) -> Int {
        var bytes = Array(lines.joined())
        var writtenCount = 0
        while !bytes.isEmpty {
            let count = Glibc.write(descriptor, bytes, bytes.count)
            guard count > 0 || errno == EINTR else { break }
            writtenCount += max(0, count)
            bytes.removeFirst(max(0, count))
        }
        var end = 0
        return lines.prefix { line in
            end += line.count
            return end <= writtenCount
        }.count
    }

    private func rotate(_ path: String) -> Bool {
        guard keptCount > 0 else { return unlink(path) == 0 }
        for number in stride(from: keptCount - 1, through: 1, by: -1) {
            // One that is not there is not moved.
            rename("\(path).\(number)", "\(path).\(number + 1)")
        }
        return rename(path, "\(path).1") == 0
    }
}
