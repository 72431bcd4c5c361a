/// Writes graphs of values as files that Python loads.
///
/// Whatever ``PickleReader`` reads can be written: shared values stay shared, and cyclic ones cyclic. Arrays keep their
/// element type, shape and order of axes; numpy from 1.22 on reads them without a word, as it is told only names that
/// numpy 1 and 2 both have.
public enum PickleWriter {
    /// Writes what a graph's root stands for.
    ///
    /// - Throws: ``PickleError/Code/unsupported`` for what no pickle can say, such as a call with keyword arguments;
    ///   ``PickleError/Code/limitExceeded`` for tuples that hold themselves in more ways than anyone has need of.
    public static func write(
        _ graph: PickleGraph,
        as format: PickleFormat = .joblib
    ) throws(PickleError) -> [UInt8] {
        var writer = GraphWriter(graph, format)
        try writer.run()
        return writer.output.bytes
    }
}
