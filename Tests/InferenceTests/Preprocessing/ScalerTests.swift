import Estimators
import Tensors
import Testing

@testable import Inference

@Suite("Scalers")
struct ScalerTests {
    private let rows = [[1.0, -4], [0.1, .nan]]

    @Test("StandardScaler subtracts, then divides")
    func standard() throws {
        let plan = try Plan(
            StandardScaler(fit: record("StandardScaler", columns: 2), mean: [0.3, 2], scale: [0.7, 3])
        )
        let output = try plan.numbers(.transform, rows)
        #expect(output[0...2] == [(1 - 0.3) / 0.7, -2, (0.1 - 0.3) / 0.7])
        #expect(output[3].isNaN)
        #expect(plan.methods == [.transform])
    }

    @Test("A scaler without a mean or a scale leaves that step out")
    func parts() throws {
        let row = [[-0.0, 3]]
        let fit = record("RobustScaler", columns: 2)
        let neither = try Plan(RobustScaler(fit: fit, center: nil, scale: nil)).numbers(.transform, row)
        #expect(neither == [0, 3])
        #expect(neither[0].sign == .minus)
        #expect(try Plan(RobustScaler(fit: fit, center: [1, 1], scale: nil)).numbers(.transform, row) == [-1, 2])
        #expect(try Plan(RobustScaler(fit: fit, center: nil, scale: [2, 2])).numbers(.transform, row) == [0, 1.5])
    }

    @Test("MinMaxScaler multiplies, then adds, and clips if asked")
    func minMax() throws {
        let fit = record("MinMaxScaler", columns: 2)
        let plain = try Plan(MinMaxScaler(fit: fit, scale: [0.1, 2], minimum: [0.2, 1]))
        #expect(try plain.numbers(.transform, [[3, -4]]) == [3 * 0.1 + 0.2, -7])
        let asked = FitRecord(className: "MinMaxScaler", parameters: ["clip": true, "feature_range": [0, 1.0]])
        let clipping = try Plan(MinMaxScaler(fit: asked, scale: [0.1, 2], minimum: [0.2, 1]))
        let output = try clipping.numbers(.transform, [[30, -4], [.nan, 0]])
        #expect(output[0...1] == [1, 0])
        #expect(output[2].isNaN)
        #expect(output[3] == 1)
    }

    @Test("MaxAbsScaler divides, and clips if asked")
    func maxAbs() throws {
        let fit = record("MaxAbsScaler", columns: 2)
        #expect(try Plan(MaxAbsScaler(fit: fit, scale: [3, 4])).numbers(.transform, [[1, -8]]) == [1.0 / 3, -2])
        let asked = FitRecord(className: "MaxAbsScaler", parameters: ["clip": true])
        let clipping = try Plan(MaxAbsScaler(fit: asked, scale: [3, 4]))
        #expect(try clipping.numbers(.transform, [[1, -8]]) == [1.0 / 3, -1])
    }

    @Test("Infinity is refused, the rows of the caller stay as they are")
    func infinity() throws {
        let plan = try Plan(StandardScaler(fit: record("StandardScaler"), mean: [1], scale: nil))
        #expect(plan.featureCount == 1)
        #expect(throws: InferenceError.self) { try plan.numbers(.transform, [[.infinity]]) }
        let rows = matrix([[5]])
        _ = try plan.evaluate(.transform, on: rows)
        #expect(rows.elements == [5])
    }

    @Test("A width that no array bears out takes no memory")
    func unboundedWidth() throws {
        let scaler = StandardScaler(fit: record("StandardScaler", columns: .max), mean: nil, scale: nil)
        #expect(try Plan(scaler).featureCount == .max)
    }

    @Test("Arrays of another width than the fit's are refused by name")
    func contradictions() {
        let fit = record("StandardScaler", columns: 3)
        expectInvalid(StandardScaler(fit: fit, mean: [1, 2, 3], scale: [1, 2]), naming: "scale_ has 2 columns")
        expectInvalid(StandardScaler(fit: fit, mean: [1, 2], scale: nil), naming: "mean_ has 2 columns")
        expectInvalid(StandardScaler(fit: record("StandardScaler"), mean: nil, scale: nil), naming: "how many columns")
        expectInvalid(StandardScaler(fit: record("S", columns: -2), mean: nil, scale: nil), naming: "-2 columns")
        expectInvalid(MaxAbsScaler(fit: fit, scale: []), naming: "scale_ has 0 columns")
        expectInvalid(MinMaxScaler(fit: record("M"), scale: [1], minimum: [1, 2]), naming: "min_ has 2 columns")
    }
}
