import Testing

@testable import Reports

@Suite("Scores beside one another")
struct ScoreTableTests {
    private typealias Score = ScoreTable.Score

    @Test("Errors are compared as parts of the other's, scores by their difference")
    func margins() {
        #expect(Score("MAE", better: .lower, [0.71, 1]).margin(over: 1)?.text == "−29%")
        #expect(Score("MAE", better: .lower, [0.71, 1]).margin(over: 1)?.isBetter == true)
        #expect(Score("F1", better: .higher, [0.87, 0.9]).margin(over: 1)?.text == "−0.03")
        #expect(Score("F1", better: .higher, [0.87, 0.9]).margin(over: 1)?.isBetter == false)
    }

    @Test("What cannot be compared has no margin")
    func noMargin() {
        let scores = [
            Score("flagged", better: nil, [1, 2]), Score("MAE", better: .lower, [1, 0]),
            Score("F1", better: .higher, [1, nil]),
            Score("F1", better: .higher, [.nan, 1]), Score("F1", better: .higher, [1]),
            Score("F1", better: .higher, []),
        ]
        #expect(scores.allSatisfy { $0.margin(over: 1) == nil && $0.margin(over: 0) == nil })
    }

    @Test("The best are those that none beats; alone, none is")
    func best() {
        let errors = Score("MAE", better: .lower, [2, 1, nil, 1])
        #expect((0..<5).map(errors.isBest) == [false, true, false, true, false])
        #expect(!Score("F1", better: .higher, [1]).isBest(0))
    }
}
