/// Names, instances and calls.
extension PickleMachine {
    mutating func name(_ opcode: Opcode) throws(PickleError) {
        switch opcode {
        case .global: try push(.global(try globalLines()))
        case .stackGlobal:
            let name = try pop()
            let module = try pop()
            guard case .string(let moduleText) = values[module.index], case .string(let nameText) = values[name.index]
            else { throw malformed("STACK_GLOBAL finds no strings") }
            try push(.global(PythonName(module: moduleText, name: nameText).inPython3))
        case .ext1: try push(.extensionCode(Int(try cursor.littleEndian(1))))
        case .ext2: try push(.extensionCode(Int(try cursor.littleEndian(2))))
        case .ext4: try push(.extensionCode(Int(try cursor.littleEndian(4))))
        case .persID:
            let identifier = try make(.string(latin1(try cursor.line())))
            try push(.persistent(identifier))
        default:
            let identifier = try pop()
            try push(.persistent(identifier))
        }
    }

    mutating func construct(_ opcode: Opcode) throws(PickleError) {
        switch opcode {
        case .reduce:
            let arguments = try pop()
            let callable = try pop()
            try push(try recordedCall(of: callable, arguments))
        case .newObj:
            let arguments = try pop()
            let callable = try pop()
            try push(.object(PickledObject(construction: .new, callable: callable, arguments: arguments)))
        case .newObjEx:
            let keywords = try pop()
            let arguments = try pop()
            let callable = try pop()
            try push(
                .object(
                    PickledObject(
                        construction: .new,
                        callable: callable,
                        arguments: arguments,
                        keywordArguments: keywords
                    )
                )
            )
        case .inst:
            let callable = try make(.global(try globalLines()))
            try instance(of: callable, try popToMark())
        case .obj:
            let items = try popToMark()
            guard let callable = items.first else { throw malformed("OBJ finds no class") }
            try instance(of: callable, Array(items.dropFirst()))
        default:
            let state = try pop()
            try build(state, on: try top())
        }
    }

    private mutating func globalLines() throws(PickleError) -> PythonName {
        let module = String(decoding: try cursor.line(), as: UTF8.self)
        return PythonName(module: module, name: String(decoding: try cursor.line(), as: UTF8.self)).inPython3
    }

    private mutating func instance(of callable: PickleReference, _ items: [PickleReference]) throws(PickleError) {
        let arguments = try make(.tuple(items))
        try push(.object(PickledObject(construction: .new, callable: callable, arguments: arguments)))
    }

    /// What a call stands for: one of the few values that Python can only write as a call, or a record of it.
    private mutating func recordedCall(
        of callable: PickleReference,
        _ arguments: PickleReference
    ) throws(PickleError) -> PickleValue {
        if case .global(let name) = values[callable.index], case .tuple(let items) = values[arguments.index] {
            if let value = try standardValue(name, items) { return value }
            if let value = try numpyValue(name, items) { return value }
            if let instance = try reconstructedInstance(name, items) { return instance }
        }
        return .object(PickledObject(construction: .call, callable: callable, arguments: arguments))
    }

    /// The state of an object; for what was recorded of arrays, the array.
    private mutating func build(_ state: PickleReference, on target: PickleReference) throws(PickleError) {
        switch values[target.index] {
        case .dtype(let type):
            guard let built = try self.dtype(type, state: state) else {
                throw PickleError(.unsupported, "a numpy dtype has a form Apus does not read", offset: cursor.position)
            }
            values[target.index] = .dtype(built)
        case .object(var object):
            if let array = try numpyArray(object, state: state) {
                values[target.index] = array
                return
            }
            object.state = state
            values[target.index] = .object(object)
            if let array = try joblibArray(object) { values[target.index] = array }
        default: throw malformed("BUILD gives a state to what is no object")
        }
    }
}

/// Values of Python that pickles write as calls.
extension PickleMachine {
    private mutating func standardValue(
        _ name: PythonName,
        _ items: [PickleReference]
    ) throws(PickleError) -> PickleValue? {
        guard items.count <= 2 else { return nil }
        let arguments = items.map { values[$0.index] }
        switch (name.module, name.name) {
        case ("_codecs", "encode"):
            guard case .string(let text) = arguments.first, case .string("latin1") = arguments.last else { return nil }
            return try latin1Bytes(text).map { .bytes($0[...]) }
        case ("builtins", let type): return try builtin(type, arguments)
        default: return nil
        }
    }

    private mutating func builtin(
        _ type: String,
        _ arguments: [PickleValue]
    ) throws(PickleError) -> PickleValue? {
        switch (type, arguments.count, arguments.first, arguments.last) {
        case ("bytes", 0, _, _): return .bytes([])
        case ("bytearray", 0, _, _): return .byteArray([])
        case ("bytearray", 1, .bytes(let bytes), _): return .byteArray(bytes)
        case ("bytearray", 2, .string(let text), .string("latin-1")):
            return try latin1Bytes(text).map { .byteArray($0[...]) }
        case ("set", 1, .list(let items), _): return .set(try counted(items))
        case ("frozenset", 1, .list(let items), _): return .frozenSet(try counted(items))
        case ("complex", 2, .float(let real), .float(let imaginary)):
            return .complex(real: real, imaginary: imaginary)
        default: return nil
        }
    }

    /// A string's characters as bytes; nil if there are others than Latin-1's.
    mutating func latin1Bytes(_ text: String) throws(PickleError) -> [UInt8]? {
        try countConverted(text.utf8.count)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            guard scalar.value <= 0xFF else { return nil }
            bytes.append(UInt8(scalar.value))
        }
        return bytes
    }

    /// How protocols 0 and 1 write `cls.__new__(cls)`: `copyreg._reconstructor(cls, object, None)`.
    private mutating func reconstructedInstance(
        _ name: PythonName,
        _ items: [PickleReference]
    ) throws(PickleError) -> PickleValue? {
        guard name.module == "copyreg", name.name == "_reconstructor", items.count == 3,
            case .global(let base) = values[items[1].index], base.name == "object", case .none = values[items[2].index]
        else { return nil }
        let arguments = try make(.tuple([]))
        return .object(PickledObject(construction: .new, callable: items[0], arguments: arguments))
    }
}
