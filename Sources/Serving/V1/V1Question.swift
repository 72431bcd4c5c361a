import Inference
import Tensors

/// What a V1 request asks of a model, and how its answer is made up.
struct V1Question: Question {
    let rows: Matrix<Double>
    /// The predictions' method, then those of the other members.
    private(set) var methods: [PredictionMethod]
    /// The members that follow the predictions, and which of the methods each shows.
    private var members: [(name: String, method: Int)] = []

    /// - Parameters:
    ///   - methods: what the model can answer.
    ///   - primary: what it answers if nothing else is asked for.
    init(_ request: V1Request, methods: [PredictionMethod], primary: PredictionMethod, form: AnswerForm) {
        rows = request.rows
        self.methods = [primary]
        if form == .full, primary == .predict, methods.contains(.predictProba) {
            add(.predictProba, as: "probabilities")
        }
        for output in request.outputs where output != primary { add(output, as: output.rawValue) }
    }

    private mutating func add(_ method: PredictionMethod, as name: String) {
        let index = methods.firstIndex(of: method) ?? methods.count
        if index == methods.count { methods.append(method) }
        members.append((name, index))
    }

    /// The answer, of one for each method.
    ///
    /// - Parameter identity: members that say which model answered, as bytes that begin with a comma.
    func answer(_ answers: [Answer], identity: [UInt8]) -> V1Answer {
        V1Answer(
            predictions: answers[0], identity: identity,
            others: members.map { V1Answer.Member(name: $0.name, answer: answers[$0.method]) })
    }
}
