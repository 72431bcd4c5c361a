package import Estimators

extension Pipeline: PlannedEstimator {
    package func makeOperator() throws(InferenceError) -> any Operator {
        let steps = try makeSteps()
        let front = try makeTransforms(steps.dropLast())
        guard let last = steps.last else { throw fit.invalid("the pipeline has no step") }
        let endsPassingThrough = self.steps.last?.estimator == nil
        if let transform = last.operator as? any TransformOperator {
            let methods: [PredictionMethod]? = endsPassingThrough ? [.transform] : nil
            if front.isEmpty, methods == nil { return transform }
            if let chain = TransformChain(front + [transform], methods: methods) { return chain }
        }
        if endsPassingThrough { throw invalid(step: last.index, "it cannot transform") }
        guard let chain = TransformChain(front) else { return last.operator }
        return TransformedPrediction(front.count == 1 ? front[0] : chain, last: last.operator)
    }

    private typealias PlannedStep = (index: Int, operator: any Operator)

    /// The operators of the steps that are not passed through.
    private func makeSteps() throws(InferenceError) -> [PlannedStep] {
        var planned: [PlannedStep] = []
        for (index, step) in steps.enumerated() {
            guard let estimator = step.estimator else { continue }
            let next = try Plan.makeOperator(estimator)
            if let before = planned.last?.operator as? any TransformOperator, before.outputCount != next.inputCount {
                throw invalid(
                    step: index,
                    "it takes \(next.inputCount) columns, but the step before makes \(before.outputCount)"
                )
            }
            planned.append((index, next))
        }
        return planned
    }

    /// The steps before the last one, which must transform.
    private func makeTransforms(_ steps: ArraySlice<PlannedStep>) throws(InferenceError) -> [any TransformOperator] {
        var transforms: [any TransformOperator] = []
        for step in steps {
            guard let transform = step.operator as? any TransformOperator else {
                throw invalid(step: step.index, "it cannot transform")
            }
            transforms.append(transform)
        }
        return transforms
    }

    private func invalid(step: Int, _ message: String) -> InferenceError {
        InferenceError(.invalidModel, "Pipeline.steps[\(step)] (\(steps[step].name)): \(message)")
    }
}
