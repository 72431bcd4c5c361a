/// The pickle machine: reads instructions and builds values, of which it executes none.
///
/// Source of the instructions' meaning: CPython `Lib/pickle.py`, class `_Unpickler`.
struct PickleMachine {
    let limits: PickleLimits
    var cursor: ByteCursor
    /// Every value made so far.
    var values: [PickleValue] = []
    /// The values not yet taken by another, last on top.
    var stack: [PickleReference] = []
    /// Where in the stack marks stand.
    var marks: [Int] = []
    var memo = Memo()
    /// Values made, and items put into containers.
    private(set) var elementCount = 0
    /// Bytes made of text.
    private var convertedBytes = 0
    private(set) var protocolVersion = 0
    /// How many pickles embedded in joblib arrays of objects are being read.
    var embedding = 0

    init(_ bytes: [UInt8], limits: PickleLimits) {
        cursor = ByteCursor(bytes)
        self.limits = limits
    }

    /// Reads up to STOP and returns the value that stands for the pickle.
    mutating func run() throws(PickleError) -> PickleReference {
        while true {
            let byte = try cursor.byte()
            guard let opcode = Opcode(rawValue: byte) else {
                throw malformed("0x\(String(byte, radix: 16)) is not a pickle instruction")
            }
            do {
                if opcode == .stop { return try pop() }
                try execute(opcode)
            } catch {
                throw PickleError(error.code, "\(opcode.name): \(error.message)", offset: error.offset)
            }
        }
    }

    private mutating func execute(_ opcode: Opcode) throws(PickleError) {
        switch opcode {
        case .none: try push(.none)
        case .newTrue: try push(.bool(true))
        case .newFalse: try push(.bool(false))
        case .int, .binInt, .binInt1, .binInt2, .long, .long1, .long4, .float, .binFloat: try number(opcode)
        case .string, .binString, .shortBinString, .unicode, .binUnicode, .shortBinUnicode, .binUnicode8:
            try text(opcode)
        case .binBytes, .shortBinBytes, .binBytes8, .byteArray8: try bytes(opcode)
        case .emptyList, .list, .emptyTuple, .tuple, .tuple1, .tuple2, .tuple3, .emptyDict, .dict, .emptySet,
            .frozenSet:
            try container(opcode)
        case .append, .appends, .setItem, .setItems, .addItems: try fill(opcode)
        case .global, .stackGlobal, .ext1, .ext2, .ext4, .persID, .binPersID: try name(opcode)
        case .reduce, .build, .inst, .obj, .newObj, .newObjEx: try construct(opcode)
        case .mark:
            marks.append(stack.count)
            try checkStack()
        case .pop: try drop()
        case .popMark: _ = try popToMark()
        case .dup: try repeatOnStack(try top())
        case .get, .binGet, .longBinGet, .put, .binPut, .longBinPut, .memoize: try remember(opcode)
        case .proto: try declareProtocol()
        case .frame: _ = try cursor.length(8, of: "frame")
        case .nextBuffer, .readOnlyBuffer:
            throw PickleError(.unsupported, "out-of-band buffers are kept outside the file", offset: cursor.position)
        case .stop: break
        }
    }

    private mutating func declareProtocol() throws(PickleError) {
        let version = Int(try cursor.byte())
        guard version <= 5 else {
            throw PickleError(
                .unsupported,
                "pickle protocol \(version) is not known (0 to 5 are)",
                offset: cursor.position
            )
        }
        protocolVersion = max(protocolVersion, version)
    }

    private mutating func drop() throws(PickleError) {
        // As CPython: a mark directly on top is what is dropped.
        if let mark = marks.last, mark == stack.count { marks.removeLast() } else { _ = try pop() }
    }

    func malformed(_ message: String) -> PickleError { PickleError(.malformed, message, offset: cursor.position) }
}

// MARK: - Stack

extension PickleMachine {
    /// Makes a value.
    mutating func make(_ value: PickleValue) throws(PickleError) -> PickleReference {
        try count(1)
        values.append(value)
        return PickleReference(values.count - 1)
    }

    /// Puts a value on the stack that was made before.
    private mutating func repeatOnStack(_ reference: PickleReference) throws(PickleError) {
        stack.append(reference)
        try checkStack()
    }

    /// Refuses a stack that outgrows what may lie on it: what an instruction repeats is not counted as made.
    private func checkStack() throws(PickleError) {
        guard stack.count + marks.count <= limits.maximumElements else { throw tooManyElements() }
    }

    /// Makes a value and puts it on the stack.
    mutating func push(_ value: PickleValue) throws(PickleError) { stack.append(try make(value)) }

    /// Counts what is made, or gone through again, and refuses too much.
    mutating func count(_ elements: Int) throws(PickleError) {
        elementCount += elements
        // References have 32 bits.
        guard elementCount <= min(limits.maximumElements, Int(UInt32.max) - 1) else { throw tooManyElements() }
    }

    private func tooManyElements() -> PickleError {
        PickleError(
            .limitExceeded,
            "more than \(limits.maximumElements) elements (maximumElements)",
            offset: cursor.position
        )
    }

    /// Counts text that becomes bytes again, which Python writes once for each: more than twice the file is an attack.
    mutating func countConverted(_ bytes: Int) throws(PickleError) {
        convertedBytes += bytes
        guard convertedBytes <= 2 * cursor.bytes.count else {
            throw PickleError(
                .limitExceeded,
                "the same text stands for bytes again and again",
                offset: cursor.position
            )
        }
    }

    /// The top of the stack, above any mark.
    func top() throws(PickleError) -> PickleReference {
        guard let last = stack.last, stack.count > marks.last ?? 0 else { throw malformed("the stack is empty") }
        return last
    }

    mutating func pop() throws(PickleError) -> PickleReference {
        let reference = try top()
        stack.removeLast()
        return reference
    }

    /// The values above the last mark, which is taken too.
    mutating func popToMark() throws(PickleError) -> [PickleReference] {
        guard let mark = marks.popLast() else { throw malformed("there is no mark on the stack") }
        defer { stack.removeSubrange(mark...) }
        return Array(stack[mark...])
    }
}

// MARK: - Memo

extension PickleMachine {
    private mutating func remember(_ opcode: Opcode) throws(PickleError) {
        switch opcode {
        case .get, .binGet, .longBinGet:
            let number = try memoNumber(opcode)
            guard let reference = memo[number] else { throw malformed("nothing was memoized as \(number)") }
            try repeatOnStack(reference)
        case .memoize: try memoize(UInt64(memo.count))
        default: try memoize(try memoNumber(opcode))
        }
    }

    private mutating func memoNumber(_ opcode: Opcode) throws(PickleError) -> UInt64 {
        switch opcode {
        case .binGet, .binPut: return try cursor.littleEndian(1)
        case .longBinGet, .longBinPut: return try cursor.littleEndian(4)
        default:
            let line = try cursor.line()
            guard let number = UInt64(String(decoding: line, as: UTF8.self)) else {
                throw malformed("a memo number is not a number")
            }
            return number
        }
    }

    private mutating func memoize(_ number: UInt64) throws(PickleError) {
        memo.set(number, to: try top())
        guard memo.count <= limits.maximumMemoEntries else {
            throw PickleError(
                .limitExceeded,
                "more than \(limits.maximumMemoEntries) memo entries (maximumMemoEntries)",
                offset: cursor.position
            )
        }
    }
}
