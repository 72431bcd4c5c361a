public import PickleCodec

/// The classes of the objects in a pickle and how they hold each other, whether Apus knows them or not.
///
/// Objects that look alike side by side (the two hundred trees of a forest) are one entry with a count.
public struct ClassTree: Sendable {
    /// Where the object lies in the one that holds it, e.g. `steps[1]`; empty at the root.
    public let place: String
    /// The class, or the function whose call was recorded.
    public let className: PythonName
    /// Whether unpickling in Python would call a function, rather than make an instance of a class.
    public let isCall: Bool
    /// How many objects side by side look like this one.
    public private(set) var count = 1
    /// The objects it holds.
    public let children: [ClassTree]

    /// The objects reachable from a pickle's root; nil if the root is no object.
    public init?(_ graph: PickleGraph) {
        var builder = Builder(graph: graph)
        guard let tree = builder.trees(below: graph.root, place: "").first else { return nil }
        self = tree
    }

    fileprivate init(place: String, className: PythonName, isCall: Bool, children: [ClassTree]) {
        self.place = place
        self.className = className
        self.isCall = isCall
        self.children = children
    }
}

extension ClassTree {
    /// Walks the graph; an object met again is shown where it was met first.
    private struct Builder {
        let graph: PickleGraph
        private var seen: Set<PickleReference> = []

        init(graph: PickleGraph) { self.graph = graph }

        /// The objects that a value is or holds, without what they hold in turn being listed beside them.
        mutating func trees(below reference: PickleReference, place: String) -> [ClassTree] {
            guard seen.insert(reference).inserted else { return [] }
            switch graph[reference] {
            case .object(let object): return [tree(object, place)].compactMap(\.self)
            case .list(let items), .tuple(let items), .set(let items), .frozenSet(let items):
                return merged(items.enumerated().flatMap { trees(below: $0.element, place: "\(place)[\($0.offset)]") })
            case .objectArray(_, let items):
                return merged(items.enumerated().flatMap { trees(below: $0.element, place: "\(place)[\($0.offset)]") })
            case .dictionary(let entries):
                return entries.flatMap { trees(below: $0.value, place: place + self.key($0.key)) }
            default: return []
            }
        }

        private mutating func tree(_ object: PickledObject, _ place: String) -> ClassTree? {
            guard let name = graph.name(of: object.callable) else { return nil }
            var children = trees(below: object.arguments, place: "args")
            if let keywords = object.keywordArguments { children += trees(below: keywords, place: "kwargs") }
            if let state = object.state { children += trees(ofState: state) }
            children += merged(object.items.enumerated().flatMap { trees(below: $0.element, place: "[\($0.offset)]") })
            return ClassTree(
                place: place,
                className: name,
                isCall: object.construction == .call,
                children: children
            )
        }

        /// What the attributes of an object hold; a state that several objects share is shown once.
        private mutating func trees(ofState state: PickleReference) -> [ClassTree] {
            guard case .dictionary(let entries) = graph[state] else { return trees(below: state, place: "state") }
            guard seen.insert(state).inserted else { return [] }
            var children: [ClassTree] = []
            for entry in entries {
                if case .string(let attribute) = graph[entry.key] {
                    children += trees(below: entry.value, place: attribute)
                }
            }
            return children
        }

        private func key(_ reference: PickleReference) -> String {
            if case .string(let text) = graph[reference] { "['\(text)']" } else { "[…]" }
        }

        /// Counts runs of trees that look alike.
        private func merged(_ trees: [ClassTree]) -> [ClassTree] {
            var runs: [ClassTree] = []
            for tree in trees {
                if let last = runs.last, last.looksLike(tree) {
                    runs[runs.count - 1].count += 1
                } else {
                    runs.append(tree)
                }
            }
            return runs
        }
    }

    private func looksLike(_ other: ClassTree) -> Bool {
        className == other.className && isCall == other.isCall && children.count == other.children.count
            && zip(children, other.children).allSatisfy { $0.count == $1.count && $0.looksLike($1) }
    }
}
