/// Grows a tree depth first, left children before right ones.
///
/// Source: scikit-learn `tree/_tree.pyx`, `DepthFirstTreeBuilder`.
struct TreeGrower<Splitter: NodeSplitter & ~Copyable>: ~Copyable {
    private let rules: GrowthRules
    private var splitter: Splitter
    private var tree: GrownTree
    private var pending: [PendingNode] = []

    init(_ splitter: consuming Splitter, rules: GrowthRules, into tree: GrownTree) {
        self.splitter = splitter
        self.rules = rules
        self.tree = tree
    }

    /// Grows the whole tree.
    ///
    /// - Throws: ``TrainingError`` if the caller cancels meanwhile.
    consuming func grow(_ execution: FitExecution) throws(TrainingError) -> GrownTree {
        var check = CancellationCheck(execution)
        pending = [
            PendingNode(
                range: 0..<splitter.rowCount, depth: 0, parent: -1, isLeft: false, impurity: nil,
                constantCount: 0)
        ]
        while let node = pending.popLast() {
            try check.proceed(work: node.range.count * tree.featureCount)
            make(node)
        }
        return tree
    }

    private mutating func make(_ node: PendingNode) {
        let weight = splitter.start(node.range)
        let impurity = node.impurity ?? splitter.nodeImpurity()
        var constantCount = node.constantCount
        var split: NodeSplit?
        if !rules.isLeaf(depth: node.depth, count: node.range.count, weight: weight, impurity: impurity) {
            split = splitter.split(node.range, impurity: impurity, constantCount: &constantCount)
        }
        if let found = split, found.improvement + .ulpOfOne < rules.improvement { split = nil }
        let index = tree.nodeCount
        tree.append(split, of: node, impurity: impurity, weight: weight)
        splitter.appendValues(to: &tree.values)
        guard let split else { return }
        let middle = node.range.lowerBound + split.leftCount
        let right = PendingNode(
            range: middle..<node.range.upperBound, depth: node.depth + 1, parent: index, isLeft: false,
            impurity: split.rightImpurity, constantCount: constantCount)
        let left = PendingNode(
            range: node.range.lowerBound..<middle, depth: node.depth + 1, parent: index, isLeft: true,
            impurity: split.leftImpurity, constantCount: constantCount)
        splitter.descend(
            node.range, split, leaves: (left: isSurelyLeaf(left), right: isSurelyLeaf(right)))
        pending.append(right)
        pending.append(left)
    }

    /// Whether a node will be a leaf, whatever its weight is.
    private func isSurelyLeaf(_ node: PendingNode) -> Bool {
        rules.isLeaf(
            depth: node.depth, count: node.range.count, weight: .infinity,
            impurity: node.impurity ?? .infinity)
    }
}
