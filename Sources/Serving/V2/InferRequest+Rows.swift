package import Tensors

extension InferRequest {
    /// The rows that the inputs make up.
    ///
    /// One input is a matrix of shape `[rows, columns]`, or `[rows]` for a model of one column. Several, or those of
    /// content type `pd`, are columns of shape `[rows]` or `[rows, 1]`: by the model's names where it has some, else
    /// in their order.
    ///
    /// - Throws: ``ServingError`` with ``ServingError/Code/unacceptableRows`` if they make up none.
    package func rows(for input: ModelInput) throws(ServingError) -> Matrix<Double> {
        guard let first = inputs.first else { throw .badInference("the request has no inputs") }
        if contentType == .columns { return try columns(for: input) }
        guard inputs.count > 1 else { return try Self.matrix(of: first, for: input) }
        guard contentType == nil else {
            throw .badInference("content_type 'np' takes one input, and the request has \(inputs.count)")
        }
        return try columns(for: input)
    }

    private static func matrix(of tensor: InferTensor, for input: ModelInput) throws(ServingError) -> Matrix<Double> {
        let elements = try tensor.numbers()
        switch tensor.shape.count {
        case 2: return Matrix(rowCount: tensor.shape[0], columnCount: tensor.shape[1], elements: elements)
        case 1 where input.featureCount == 1:
            return Matrix(rowCount: elements.count, columnCount: 1, elements: elements)
        case 0, 1:
            throw ServingError(
                .unacceptableRows,
                "Expected 2D array, got \(tensor.shape.count)D array instead: input '\(tensor.name.quoted)' must have "
                    + "the shape [rows, \(input.featureCount)].")
        default:
            throw ServingError(
                .unacceptableRows, "Found array with dim \(tensor.shape.count). Estimator expected <= 2.")
        }
    }

    private func columns(for input: ModelInput) throws(ServingError) -> Matrix<Double> {
        let rowCount = inputs.first?.shape.first ?? 0
        for tensor in inputs {
            guard tensor.shape.count == 1 || tensor.shape.count == 2 && tensor.shape[1] == 1 else {
                throw ServingError(
                    .unacceptableRows,
                    "Input '\(tensor.name.quoted)' is a column and must have the shape [rows] or [rows, 1], "
                        + "not \(tensor.shape).")
            }
            guard tensor.shape[0] == rowCount else {
                throw ServingError(.unacceptableRows, "All arrays must be of the same length")
            }
        }
        let places = try places(for: input)
        var elements = [Double](repeating: 0, count: rowCount * inputs.count)
        for (tensor, place) in zip(inputs, places) {
            var target = place
            for value in try tensor.numbers() {
                elements[target] = value
                target += inputs.count
            }
        }
        return Matrix(rowCount: rowCount, columnCount: inputs.count, elements: elements)
    }

    /// Which column each input is.
    private func places(for input: ModelInput) throws(ServingError) -> [Int] {
        guard let names = input.columns?.names else { return Array(inputs.indices) }
        let given = Dictionary(uniqueKeysWithValues: zip(inputs.map(\.name), inputs.indices))
        let unknown = Set(given.keys).subtracting(names)
        let missing = names.filter { given[$0] == nil }
        // Names of a fit are not always distinct.
        guard unknown.isEmpty, missing.isEmpty, names.count == inputs.count else {
            throw .wrongColumns(unknown: unknown, missing: missing, isFitted: true)
        }
        var places = [Int](repeating: 0, count: inputs.count)
        for (place, name) in names.enumerated() { if let index = given[name] { places[index] = place } }
        return places
    }
}

extension InferTensor {
    /// The elements as numbers.
    fileprivate func numbers() throws(ServingError) -> [Double] {
        guard case .numbers(let values) = elements else {
            throw ServingError(
                .unacceptableRows, "Input '\(name.quoted)' has the datatype BYTES, and the model takes numbers.")
        }
        return values
    }
}
