import PickleCodec
import Tensors

/// The amount of data a graph would hold if no value in it were shared.
///
/// Decoders follow references without noting where they have been. That is right for a model, which shares little; but
/// a kilobyte of lists that each hold the one before twice would keep them busy for ever.
struct GraphUnfolding {
    /// How often a graph may hold its own size, and the size that is always allowed: 8-byte numbers, or values.
    private static let maximumRatio = 64
    private static let minimumLimit = 50_000_000

    private let graph: PickleGraph
    /// The unfolded size of each value that was left; nil before, 0 while it is on the stack.
    private var sizes: [Int?]
    private var ownSize = 0

    private init(_ graph: PickleGraph) {
        self.graph = graph
        sizes = [Int?](repeating: nil, count: graph.values.count)
    }

    /// Refuses a graph whose unfolded size is out of all proportion to its own.
    ///
    /// A reference back to a value that holds it counts nothing: who follows it, nests without end, and the limit of
    /// ``EstimatorRegistry/maximumNestingDepth`` is for that.
    static func check(_ graph: PickleGraph) throws(EstimatorError) {
        var unfolding = GraphUnfolding(graph)
        let size = unfolding.measure()
        guard size <= max(saturatingProduct(unfolding.ownSize, maximumRatio), minimumLimit) else {
            throw EstimatorError(.malformed, at: "pickle", "its values share each other too often to be a model")
        }
    }

    private struct Visit {
        let index: Int
        var children: ArraySlice<PickleReference>
        var size: Int
    }

    /// The root's unfolded size, without recursion, however deep the graph is.
    private mutating func measure() -> Int {
        var stack = [enter(graph.root.index)]
        var finished = 0
        while var visit = stack.popLast() {
            visit.size = Self.saturatingSum(visit.size, finished)
            finished = 0
            if let child = visit.children.popFirst() {
                if let known = sizes[child.index] {
                    finished = known
                    stack.append(visit)
                } else {
                    stack.append(visit)
                    stack.append(enter(child.index))
                }
            } else {
                sizes[visit.index] = visit.size
                finished = visit.size
            }
        }
        return finished
    }

    private mutating func enter(_ index: Int) -> Visit {
        sizes[index] = 0
        let value = graph.values[index]
        var size = 1
        switch value {
        case .array(let array), .scalar(let array): size += array.bytes.count / 8
        // Decoders hash and compare keys and names.
        case .string(let text): size += text.utf8.count / 8
        case .global(let name): size += (name.module.utf8.count + name.name.utf8.count) / 8
        default: break
        }
        ownSize = Self.saturatingSum(ownSize, size)
        return Visit(index: index, children: value.children[...], size: size)
    }

    private static func saturatingSum(_ left: Int, _ right: Int) -> Int {
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? .max : sum
    }

    private static func saturatingProduct(_ left: Int, _ right: Int) -> Int {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        return overflow ? .max : product
    }
}

extension PickleValue {
    /// The values that this one refers to.
    fileprivate var children: [PickleReference] {
        switch self {
        case .list(let items), .tuple(let items), .set(let items), .frozenSet(let items), .objectArray(_, let items):
            return items
        case .dictionary(let entries): return entries.flatMap { [$0.key, $0.value] }
        case .object(let object):
            let parts = [object.arguments, object.keywordArguments, object.state].compactMap(\.self)
            return parts + object.items + object.entries.flatMap { [$0.key, $0.value] }
        case .persistent(let identifier): return [identifier]
        default: return []
        }
    }
}
