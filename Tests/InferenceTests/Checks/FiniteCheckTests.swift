import Testing

@testable import Inference

@Suite("FiniteCheck")
struct FiniteCheckTests {
    private static let nan = "Input X contains NaN."
    private static let infinity = "Input X contains infinity or a value too large for dtype('float64')."
    private static let float32 = "Input X contains infinity or a value too large for dtype('float32')."

    @Test(
        "What is refused, and in which words",
        arguments: [
            (FiniteCheck.finite, FiniteCheck.ElementType.float64, [1.0, -2, 1e300], nil),
            (.finite, .float64, [1, .nan], nan),
            (.finite, .float64, [1, -.infinity], infinity),
            (.finite, .float64, [.infinity, .nan], nan),
            (.finiteOrNaN, .float64, [1, .nan], nil),
            (.finiteOrNaN, .float64, [.nan, .infinity], infinity),
            (.finite, .float32, [3.4028234e38], nil),
            (.finite, .float32, [3.4028236e38], float32),
            (.finite, .float32, [1e300, .nan], nan),
            (.finiteOrNaN, .float32, [.nan, 1], nil),
            (.finiteOrNaN, .float32, [.nan, -1e300], float32),
        ] as [(FiniteCheck, FiniteCheck.ElementType, [Double], String?)]
    )
    func sentences(check: FiniteCheck, type: FiniteCheck.ElementType, row: [Double], sentence: String?) {
        var message: String?
        do throws(InferenceError) { try check.check(matrix([row]), as: type) } catch { message = error.message }
        #expect(message == sentence)
    }
}
