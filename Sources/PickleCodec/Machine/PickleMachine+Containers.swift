/// Lists, tuples, dicts and sets.
extension PickleMachine {
    mutating func container(_ opcode: Opcode) throws(PickleError) {
        switch opcode {
        case .emptyList: try push(.list([]))
        case .emptyTuple: try push(.tuple([]))
        case .emptyDict: try push(.dictionary([]))
        case .emptySet: try push(.set([]))
        case .list: try push(.list(try counted(popToMark())))
        case .tuple: try push(.tuple(try counted(popToMark())))
        case .frozenSet: try push(.frozenSet(try counted(popToMark())))
        case .dict: try push(.dictionary(try pairs(try popToMark())))
        case .tuple1: try push(.tuple(try popLast(1)))
        case .tuple2: try push(.tuple(try popLast(2)))
        default: try push(.tuple(try popLast(3)))
        }
    }

    mutating func fill(_ opcode: Opcode) throws(PickleError) {
        switch opcode {
        case .append:
            let item = try pop()
            try append([item], to: try top())
        case .appends, .addItems:
            let items = try popToMark()
            try append(items, to: try top())
        case .setItem:
            let pair = try popLast(2)
            try set(try pairs(pair), on: try top())
        default:
            let entries = try pairs(try popToMark())
            try set(entries, on: try top())
        }
    }

    private mutating func popLast(_ count: Int) throws(PickleError) -> [PickleReference] {
        var items: [PickleReference] = []
        for _ in 0..<count { items.append(try pop()) }
        return items.reversed()
    }

    /// Items that a container takes over, counted.
    mutating func counted(_ items: [PickleReference]) throws(PickleError) -> [PickleReference] {
        try count(items.count)
        return items
    }

    private func pairs(_ items: [PickleReference]) throws(PickleError) -> [PickleEntry] {
        guard items.count % 2 == 0 else { throw malformed("a dict has a key without a value") }
        return stride(from: 0, to: items.count, by: 2).map { PickleEntry(key: items[$0], value: items[$0 + 1]) }
    }

    private mutating func append(_ items: [PickleReference], to target: PickleReference) throws(PickleError) {
        try count(items.count)
        if var list = take(target, { $0.list }) {
            list.append(contentsOf: items)
            values[target.index] = .list(list)
        } else if var set = take(target, { $0.set }) {
            set.append(contentsOf: items)
            values[target.index] = .set(set)
        } else if var object = take(target, { $0.object }) {
            object.items.append(contentsOf: items)
            values[target.index] = .object(object)
        } else {
            throw malformed("items are appended to what is no list")
        }
    }

    private mutating func set(_ entries: [PickleEntry], on target: PickleReference) throws(PickleError) {
        try count(2 * entries.count)
        if var dictionary = take(target, { $0.dictionary }) {
            dictionary.append(contentsOf: entries)
            values[target.index] = .dictionary(dictionary)
        } else if var object = take(target, { $0.object }) {
            object.entries.append(contentsOf: entries)
            values[target.index] = .object(object)
        } else {
            throw malformed("items are set on what is no dict")
        }
    }

    /// Takes what a value holds out of the array of values: its only owner can then change it without copying it.
    ///
    /// A `switch` over the value would own it too, and make filling a list item by item take quadratic time.
    private mutating func take<Payload>(_ target: PickleReference, _ payload: (PickleValue) -> Payload?) -> Payload? {
        guard let taken = payload(values[target.index]) else { return nil }
        values[target.index] = .none
        return taken
    }
}

extension PickleValue {
    fileprivate var list: [PickleReference]? { if case .list(let items) = self { items } else { nil } }
    fileprivate var set: [PickleReference]? { if case .set(let items) = self { items } else { nil } }
    fileprivate var dictionary: [PickleEntry]? { if case .dictionary(let entries) = self { entries } else { nil } }
    fileprivate var object: PickledObject? { if case .object(let object) = self { object } else { nil } }
}
