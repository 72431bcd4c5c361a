import Testing
import TestSupport

@testable import Kernels

@Suite("Dot and distance")
struct DotTests {
    @Test("Sums of every length agree with plain loops", arguments: 0...40)
    func lengths(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        let left = (0..<count).map { _ in Double.random(in: -1...1, using: &generator) }
        let right = (0..<count).map { _ in Double.random(in: -1...1, using: &generator) }
        let product = zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
        let distance = zip(left, right).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        let (dotError, distanceError) = (
            dot(left.span, right.span) - product, squaredDistance(left.span, right.span) - distance
        )
        #expect(abs(dotError) < 1e-13)
        #expect(abs(distanceError) < 1e-13)
    }

    @Test("A whole power by squaring", arguments: [(-1, 1.0), (0, 1), (1, 3), (5, 243), (10, 59049)])
    func powers(exponent: Int, expected: Double) {
        #expect(power(3, exponent) == expected)
    }
}

@Suite("Finite")
struct FiniteTests {
    @Test("One value that is not finite is found at every place", arguments: [Double.nan, .infinity, -.infinity])
    func places(value: Double) {
        for count in 1...20 {
            var values = (0..<count).map { Double($0) - 5 }
            #expect(isFinite(values))
            for index in values.indices {
                let kept = values[index]
                values[index] = value
                #expect(!isFinite(values))
                values[index] = kept
            }
        }
    }

    @Test("Floats overflow where they round to infinity")
    func floats() {
        let greatest = Double(Float.greatestFiniteMagnitude)
        let half = greatest + Double(Float.greatestFiniteMagnitude.ulp) / 2
        #expect(isFiniteAsFloat([greatest, -greatest, half.nextDown]))
        #expect(!isFiniteAsFloat([half]))
        #expect(!isFiniteAsFloat([.nan]))
    }

    private func isFinite(_ values: [Double]) -> Bool { areFinite(values.span) }

    private func isFiniteAsFloat(_ values: [Double]) -> Bool { areFiniteAsFloat(values.span) }
}

@Suite("Pairwise coupling")
struct PairwiseCouplingTests {
    @Test("Pairs that agree with some probabilities give them back")
    func consistent() {
        let expected = [0.5, 0.3, 0.2]
        var pairwise = [Double](repeating: 0, count: 9)
        for row in 0..<3 {
            for column in 0..<3 where row != column {
                pairwise[row * 3 + column] = expected[row] / (expected[row] + expected[column])
            }
        }
        var coupling = PairwiseCoupling(classCount: 3)
        var probabilities = [0.0, 0, 0]
        var output = probabilities.mutableSpan
        coupling.couple(pairwise.span, into: &output)
        for index in 0..<3 { #expect(abs(probabilities[index] - expected[index]) < 0.01) }
    }

    @Test("Platt's sigmoid does not overflow", arguments: [(0.0, 0.5), (1000, 0), (-1000, 1)])
    func platt(decision: Double, expected: Double) {
        #expect(plattProbability(decision: decision, slope: 1, offset: 0) == expected)
    }
}
