import Tensors

/// Recognises numpy's element types.
extension PickleMachine {
    /// How deeply records may nest in one another.
    private static let maximumRecordDepth = 16
    /// How large an element may be; numpy's own limit is twice that.
    private static let maximumItemBytes = 1 << 30
    /// How long the name of a record's field may be.
    private static let maximumNameBytes = 1_024
    /// The longest unit of numpy's dates, `generic`, has seven.
    private static let maximumUnitBytes = 16

    /// A type with the state numpy writes after it; nil for forms that are not read (sub-arrays, and a second
    /// state for a record).
    ///
    /// The state is `(version, byte order, subarray, names, fields, size, alignment, flags[, metadata])`.
    mutating func dtype(_ type: DType, state: PickleReference) throws(PickleError) -> DType? {
        guard type.recordDepth == 0, case .tuple(let parts) = values[state.index], parts.count >= 6,
            case .string(let order) = values[parts[1].index], case .none = values[parts[2].index]
        else { return nil }
        let isBigEndian = order == ">"
        if case .tuple(let names) = values[parts[3].index] {
            guard case .integer(let size) = values[parts[5].index],
                case .dictionary(let entries) = values[parts[4].index]
            else { return nil }
            try count(names.count + entries.count)
            return record(names, entries, size: size)
        }
        var size = type.itemSize
        if type.kind.isFlexible, case .integer(let flexible) = values[parts[5].index], flexible >= 0 {
            guard flexible <= Self.maximumItemBytes, type.kind != .unicode || flexible % 4 == 0 else { return nil }
            size = flexible
        }
        if let unit = parts.count > 8 ? datetimeUnit(parts[8]) : nil {
            switch type.kind {
            case .datetime: return DType(kind: .datetime(unit: unit), itemSize: size, isBigEndian: isBigEndian)
            case .timedelta: return DType(kind: .timedelta(unit: unit), itemSize: size, isBigEndian: isBigEndian)
            default: break
            }
        }
        return DType(kind: type.kind, itemSize: size, isBigEndian: isBigEndian)
    }

    private func record(_ names: [PickleReference], _ entries: [PickleEntry], size: Int) -> DType? {
        guard (0...Self.maximumItemBytes).contains(size) else { return nil }
        var parts: [String: [PickleReference]] = [:]
        for entry in entries {
            if case .string(let name) = values[entry.key.index], name.utf8.count <= Self.maximumNameBytes,
                case .tuple(let part) = values[entry.value.index]
            {
                parts[name] = part
            }
        }
        var fields: [DType.Field] = []
        for reference in names {
            guard case .string(let name) = values[reference.index], name.utf8.count <= Self.maximumNameBytes,
                let part = parts[name], part.count >= 2,
                case .dtype(let type) = values[part[0].index], case .integer(let offset) = values[part[1].index],
                type.recordDepth < Self.maximumRecordDepth, offset >= 0, type.itemSize <= size,
                offset <= size - type.itemSize
            else { return nil }
            fields.append(DType.Field(name: name, type: type, offset: offset))
        }
        return DType(kind: .record(fields), itemSize: size)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
    }

    /// The unit of a date or time: `({}, (unit, multiple, 1, 1))`.
    private func datetimeUnit(_ reference: PickleReference) -> String? {
        guard case .tuple(let metadata) = values[reference.index], let last = metadata.last,
            case .tuple(let parts) = values[last.index], parts.count >= 2,
            case .bytes(let unit) = values[parts[0].index], unit.count <= Self.maximumUnitBytes,
            unit.allSatisfy(Self.isLetter), case .integer(let multiple) = values[parts[1].index], multiple > 0
        else { return nil }
        return (multiple == 1 ? "" : "\(multiple)") + String(decoding: unit, as: UTF8.self)
    }
}

extension DType.Kind {
    /// Whether the elements' size is the array's own choice.
    fileprivate var isFlexible: Bool {
        switch self {
        case .bytes, .unicode, .void: true
        default: false
        }
    }
}
