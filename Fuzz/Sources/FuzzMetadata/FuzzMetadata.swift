import ModelStore

/// Reads bytes as what a store holds beside its models; it may be refused, but nothing may trap, and what was read must
/// be read the same after it was written.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMetadata(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let json = try? JSONValue(parsing: [UInt8](UnsafeBufferPointer(start: start, count: count))) else { return 0 }
    for isPretty in [false, true] {
        precondition((try? JSONValue(parsing: json.encoded(isPretty: isPretty))) == json)
    }
    if let metadata = try? PromotedMetadata(json: json) {
        precondition((try? PromotedMetadata(json: metadata.json)) == metadata)
    }
    if let traffic = try? Traffic(json: json) { precondition((try? Traffic(json: traffic.json)) == traffic) }
    return 0
}
