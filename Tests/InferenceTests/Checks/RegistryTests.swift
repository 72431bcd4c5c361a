import Estimators
import Testing

@testable import Inference

@Suite("Registry")
struct RegistryTests {
    @Test("Every estimator that can be decoded has an operator", arguments: EstimatorRegistry.types.map(TypeName.init))
    func planned(type: TypeName) {
        #expect(type.type is any PlannedEstimator.Type)
    }

    /// A type that prints as its name.
    struct TypeName: Sendable, CustomTestStringConvertible {
        let type: any Estimator.Type
        var testDescription: String { "\(type)" }
    }
}
