/// A tensor of a request, checked: it has as many elements as its shape says, all of them values of its type.
package struct InferTensor: Sendable {
    /// The elements, row-major.
    package enum Elements: Hashable, Sendable {
        /// Elements of a numeric type, each as the nearest double; a `null` is NaN, `true` is 1.
        case numbers([Double])
        /// Elements of `BYTES`. None of the models takes any, so they are not kept.
        case bytes
    }

    /// Its name.
    package let name: String
    /// The type of its elements.
    package let datatype: InferDatatype
    /// The extent of each dimension.
    package let shape: [Int]
    /// Its elements.
    package let elements: Elements

    /// A tensor whose elements have been checked.
    init(name: String, datatype: InferDatatype, shape: [Int], elements: Elements) {
        self.name = name
        self.datatype = datatype
        self.shape = shape
        self.elements = elements
    }
}

/// What a tensor of a request is said to be, before its elements are read.
package struct InferTensorHead: Sendable {
    /// Its name.
    package let name: String
    /// The type of its elements.
    package let datatype: InferDatatype
    /// The extent of each dimension.
    package let shape: [Int]
    /// The product of the extents.
    package let elementCount: Int

    /// Checks what a tensor is said to be.
    ///
    /// - Throws: ``ServingError`` for a name that is too long, an unknown type, a negative dimension, too many of them,
    ///   or more elements than can be counted.
    package init(name: String, datatype: String?, shape: [Int]) throws(ServingError) {
        guard name.utf8.count <= InferLimits.maximumNameBytes else {
            throw .badInference(
                "the name of input '\(name.quoted)...' is longer than \(InferLimits.maximumNameBytes) bytes")
        }
        guard let known = datatype.flatMap(InferDatatype.init(rawValue:)) else {
            throw .badInference("invalid datatype \((datatype ?? "None").quoted) in the input")
        }
        guard shape.count <= InferLimits.maximumDimensions else {
            throw .badInference(
                "input '\(name.quoted)' has \(shape.count) dimensions, more than \(InferLimits.maximumDimensions)")
        }
        var count = 1
        for extent in shape {
            guard extent >= 0 else { throw .badInference("input '\(name.quoted)' has a negative dimension: \(shape)") }
            let product = count.multipliedReportingOverflow(by: extent)
            guard !product.overflow else {
                throw .badInference("input '\(name.quoted)' has more elements than can be counted: \(shape)")
            }
            count = product.partialValue
        }
        self.name = name
        self.datatype = known
        self.shape = shape
        elementCount = count
    }

    /// The tensor, with its elements.
    func tensor(_ elements: InferTensor.Elements) -> InferTensor {
        InferTensor(name: name, datatype: datatype, shape: shape, elements: elements)
    }
}
