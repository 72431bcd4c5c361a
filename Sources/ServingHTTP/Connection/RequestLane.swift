import NIOCore

/// What becomes of the bytes of one connection: small plain requests are cut out of them and answered where they were
/// read, all others are passed on as they came.
///
/// HTTP/1.1 answers in the order of the requests (RFC 9112, section 9.3.2), so nothing is answered here while a request
/// that was passed on has no answer yet. Once a head is not plain, nobody here knows where its request ends: from then
/// on the connection belongs to those behind.
struct RequestLane {
    /// What to do next.
    enum Action {
        /// Answer a request.
        case answer(PlainRequest)
        /// Hand bytes to the handlers behind: with them a request begins, ends, both or neither.
        case passOn(ByteBuffer, begins: Bool, ends: Bool)
        /// The same for the beginning of a prediction, or refuse it and ``RequestLane/discard()`` it. The request that
        /// is given here has no body.
        case consider(PlainRequest, ByteBuffer, ends: Bool)
        /// Hand these and all later bytes to the handlers behind.
        case surrender(ByteBuffer)
    }

    private enum State {
        /// The bytes begin with a head, of which so many are known to hold no end.
        case head(searched: Int)
        /// The bytes begin with a plain head that is not inline or whose body has not come yet.
        case waiting(PlainHead, RequestTarget)
        /// So many bytes belong to a request that was passed on.
        case passing(Int)
        /// So many bytes belong to a request that was refused.
        case discarding(Int)
        case surrendered
    }

    /// The longest head that is looked at.
    private static let maximumHeadBytes = 16 << 10

    private let maximumBodyBytes: Int
    private let gathers: ((RequestTarget) -> Bool)?
    private var state = State.head(searched: 0)
    private var bytes = ByteBuffer()
    private var unansweredCount = 0

    /// - Parameters:
    ///   - maximumBodyBytes: the longest body that is gathered.
    ///   - gathers: whether requests for a target wait for each other and are thus passed on; nil where none do.
    init(maximumBodyBytes: Int, gathers: ((RequestTarget) -> Bool)? = nil) {
        self.maximumBodyBytes = maximumBodyBytes
        self.gathers = gathers
    }

    /// Whether part of a request has been gathered, or passed on.
    var isReading: Bool {
        switch state {
        case .head: bytes.readableBytes > 0
        case .waiting, .passing, .discarding: true
        case .surrendered: false
        }
    }

    /// Whether a request is being gathered that those behind know nothing of.
    var isGathering: Bool {
        switch state {
        case .head, .waiting: bytes.readableBytes > 0
        case .passing, .discarding, .surrendered: false
        }
    }

    /// Whether the connection belongs to those behind.
    var isSurrendered: Bool { if case .surrendered = state { true } else { false } }

    /// Bytes were read.
    mutating func add(_ more: consuming ByteBuffer) {
        if bytes.readableBytes == 0 { bytes = more } else { bytes.writeBuffer(&more) }
    }

    /// The last part of the answer to a request that was passed on was written.
    mutating func answeredPassedOn() { unansweredCount -= 1 }

    /// The request that has just been considered is not passed on: the rest of it is dropped as it comes.
    mutating func discard() {
        unansweredCount -= 1
        if case .passing(let rest) = state { state = .discarding(rest) }
    }

    /// What to do with the bytes read so far; nil if more must come first.
    mutating func next() -> Action? {
        switch state {
        case .head(let searched):
            guard bytes.readableBytes > 0 else { return nil }
            return begin(searched)
        case .waiting(let head, let target): return answer(head, target)
        case .passing(let rest):
            guard let part = bytes.readSlice(length: min(rest, bytes.readableBytes)), part.readableBytes > 0 else {
                return nil
            }
            let isEnd = part.readableBytes == rest
            state = isEnd ? .head(searched: 0) : .passing(rest - part.readableBytes)
            return .passOn(part, begins: false, ends: isEnd)
        case .discarding(let rest):
            let count = min(rest, bytes.readableBytes)
            bytes.moveReaderIndex(forwardBy: count)
            state = count == rest ? .head(searched: 0) : .discarding(rest - count)
            return count == rest ? next() : nil
        case .surrendered:
            let all = takeAll()
            return all.readableBytes > 0 ? .surrender(all) : nil
        }
    }

    private mutating func takeAll() -> ByteBuffer {
        defer { bytes = ByteBuffer() }
        return bytes
    }

    private mutating func begin(_ searched: Int) -> Action? {
        guard let end = PlainHead.end(of: bytes.readableBytesUInt8Span, from: searched) else {
            guard bytes.readableBytes <= Self.maximumHeadBytes else { return surrender() }
            state = .head(searched: max(0, bytes.readableBytes - 3))
            return nil
        }
        guard case .plain(let head) = PlainHead.read(bytes.readableBytesUInt8Span, byteCount: end) else {
            return surrender()
        }
        let prediction = prediction(head)
        if let prediction, isInline(head, prediction) {
            state = .waiting(head, prediction)
            return answer(head, prediction)
        }
        unansweredCount += 1
        let all = head.byteCount + head.bodyByteCount
        guard let part = bytes.readSlice(length: min(all, bytes.readableBytes)) else { return nil }
        let isEnd = part.readableBytes == all
        state = isEnd ? .head(searched: 0) : .passing(all - part.readableBytes)
        if let prediction, let headBytes = part.getSlice(at: part.readerIndex, length: head.byteCount) {
            let request = PlainRequest(target: prediction, head: headBytes, head, body: ByteBuffer())
            return .consider(request, part, ends: isEnd)
        }
        return .passOn(part, begins: true, ends: isEnd)
    }

    private mutating func surrender() -> Action? {
        state = .surrendered
        return .surrender(takeAll())
    }

    private mutating func answer(_ head: PlainHead, _ target: RequestTarget) -> Action? {
        guard bytes.readableBytes >= head.byteCount + head.bodyByteCount,
            let headBytes = bytes.readSlice(length: head.byteCount),
            let body = bytes.readSlice(length: head.bodyByteCount)
        else { return nil }
        state = .head(searched: 0)
        return .answer(PlainRequest(target: target, head: headBytes, head, body: body))
    }

    /// What a request asks for, if it is a prediction and may be answered before all others.
    private func prediction(_ head: PlainHead) -> RequestTarget? {
        guard unansweredCount == 0, head.isPost,
            let path = bytes.getString(at: bytes.readerIndex + head.target.lowerBound, length: head.target.count),
            let target = RequestTarget(path), target.isInline
        else { return nil }
        return target
    }

    /// Whether a prediction is to be answered here.
    private func isInline(_ head: PlainHead, _ target: RequestTarget) -> Bool {
        !head.isEncoded && head.bodyByteCount <= maximumBodyBytes && !(gathers?(target) ?? false)
    }
}
