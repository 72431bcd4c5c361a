extension Matrix {
    /// Calls `body` with all elements, row after row, to change them in place; no copy is made if this matrix is the
    /// only one that holds them.
    public mutating func withMutableSpan(_ body: (inout MutableSpan<Element>) -> Void) {
        var span = elements.mutableSpan
        body(&span)
    }
}
