import Estimators
import Inference
import PickleCodec

/// Limits small enough that a single input can neither take long nor much memory.
private let limits: PickleLimits = {
    var limits = PickleLimits()
    limits.maximumDecompressedBytes = 1 << 20
    limits.maximumArrayBytes = 1 << 20
    limits.maximumElements = 100_000
    limits.maximumMemoEntries = 100_000
    return limits
}()

/// Reads bytes as a model, as far as they allow.
///
/// Pickle, estimator and plan may each refuse; none may trap.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPickle(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
    guard let graph = try? PickleReader.read(bytes, limits: limits),
        let estimator = try? EstimatorRegistry.decode(graph)
    else { return 0 }
    _ = try? Plan(estimator)
    return 0
}
