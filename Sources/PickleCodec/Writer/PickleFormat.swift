/// How a graph is written.
public enum PickleFormat: String, CaseIterable, Sendable {
    /// A pickle of protocol 4, as `pickle.dump` writes: what `pickle.load` and `joblib.load` read.
    case pickle
    /// What `joblib.dump` writes without compression: arrays lie in the file as they lie in memory, each at a multiple
    /// of 16 bytes, so that `joblib.load(…, mmap_mode="r")` maps them. Needs joblib 1.2 or later.
    case joblib
}
