import Tensors

/// What has to be known of a graph before it is written.
struct GraphUses {
    /// Per value, whether more than one value holds it, or one holds it twice; the root is held from outside.
    private(set) var isShared: [Bool]
    /// The bytes of arrays, bytes and strings, which are most of what will be written.
    private(set) var dataBytes = 0

    /// Walks what can be reached from the root, without recursion; `O(values)`.
    init(_ graph: PickleGraph) {
        isShared = [Bool](repeating: false, count: graph.values.count)
        var isSeen = isShared
        var pending = [graph.root]
        while let reference = pending.popLast() {
            if isSeen[reference.index] {
                isShared[reference.index] = true
                continue
            }
            isSeen[reference.index] = true
            let value = graph[reference]
            pending.append(contentsOf: value.children)
            switch value {
            case .array(let array), .scalar(let array): dataBytes += array.bytes.count
            case .bytes(let bytes), .byteArray(let bytes): dataBytes += bytes.count
            case .string(let text): dataBytes += text.utf8.count
            default: break
            }
        }
    }
}
