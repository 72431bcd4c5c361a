import Serving

/// Models whose rows may be asked for: one feature, several, and several that have names.
private let inputs = [
    ModelInput(featureCount: 1, featureNames: nil),
    ModelInput(featureCount: 2, featureNames: nil),
    ModelInput(featureCount: 2, featureNames: ["a", "b"]),
]

/// Reads bytes as the body of a V2 request to each model; it may be refused, but nothing may trap.
///
/// The first zero byte, which is none of the body, stands where the JSON ends and the raw tensors begin.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzV2(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var body = [UInt8](UnsafeBufferPointer(start: start, count: count))
    let split = body.firstIndex(of: 0)
    if let split { body.remove(at: split) }
    for input in inputs {
        let request = try? InferRequest.decode(body.span, headerLength: split.map(String.init), for: ("m", input))
        _ = try? request?.rows(for: input)
    }
    return 0
}
