import Estimators
import Inference
import PickleCodec
import Tensors

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
/// Pickle, estimator, plan and answer may each refuse; none may trap.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPickle(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
    guard let graph = try? PickleReader.read(bytes, limits: limits) else { return 0 }
    writeAgain(graph)
    guard let estimator = try? EstimatorRegistry.decode(graph) else { return 0 }
    if let encoded = try? EstimatorRegistry.encode(estimator) { _ = try? PickleWriter.write(encoded) }
    if let plan = try? Plan(estimator), plan.featureCount <= maximumFeatures { answer(plan) }
    return 0
}

/// What was read can be written, and read again.
private func writeAgain(_ graph: PickleGraph) {
    for format in PickleFormat.allCases {
        do throws(PickleError) {
            _ = try PickleReader.read(try PickleWriter.write(graph, as: format))
        } catch {
            // Tuples within themselves may be too many to write.
            precondition(error.code == .limitExceeded, "written and not read again: \(error)")
        }
    }
}

/// The widest rows that are asked about.
private let maximumFeatures = 64

/// Asks a plan everything, for one row and for enough rows to go in lockstep: it must not trap.
private func answer(_ plan: Plan) {
    for rowCount in [1, 9] {
        let numbers = (0..<rowCount * plan.featureCount).map { Double($0) - 3.5 }
        let rows = Matrix(rowCount: rowCount, columnCount: plan.featureCount, elements: numbers)
        for method in plan.methods { _ = try? plan.evaluate(method, on: rows) }
    }
}
