import Tensors

/// Writes the instructions that make a graph.
///
/// Works through a stack of steps instead of recursing, so that it writes graphs of any depth. Source of the
/// instructions' meaning and of the treatment of cycles: CPython `Lib/pickle.py`, class `_Pickler`.
struct GraphWriter {
    /// What is left to do, the next step last.
    enum Step {
        /// Write a value, or where it was written before.
        case value(PickleReference)
        case emit(Opcode)
        /// Make a tuple or a frozen set of the items that were written.
        case collect(PickleReference)
        /// Make an object of what was written of its construction.
        case construct(PickleReference)
        /// Remember what was just made.
        case remember(PickleReference)
    }

    /// How often a value that is made at once from its parts may be met again among them. Each time it is written anew
    /// until all that leads back to it is known.
    private static let maximumReentries = 64
    private static let protocolVersion: UInt8 = 4
    private static let unknown = UInt32.max

    let graph: PickleGraph
    let format: PickleFormat
    var output = PickleOutput()
    var steps: [Step] = []
    private let uses: GraphUses
    /// Per value, its number in the reader's memo.
    private var memo: [UInt32]
    private var memoCount = 0
    /// Names, element types and words that this writer itself has need of, by their number in the memo.
    private var names: [PythonName: Int] = [:]
    private var types: [DType: Int] = [:]
    private var words: [String: Int] = [:]
    /// Per value, whether its parts are being written.
    private var isOpen: [Bool]
    /// How many values are open, those that are open twice counted twice.
    private var openCount = 0
    private var reentries = 0

    init(_ graph: PickleGraph, _ format: PickleFormat) {
        self.graph = graph
        self.format = format
        uses = GraphUses(graph)
        memo = [UInt32](repeating: Self.unknown, count: graph.values.count)
        isOpen = [Bool](repeating: false, count: graph.values.count)
        // An instruction or two a value.
        output.reserve(uses.dataBytes + 8 * graph.values.count)
    }

    /// Writes the whole pickle.
    mutating func run() throws(PickleError) {
        output.append(.proto)
        output.append(byte: Self.protocolVersion)
        steps = [.value(graph.root)]
        while let step = steps.popLast() { try perform(step) }
        output.append(.stop)
    }

    private mutating func perform(_ step: Step) throws(PickleError) {
        switch step {
        case .value(let reference):
            let number = memo[reference.index]
            if number == Self.unknown { try write(reference) } else { output.append(memo: Int(number)) }
        case .emit(let opcode): output.append(opcode)
        case .collect(let reference): collect(reference)
        case .construct(let reference): try construct(reference)
        case .remember(let reference): remember(reference)
        }
    }

    /// Adds steps, the first of which is the next to be done.
    mutating func schedule(_ next: [Step]) { steps.append(contentsOf: next.reversed()) }
}

// MARK: - Memo

extension GraphWriter {
    /// Remembers the value just made if it will be referred to again, or may lead back to one that is open.
    mutating func remember(_ reference: PickleReference) {
        guard uses.isShared[reference.index] || openCount > 0 else { return }
        memo[reference.index] = UInt32(memoCount)
        memoize()
    }

    private mutating func memoize() {
        output.append(.memoize)
        memoCount += 1
    }

    /// The number under which a value is remembered.
    func remembered(_ reference: PickleReference) -> Int? {
        let number = memo[reference.index]
        return number == Self.unknown ? nil : Int(number)
    }

    /// A text that this writer needs often, and nobody can tell from an equal one.
    mutating func append(word: String) {
        if let number = words[word] { return output.append(memo: number) }
        output.append(string: word)
        words[word] = memoCount
        memoize()
    }

    /// A class or function.
    mutating func append(name: PythonName) {
        if let number = names[name] { return output.append(memo: number) }
        append(word: name.module)
        append(word: name.name)
        output.append(.stackGlobal)
        names[name] = memoCount
        memoize()
    }

    mutating func append(name: String, of module: String) { append(name: PythonName(module: module, name: name)) }

    /// An element type, made by `make` unless it is known.
    mutating func append(type: DType, _ make: (inout GraphWriter) -> Void) {
        if let number = types[type] { return output.append(memo: number) }
        make(&self)
        types[type] = memoCount
        memoize()
    }
}

// MARK: - Cycles

extension GraphWriter {
    /// Notes that the parts of a value are being written from which it will be made.
    ///
    /// Met again among its parts, behind a list or an object that is known by then, it is written once more from the
    /// start; the outer one finds it made already.
    mutating func open(_ reference: PickleReference) throws(PickleError) {
        guard uses.isShared[reference.index] else { return }
        openCount += 1
        if isOpen[reference.index] { reentries += 1 }
        isOpen[reference.index] = true
        guard reentries <= Self.maximumReentries else {
            throw PickleError(
                .limitExceeded,
                "tuples or calls hold themselves in more than \(Self.maximumReentries) ways (maximumReentries)",
                offset: output.bytes.count)
        }
    }

    /// Notes that the parts of a value are written.
    mutating func close(_ reference: PickleReference) {
        if uses.isShared[reference.index] { openCount -= 1 }
    }
}
