import Inference

/// The names of tensors.
enum InferName {
    /// The one input, as metadata name it; any name will do in a request.
    static let input = "input-0"
    /// The output that a model answers if none is asked for, as KServe's server names it.
    static let output = "output-0"

    /// The method an output's name asks for; nil if none is called so.
    ///
    /// - Parameter primary: what `output-0` stands for.
    static func method(_ name: String, primary: PredictionMethod) -> PredictionMethod? {
        name == output ? primary : PredictionMethod(rawValue: name)
    }
}
