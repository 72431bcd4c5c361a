/// Draws the features that a node is searched for splits by, without drawing one twice.
///
/// Features that are constant among the rows of a node are constant below it too: they are drawn, because the stream of
/// random numbers is the same then, but not looked at. Source: scikit-learn `tree/_splitter.pyx`, `node_split_best`: a
/// Fisher-Yates shuffle of `features`, in which five groups follow each other: constants drawn, constants known and not
/// drawn, constants found in this node, features not drawn, features drawn.
struct FeatureDraw: Sendable {
    /// The stream that features are drawn from.
    var generator: Xorshift
    private var features: [Int32]
    /// The constant features above and in the node, in the order in which they were found.
    private var constants: [Int32]
    /// How many features that are not constant are to be drawn from a node.
    private let drawnCount: Int

    private var visited = 0
    private var knownConstants = 0
    private var drawnConstants = 0
    private var foundConstants = 0
    /// Where the features that were drawn begin.
    private var end = 0
    /// Where the feature is that was drawn last.
    private var place = 0

    init(featureCount: Int, drawnCount: Int, seed: UInt32) {
        generator = Xorshift(seed: seed)
        features = (0..<Int32(featureCount)).map(\.self)
        constants = features
        self.drawnCount = drawnCount
    }

    /// Begins with a node, below which so many features were found constant.
    mutating func start(knownConstants: Int) {
        self.knownConstants = knownConstants
        visited = 0
        drawnConstants = 0
        foundConstants = 0
        end = features.count
    }

    /// The next feature to look at; nil if enough were drawn, one of them at least not constant, or none is left.
    mutating func next() -> Int32? {
        while end > knownConstants + foundConstants,
            visited < drawnCount || visited <= foundConstants + drawnConstants
        {
            visited += 1
            place = generator.integer(in: drawnConstants..<end - foundConstants)
            guard place < knownConstants else {
                place += foundConstants
                return features[place]
            }
            features.swapAt(drawnConstants, place)
            drawnConstants += 1
        }
        return nil
    }

    /// Notes that the feature drawn last is constant among the rows of the node.
    mutating func noteConstant() {
        features.swapAt(place, knownConstants + foundConstants)
        foundConstants += 1
    }

    /// Notes that the feature drawn last is not constant.
    mutating func noteVaried() {
        end -= 1
        features.swapAt(end, place)
    }

    /// The features that are not constant in a node which was finished with so many constants.
    func varied(constantCount: Int) -> ArraySlice<Int32> { features[constantCount...] }

    /// Ends with the node; the known constants are put in their order again, which other nodes rely on.
    ///
    /// - Returns: how many features are constant below it.
    mutating func finish() -> Int {
        for index in 0..<knownConstants { features[index] = constants[index] }
        for index in knownConstants..<knownConstants + foundConstants {
            constants[index] = features[index]
        }
        return knownConstants + foundConstants
    }
}
