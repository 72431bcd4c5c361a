extension PickleValue {
    /// The values this one directly holds.
    var children: [PickleReference] {
        switch self {
        case .none, .bool, .integer, .bigInteger, .float, .complex, .bytes, .byteArray, .string, .global, .dtype,
            .array, .scalar, .extensionCode:
            []
        case .list(let items), .tuple(let items), .set(let items), .frozenSet(let items): items
        case .objectArray(_, let elements): elements
        case .dictionary(let entries): entries.flatMap { [$0.key, $0.value] }
        case .persistent(let identifier): [identifier]
        case .object(let object):
            [object.callable, object.arguments] + [object.keywordArguments, object.state].compactMap(\.self)
                + object.items + object.entries.flatMap { [$0.key, $0.value] }
        }
    }
}

/// How deeply the values below a root nest; a value met again on the way to itself adds nothing.
///
/// Whoever walks a graph by recursion needs as much stack as this. Walked without recursion itself; `O(values)`.
///
/// - Returns: the depth, or nil if it is more than `maximum`.
func nestingDepth(of root: PickleReference, in values: [PickleValue], maximum: Int) -> Int? {
    var depths = [Int32](repeating: -1, count: values.count)
    var path: [(value: Int, children: [PickleReference], next: Int)] = []

    func enter(_ index: Int) {
        depths[index] = 0
        path.append((index, values[index].children, 0))
    }

    enter(root.index)
    while let top = path.last {
        if path.count > maximum { return nil }
        if top.next < top.children.count {
            path[path.count - 1].next += 1
            let child = top.children[top.next].index
            if depths[child] < 0 {
                enter(child)
            } else {
                depths[top.value] = max(depths[top.value], depths[child] + 1)
            }
        } else {
            path.removeLast()
            if let parent = path.last?.value { depths[parent] = max(depths[parent], depths[top.value] + 1) }
        }
        if depths[top.value] > maximum { return nil }
    }
    return Int(depths[root.index])
}
