import ModelStore
import NIOCore
import Outbound

/// How files are downloaded.
struct DownloadSettings: Hashable, Sendable {
    /// How much is asked for at a time, in bytes, where a source sends parts.
    var pieceBytes = 16 << 20
    /// How many pieces are on the way at once.
    var concurrency = 4
    /// After how many bytes it is remembered what is there.
    var saveBytes = 64 << 20
    /// How often a piece that breaks off is asked for again without any progress.
    var retries = RetryPolicy()
}

/// One file on its way from a source to the disk: in pieces, several at once, gone on with where it broke off, and
/// compared with what the source says it adds up to.
struct FileDownload: Sendable {
    /// So much of a piece must have come for an attempt to count as progress, in bytes.
    private static let minimumProgress = 1 << 20
    /// How much is read at a time to add it up, in bytes.
    private static let chunkBytes = 1 << 20

    let source: any RemoteSource
    let file: RemoteFile
    let settings: DownloadSettings

    /// Downloads the file to a destination; what was there is replaced when the download is whole.
    ///
    /// - Parameter partial: where the file lies meanwhile, on the same volume; it stays there if the download fails.
    /// - Throws: ``StoreError``; ``StoreError/Code/corrupted`` if what came is not what the source has.
    func run(
        to destination: String, in folder: String, partial: String, in partialFolder: String
    ) async throws(StoreError) {
        if let size = file.size { try Self.check(size, file.path) }
        let prepared = try await source.prepare(file)
        let part = try await PartialFile.open(partial, in: partialFolder, for: file)
        let isResumed = part.present.count > 0
        var (size, isMet) = try await fetch(prepared, into: part)
        if !isMet, isResumed {
            // What was there from before may be what is wrong.
            try part.restart()
            (size, isMet) = try await fetch(prepared, into: part)
        }
        guard isMet else {
            part.discard()
            throw StoreError(.corrupted, "\(file.path) did not arrive as its source has it: its checksum is another")
        }
        try await part.finish(size: size, as: destination, in: folder)
    }

    private static func check(_ size: Int, _ path: String) throws(StoreError) {
        guard size <= ModelStore.maximumModelBytes else {
            throw StoreError(
                .refused, "\(path) is longer than the \(ModelStore.maximumModelBytes) bytes that a model may have")
        }
    }

    /// Brings what is missing.
    ///
    /// - Returns: how long the file is, and whether it adds up to what its source says.
    private func fetch(
        _ prepared: PreparedFile, into part: PartialFile
    ) async throws(StoreError) -> (size: Int, isMet: Bool) {
        do {
            let isMet: Bool
            if let size = file.size, prepared.file.isRanged {
                isMet = try await fetchPieces(into: part, size, prepared.digest)
                return (size, isMet)
            }
            let size = try await fetchWhole(into: part)
            guard let digest = prepared.digest else { return (size, true) }
            var check = DigestCheck(digest)
            try Self.add(part, 0..<size, to: &check)
            return (size, check.isMet())
        } catch {
            // The next download goes on from here; the reason why this one could not is what matters.
            if part.present.count > 0 { try? await part.save() }
            throw error as? StoreError ?? .cancelled(file.path)
        }
    }

    // MARK: - In pieces

    private func fetchPieces(into part: PartialFile, _ size: Int, _ digest: ExpectedDigest?) async throws -> Bool {
        var pieces = part.present.missing(below: size, pieceBytes: settings.pieceBytes)[...]
        let (frontiers, frontier) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))
        return try await withThrowingTaskGroup(of: Bool?.self) { group in
            defer { group.cancelAll() }
            func start() {
                guard let piece = pieces.popFirst() else { return }
                group.addTask {
                    try await fetch(piece, into: part)
                    return nil
                }
            }
            if let digest { group.addTask { try await Self.addUp(part, frontiers, digest) } }
            for _ in 0..<settings.concurrency { start() }
            var unsaved = part.present.count
            var isMet = digest == nil
            while part.present.prefix < size {
                frontier.yield(part.present.prefix)
                guard try await group.next() != nil else { break }
                start()
                if part.present.count - unsaved >= settings.saveBytes {
                    unsaved = part.present.count
                    try await part.save()
                }
            }
            frontier.yield(size)
            frontier.finish()
            for try await outcome in group { isMet = outcome ?? isMet }
            return isMet
        }
    }

    /// Adds up the bytes as they become a file without gaps.
    private static func addUp(
        _ part: PartialFile, _ frontiers: AsyncStream<Int>, _ digest: ExpectedDigest
    ) async throws -> Bool {
        var check = DigestCheck(digest)
        var position = 0
        for await frontier in frontiers where frontier > position {
            try add(part, position..<frontier, to: &check)
            position = frontier
        }
        return check.isMet()
    }

    private static func add(_ part: PartialFile, _ range: Range<Int>, to check: inout DigestCheck) throws(StoreError) {
        var buffer = [UInt8](repeating: 0, count: min(chunkBytes, max(range.count, 1)))
        var position = range.lowerBound
        while position < range.upperBound {
            let count = min(try part.read(into: &buffer, at: position), range.upperBound - position)
            guard count > 0 else { throw StoreError(.ioFailure, "\(part.path) has become shorter") }
            check.add(buffer[..<count])
            position += count
        }
    }

    private func fetch(_ piece: Range<Int>, into part: PartialFile) async throws(StoreError) {
        var position = piece.lowerBound
        try await repeated({ position }) { () async throws(StoreError) in
            let start = position
            defer { part.add(start..<position) }
            var content = try await source.open(file, from: position, to: piece.upperBound)
            guard content.start == position else {
                throw StoreError(.malformed, "\(file.path): the server sends other parts of it than it is asked for")
            }
            while let bytes = try await content.next() {
                guard bytes.readableBytes <= piece.upperBound - position else {
                    throw StoreError(.malformed, "\(file.path): the server sends more than it is asked for")
                }
                try part.write(bytes.readableBytesView, at: position)
                position += bytes.readableBytes
            }
            guard position == piece.upperBound else {
                throw StoreError(.unavailable, "\(file.path): it ended \(piece.upperBound - position) bytes too soon")
            }
        }
    }

    // MARK: - As a whole

    /// From a source that sends no parts: from the start, each time.
    private func fetchWhole(into part: PartialFile) async throws(StoreError) -> Int {
        var position = 0
        try await repeated({ 0 }) { () async throws(StoreError) in
            position = 0
            var content = try await source.open(file, from: 0, to: nil)
            while let bytes = try await content.next() {
                try Self.check(position + bytes.readableBytes, file.path)
                try part.write(bytes.readableBytesView, at: position)
                position += bytes.readableBytes
            }
            guard file.size == nil || position == file.size else {
                throw StoreError(
                    .unavailable, "\(file.path): \(position) bytes came, but it should have \(file.size ?? 0)")
            }
        }
        return position
    }

    /// Tries again what failed for want of a connection, as long as that brings the file forward.
    private func repeated(
        _ position: () -> Int, _ attempt: () async throws(StoreError) -> Void
    ) async throws(StoreError) {
        var attempts = 0
        var best = position()
        while true {
            do throws(StoreError) { return try await attempt() } catch {
                if position() - best >= Self.minimumProgress {
                    attempts = 0
                    best = position()
                }
                attempts += 1
                guard error.code == .unavailable, let delay = settings.retries.delay(after: attempts) else {
                    throw error
                }
                do { try await Task.sleep(for: delay) } catch { throw .cancelled(file.path) }
            }
        }
    }
}
