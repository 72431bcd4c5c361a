import Estimators
import Foundation
import Inference
import PickleCodec
import Tensors

/// Puts the questions of one case to Apus and compares.
struct CaseRunner {
    let folder: URL
    let modelCase: Manifest.Case

    func run(into tally: inout Tally) throws {
        let plan: Plan
        do {
            plan = try load()
        } catch let error as any CustomStringConvertible & Error {
            tally.find(explain("\(error)"), subject: modelCase.estimator, about: "cannot be loaded")
            return
        }
        tally.countModel()
        if plan.featureNames != modelCase.featureNames {
            tally.find(explain("\(plan.featureNames ?? [])"), subject: modelCase.estimator, about: "feature names")
        }
        for question in modelCase.questions { try ask(question, plan, &tally) }
        let known = Set(modelCase.questions.map(\.method))
        for method in plan.methods where !known.contains(method.rawValue) {
            tally.find(explain(""), subject: modelCase.estimator, about: "has no \(method) in scikit-learn")
        }
    }

    private func load() throws -> Plan {
        let bytes = [UInt8](try Data(contentsOf: folder.appending(path: modelCase.model)))
        return try Plan(EstimatorRegistry.decode(PickleReader.read(bytes)))
    }

    private func ask(_ question: Manifest.Question, _ plan: Plan, _ tally: inout Tally) throws {
        let subject = "\(modelCase.estimator).\(question.method)"
        guard let method = PredictionMethod(rawValue: question.method) else {
            throw ParityFailure("generate.py asks for \(question.method)")
        }
        let rows = try NumpyFile(folder.appending(path: question.rows)).matrix()
        do {
            let answer = try plan.evaluate(method, on: rows)
            guard let expected = question.answers else {
                tally.find(explain(question.error ?? ""), subject: subject, about: "\(question.about) is not refused")
                return
            }
            try compare(answer, expected, question, method, &tally)
            tally.countAnswer(rows: rows.rowCount)
            if question.about == "rows" { try compareSingleRows(answer, plan, method, rows, &tally) }
        } catch let error as InferenceError {
            guard let expected = question.error else {
                tally.find(explain("\(error)"), subject: subject, about: "\(question.about) is refused")
                return
            }
            tally.countRefusal()
            if error.message.split(separator: "\n").first.map(String.init) != expected {
                let sentences = explain("says '\(error)', scikit-learn '\(expected)'")
                tally.find(sentences, subject: subject, about: "sentence for \(question.about)")
            }
        }
    }

    private func compare(
        _ answer: Answer, _ expected: [Manifest.ExpectedArray], _ question: Manifest.Question,
        _ method: PredictionMethod, _ tally: inout Tally
    ) throws {
        let subject = "\(modelCase.estimator).\(question.method)"
        let outputs = answer.outputs
        guard outputs.count == expected.count, answer.isPerTarget == question.perTarget else {
            let counts = "\(outputs.count) arrays, scikit-learn has \(expected.count)"
            tally.find(explain(counts), subject: subject, about: question.about)
            return
        }
        let rule = ComparisonRule.of(modelCase.estimator, method, products: modelCase.products)
        let margins = try question.margin.map { try NumpyFile(folder.appending(path: $0)).doubles() }
        for (output, array) in zip(outputs, expected) {
            let magnitudes = try array.magnitude.map { try NumpyFile(folder.appending(path: $0)).doubles() }
            let comparison = Comparison(
                output, try array.output(in: folder), rule: rule, magnitudes: magnitudes, margins: margins)
            tally.count(comparison, by: subject, isSinglePrecision: modelCase.products == "float32")
            for finding in comparison.findings {
                tally.find(explain(finding), subject: subject, about: question.about)
            }
        }
    }

    /// A row must be answered the same alone and among others, to the bit.
    private func compareSingleRows(
        _ answer: Answer, _ plan: Plan, _ method: PredictionMethod, _ rows: Matrix<Double>, _ tally: inout Tally
    ) throws {
        for row in 0..<rows.rowCount {
            let alone = try plan.evaluate(method, on: rows.rows(row..<row + 1))
            guard alone.outputs.count == answer.outputs.count else { continue }
            for (one, all) in zip(alone.outputs, answer.outputs) where !one.hasSameBits(as: all, row: row) {
                let subject = "\(modelCase.estimator).\(method.rawValue)"
                tally.find(explain("row \(row)"), subject: subject, about: "differs alone and in a batch")
            }
        }
    }

    /// What is needed to repeat it: the case and its model.
    private func explain(_ text: String) -> String {
        "\(text) [--only \(Int(modelCase.name) ?? 0); \(modelCase.storage); \(modelCase.description.prefix(300))]"
    }
}

extension Answer {
    var outputs: [Output] {
        switch self {
        case .array(let output): [output]
        case .perTarget(let outputs): outputs
        }
    }

    var isPerTarget: Bool { if case .perTarget = self { true } else { false } }
}

extension Output {
    /// Whether this output of one row is row `row` of another, bit by bit.
    fileprivate func hasSameBits(as other: Output, row: Int) -> Bool {
        let range = row * values.count..<(row + 1) * values.count
        guard shape.dropFirst() == other.shape.dropFirst(), range.upperBound <= other.values.count else { return false }
        switch (values, other.values) {
        case (.float64(let one), .float64(let all)):
            return one.map(\.bitPattern) == all[range].map(\.bitPattern)
        case (.int64(let one), .int64(let all)): return one == Array(all[range])
        case (.bool(let one), .bool(let all)): return one == Array(all[range])
        case (.string(let one), .string(let all)): return one == Array(all[range])
        default: return false
        }
    }
}
