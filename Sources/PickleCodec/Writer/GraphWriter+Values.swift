import Tensors

/// Values by their kind.
extension GraphWriter {
    mutating func write(_ reference: PickleReference) throws(PickleError) {
        switch graph[reference] {
        case .none: output.append(.none)
        case .bool(let flag): output.append(bool: flag)
        case .integer(let number): output.append(integer: number)
        case .float(let number): output.append(float: number)
        case .global(let name): append(name: name)
        case .dtype(let type): append(type)
        case .extensionCode(let code): append(extensionCode: code)
        case .list(let items): fill(reference, .emptyList, items, .append, .appends)
        case .set(let items): fill(reference, .emptySet, items, nil, .addItems)
        case .dictionary(let entries):
            output.append(.emptyDict)
            remember(reference)
            schedule(steps(setting: entries))
        case .tuple(let items) where items.isEmpty: output.append(.emptyTuple)
        case .tuple(let items):
            try open(reference)
            if items.count > 3 { output.append(.mark) }
            schedule(items.map(Step.value) + [.collect(reference)])
        case .frozenSet(let items):
            try open(reference)
            output.append(.mark)
            schedule(items.map(Step.value) + [.collect(reference)])
        case .object(let object):
            try open(reference)
            let parts = [object.callable, object.arguments, object.keywordArguments].compactMap(\.self)
            schedule(parts.map(Step.value) + [.construct(reference)])
        case .objectArray(let shape, let elements): write(reference, shape, elements)
        case .persistent(let identifier): schedule([.value(identifier), .emit(.binPersID), .remember(reference)])
        default:
            writeLeaf(graph[reference])
            remember(reference)
        }
    }

    /// Values without parts that may be shared.
    private mutating func writeLeaf(_ value: PickleValue) {
        switch value {
        case .bigInteger(let number): output.append(integer: number)
        case .string(let text): output.append(string: text)
        case .bytes(let bytes): output.append(bytes: bytes)
        case .byteArray(let bytes):
            // Its own instruction came with protocol 5.
            append(name: "bytearray", of: "builtins")
            output.append(bytes: bytes)
            output.append(.tuple1)
            output.append(.reduce)
        case .complex(let real, let imaginary):
            append(name: "complex", of: "builtins")
            output.append(float: real)
            output.append(float: imaginary)
            output.append(.tuple2)
            output.append(.reduce)
        case .array(let array): append(array)
        case .scalar(let array): append(scalar: array)
        default: break
        }
    }

    private mutating func append(extensionCode code: Int) {
        switch code {
        case 0...0xFF:
            output.append(.ext1)
            output.append(code, width: 1)
        case 0x100...0xFFFF:
            output.append(.ext2)
            output.append(code, width: 2)
        default:
            output.append(.ext4)
            output.append(code, width: 4)
        }
    }
}

// MARK: - Containers

extension GraphWriter {
    /// A container that is known before its items are.
    private mutating func fill(
        _ reference: PickleReference, _ empty: Opcode, _ items: [PickleReference], _ one: Opcode?, _ many: Opcode
    ) {
        output.append(empty)
        remember(reference)
        schedule(steps(adding: items, one, many))
    }

    /// Steps that add items to what is on top of the stack.
    func steps(adding items: [PickleReference], _ one: Opcode?, _ many: Opcode) -> [Step] {
        if items.isEmpty { return [] }
        if items.count == 1, let one { return [.value(items[0]), .emit(one)] }
        return [.emit(.mark)] + items.map(Step.value) + [.emit(many)]
    }

    /// Steps that set entries on what is on top of the stack.
    func steps(setting entries: [PickleEntry]) -> [Step] {
        let parts = entries.flatMap { [Step.value($0.key), .value($0.value)] }
        switch entries.count {
        case 0: return []
        case 1: return parts + [.emit(.setItem)]
        default: return [.emit(.mark)] + parts + [.emit(.setItems)]
        }
    }

    /// Makes a tuple or a frozen set of its items, unless a cycle through them has made it meanwhile.
    mutating func collect(_ reference: PickleReference) {
        close(reference)
        let opcode: Opcode
        let itemCount: Int
        switch graph[reference] {
        case .tuple(let items):
            itemCount = items.count
            opcode = itemCount == 1 ? .tuple1 : itemCount == 2 ? .tuple2 : itemCount == 3 ? .tuple3 : .tuple
        default: (itemCount, opcode) = (.max, .frozenSet)
        }
        if let number = remembered(reference) {
            if itemCount > 3 { output.append(.popMark) } else { for _ in 0..<itemCount { output.append(.pop) } }
            output.append(memo: number)
        } else {
            output.append(opcode)
            remember(reference)
        }
    }
}

// MARK: - Objects

extension GraphWriter {
    /// Makes an object of its class and arguments, unless a cycle through them has made it meanwhile.
    mutating func construct(_ reference: PickleReference) throws(PickleError) {
        guard case .object(let object) = graph[reference] else { return }
        close(reference)
        if let number = remembered(reference) {
            for _ in 0..<(object.keywordArguments == nil ? 2 : 3) { output.append(.pop) }
            return output.append(memo: number)
        }
        switch (object.construction, object.keywordArguments) {
        case (.new, nil): output.append(.newObj)
        case (.new, _): output.append(.newObjEx)
        case (.call, nil): output.append(.reduce)
        case (.call, _):
            throw PickleError(
                .unsupported, "a call with keyword arguments has no form in a pickle", offset: output.bytes.count)
        }
        remember(reference)
        var next = steps(adding: object.items, .append, .appends) + steps(setting: object.entries)
        if let state = object.state { next += [.value(state), .emit(.build)] }
        schedule(next)
    }
}
