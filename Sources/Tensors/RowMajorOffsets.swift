/// Visits the elements of a dense array in row-major order, whatever order they are stored in.
///
/// The elements are the positions in storage, counted in elements: one per index, the last index changing fastest.
package struct RowMajorOffsets: Sequence, IteratorProtocol {
    private let shape: [Int]
    private let steps: [Int]
    private var index: [Int]
    private var offset = 0
    private var remaining: Int

    /// Visits an array of a shape whose neighbours along axis `i` lie `steps[i]` elements apart.
    package init(shape: [Int], steps: [Int]) {
        precondition(shape.count == steps.count)
        self.shape = shape
        self.steps = steps
        index = [Int](repeating: 0, count: shape.count)
        remaining = shape.reduce(1, *)
    }

    package mutating func next() -> Int? {
        guard remaining > 0 else { return nil }
        remaining -= 1
        let current = offset
        for axis in shape.indices.reversed() {
            index[axis] += 1
            offset += steps[axis]
            if index[axis] < shape[axis] { break }
            offset -= steps[axis] * shape[axis]
            index[axis] = 0
        }
        return current
    }
}
