import Testing
import Training

/// Expects a mistake of one kind with a sentence that contains some words.
func expectRefused(
    _ code: TrainingError.Code,
    naming words: String,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> Void
) {
    let error = #expect(throws: TrainingError.self, sourceLocation: sourceLocation) { try body() }
    #expect(error?.code == code, sourceLocation: sourceLocation)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "-")", sourceLocation: sourceLocation)
}

/// Expects numbers to be equal but for the order of sums.
func expectClose(
    _ value: Double, _ expected: Double, _ name: Comment, sourceLocation: SourceLocation = #_sourceLocation
) {
    let isClose = abs(value - expected) <= 1e-13 * max(1, abs(expected)) || value.isNaN && expected.isNaN
    #expect(isClose, "\(name): \(value), not \(expected)", sourceLocation: sourceLocation)
}
