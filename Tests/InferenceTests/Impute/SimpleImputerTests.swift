import Estimators
import Testing

@testable import Inference

@Suite("SimpleImputer")
struct SimpleImputerTests {
    private let fit = record("SimpleImputer", columns: 3)

    @Test("Each missing value becomes its column's statistic")
    func imputes() throws {
        let plan = try Plan(SimpleImputer(fit: fit, statistics: [1, 2, 3]))
        #expect(
            try plan.output(.transform, [[.nan, 5, .nan], [7, .nan, 9]]) == Output(matrix([[1, 5, 3], [7, 2, 9]]))
        )
    }

    @Test("Columns without a statistic are left out, unless they are kept")
    func emptyColumns() throws {
        let dropping = try Plan(SimpleImputer(fit: fit, statistics: [1, .nan, 3]))
        #expect(try dropping.output(.transform, [[.nan, 5, 6]]) == Output(matrix([[1, 6]])))
        let keeping = try Plan(SimpleImputer(fit: fit, statistics: [1, .nan, 3], keepsEmptyColumns: true))
        #expect(try keeping.output(.transform, [[.nan, 5, 6]]) == Output(matrix([[1, 5, 6]])))
    }

    @Test("The indicator tells of the rows as they came, columns left out included")
    func indicator() throws {
        let plan = try Plan(SimpleImputer(fit: fit, statistics: [1, .nan, 3], indicatorColumns: [1, 2]))
        let output = try plan.output(.transform, [[.nan, .nan, 6], [4, 5, .nan]])
        #expect(output == Output(matrix([[1, 6, 1, 0], [4, 3, 0, 1]])))
    }

    @Test("A number may stand for missing values; then NaN is refused")
    func number() throws {
        let plan = try Plan(SimpleImputer(fit: fit, missingValue: -1, statistics: [1, 2, 3]))
        #expect(try plan.output(.transform, [[-1, 5, -1]]) == Output(matrix([[1, 5, 3]])))
        #expect(throws: InferenceError(.invalidInput, "Input X contains NaN.")) {
            try plan.output(.transform, [[.nan, 1, 2]])
        }
    }

    @Test("State that contradicts itself is refused by name")
    func contradictions() {
        expectInvalid(SimpleImputer(fit: fit, statistics: [1]), naming: "statistics_ has 1 columns")
        expectInvalid(SimpleImputer(fit: fit, statistics: [.nan, .nan, .nan]), naming: "statistics_ leaves no column")
        for column in [-1, 3] {
            expectInvalid(
                SimpleImputer(fit: fit, statistics: [1, 2, 3], indicatorColumns: [column]),
                naming: "indicator_.features_ names column \(column)"
            )
        }
    }
}
