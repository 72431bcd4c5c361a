import Serving

/// Models whose rows may be asked for: one feature, several, and several that have names.
private let inputs = [
    ModelInput(featureCount: 1, featureNames: nil),
    ModelInput(featureCount: 2, featureNames: nil),
    ModelInput(featureCount: 2, featureNames: ["a", "b"]),
]

/// Reads bytes as the body of a V1 request to each model; it may be refused, but nothing may trap.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzV1(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let body = [UInt8](UnsafeBufferPointer(start: start, count: count))
    for input in inputs { _ = try? V1Request.decode(body.span, for: input) }
    return 0
}
