/// Traps on few inputs of eight bytes: proof that the fuzzer finds what is there to be found.
///
/// Each condition guards the next, so that a fuzzer led by coverage gets to the end of them, and a blind one hardly
/// ever.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCanary(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = UnsafeBufferPointer(start: start, count: count)
    guard input.count == 8 else { return 0 }
    guard input[0] > 0xF0 else { return 0 }
    guard input[1] < 0x08 else { return 0 }
    guard input[2] & 0xC3 == 0x81 else { return 0 }
    guard input[3] % 29 == 17 else { return 0 }
    guard input[4] < 0x08 else { return 0 }
    guard input[5] > 0xF0 else { return 0 }
    guard input[6] % 31 == 11 else { return 0 }
    preconditionFailure("the planted mistake")
}
