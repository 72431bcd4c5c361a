import Estimators
import Testing

@testable import Inference

@Suite("Support vector machines")
struct SupportVectorTests {
    private let fit = record("SVC", columns: 1)

    /// Two vectors, -1 and 1, with weights of -1 and 1: the sum is 2x for the linear kernel.
    private func support(_ kernel: SupportVectorKernel, intercept: Double = 0) -> SupportVectors {
        SupportVectors(
            kernel: kernel,
            vectors: matrix([[-1], [1]]),
            dualCoefficients: matrix([[-1, 1]]),
            intercept: [intercept]
        )
    }

    /// A vector for each of three classes, at 0, 1 and 2, and the linear kernel; machines (0, 1), (0, 2), (1, 2).
    private func threeClasses(
        _ shape: SVC.DecisionShape = .oneAgainstRest,
        breaksTies: Bool = false,
        intercept: [Double] = [0.5, 1, 1.5],
        counts: [Int] = [1, 1, 1],
        sigmoids: SVC.Sigmoids? = nil
    ) -> SVC {
        SVC(
            fit: fit,
            classes: .int64([10, 20, 30]),
            support: SupportVectors(
                kernel: .linear,
                vectors: matrix([[0], [1], [2]]),
                dualCoefficients: matrix([[1, -1, -0.5], [1, 1, -1]]),
                intercept: intercept
            ),
            supportCounts: counts,
            sigmoids: sigmoids,
            decisionShape: shape,
            breaksTies: breaksTies
        )
    }

    @Test(
        "Each kernel's sum",
        arguments: [
            (SupportVectorKernel.linear, 6.0),
            (.polynomial(gamma: 0.5, constant: 1, degree: 3), 15.625 - -0.125),
            (.polynomial(gamma: 0.5, constant: 1, degree: 0), 0),
            (.radial(gamma: 0.25), 0.36787944117144233 - 0.01831563888873418),
            (.sigmoid(gamma: 0.5, constant: -1), 0.46211715726000973 - -0.9866142981514303),
        ]
    )
    func kernels(kernel: SupportVectorKernel, expected: Double) throws {
        let plan = try Plan(SVR(fit: fit, support: support(kernel, intercept: 0.25)))
        expectClose(try plan.numbers(.predict, [[3]]), [expected + 0.25])
    }

    @Test("An outlier detector's signs, and its scores")
    func oneClass() throws {
        let plan = try Plan(OneClassSVM(fit: fit, support: support(.linear, intercept: -1), offset: 1))
        #expect(plan.methods == [.predict, .decisionFunction, .scoreSamples])
        #expect(try plan.output(.predict, [[1], [0.5], [0]]).values == .int64([1, -1, -1]))
        #expect(try plan.numbers(.decisionFunction, [[1], [0]]) == [1, -1])
        #expect(try plan.numbers(.scoreSamples, [[1], [0]]) == [2, 0])
    }

    @Test("Of two classes, the decision is positive for the second, and 0 is the second's")
    func binary() throws {
        let plan = try Plan(
            SVC(fit: fit, classes: .string(["a", "b"]), support: support(.linear), supportCounts: [1, 1])
        )
        #expect(plan.methods == [.predict, .decisionFunction])
        #expect(try plan.output(.predict, [[1], [-1], [0]]).values == .string(["a", "b", "b"]))
        #expect(try plan.output(.decisionFunction, [[1], [-1]]) == Output([-2, 2]))
    }

    @Test("Pairs take their weights from the rows of the other class")
    func pairs() throws {
        // At x, the kernel is (0, x, 2x): pair (0, 1): -x... with row 0 for both; (0, 2): rows 1 and 0;
        // (1, 2): 1 and 1.
        let plan = try Plan(threeClasses(.oneAgainstOne))
        #expect(try plan.output(.decisionFunction, [[2]]) == Output(matrix([[-1.5, -1, -0.5]])))
        #expect(try plan.output(.predict, [[2], [0]]).values == .int64([30, 10]))
    }

    @Test("One against the rest: votes and what breaks ties")
    func oneAgainstRest() throws {
        let plan = try Plan(threeClasses())
        let sums = [-2.5, 1.0, 1.5]
        let expected = zip([0.0, 1, 2], sums).map { $0 + $1 / (3 * (abs($1) + 1)) }
        #expect(try plan.output(.decisionFunction, [[2]]) == Output(matrix([expected])))
    }

    @Test("A tie of votes goes to the first class, or to the greatest decision")
    func ties() throws {
        // At 0 the decisions are the intercepts: 0 beats 1, 2 beats 0, 1 beats 2, the last by far.
        let intercept = [0.1, -0.2, 5]
        let first = try Plan(threeClasses(intercept: intercept)).output(.predict, [[0]])
        #expect(first.values == .int64([10]))
        let broken = try Plan(threeClasses(breaksTies: true, intercept: intercept)).output(.predict, [[0]])
        #expect(broken.values == .int64([20]))
        expectInvalid(threeClasses(.oneAgainstOne, breaksTies: true), naming: "break_ties must be False")
    }

    @Test("Probabilities of even pairs are even")
    func probabilities() throws {
        let sigmoids = SVC.Sigmoids(slopes: [0, 0, 0], offsets: [0, 0, 0])
        let plan = try Plan(threeClasses(sigmoids: sigmoids))
        #expect(plan.methods == [.predict, .predictProba, .predictLogProba, .decisionFunction])
        expectClose(try plan.numbers(.predictProba, [[2]]), [1.0 / 3, 1.0 / 3, 1.0 / 3])
    }

    @Test(
        "State that contradicts itself is refused by name",
        arguments: [[3, 1, -1], [1, 1, 2], [1, 1, 0], [1, 2]]
    )
    func supportCounts(counts: [Int]) {
        expectInvalid(threeClasses(counts: counts), naming: "_n_support")
    }

    @Test("Shapes that contradict each other are refused by name")
    func contradictions() {
        expectInvalid(threeClasses(intercept: [1, 2]), naming: "_intercept_")
        expectInvalid(
            threeClasses(sigmoids: .init(slopes: [1], offsets: [1, 2, 3])),
            naming: "_probA"
        )
        expectInvalid(
            threeClasses(sigmoids: .init(slopes: [1, 2, 3], offsets: [])),
            naming: "_probB"
        )
        expectInvalid(SVR(fit: record("SVR", columns: 2), support: support(.linear)), naming: "support_vectors_ has 1")
        expectInvalid(
            SVC(fit: fit, classes: .int64([1]), support: support(.linear), supportCounts: [2]),
            naming: "classes_"
        )
        expectInvalid(
            SVC(fit: fit, classes: .int64([1, 2, 3]), support: support(.linear), supportCounts: [1, 1, 0]),
            naming: "_dual_coef_"
        )
        expectInvalid(
            SVR(
                fit: fit,
                support: SupportVectors(
                    kernel: .linear,
                    vectors: matrix([[1]]),
                    dualCoefficients: matrix([[1, 2]]),
                    intercept: [0]
                )
            ),
            naming: "_dual_coef_"
        )
    }
}
