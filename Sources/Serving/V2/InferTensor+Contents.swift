/// Tensors whose elements came as numbers of the transport's own, not as bytes or text.
extension InferTensorHead {
    /// The tensor, of whole numbers.
    ///
    /// - Throws: ``ServingError`` if they are not as many as the shape says, or one is not a value of the datatype.
    package func tensor<Number: FixedWidthInteger>(integers: [Number]) throws(ServingError) -> InferTensor {
        try checkCount(integers.count)
        let range: (least: Int64, most: UInt64) =
            switch datatype {
            case .int8: (Int64(Int8.min), UInt64(Int8.max))
            case .int16: (Int64(Int16.min), UInt64(Int16.max))
            case .int32: (Int64(Int32.min), UInt64(Int32.max))
            case .uint8: (0, UInt64(UInt8.max))
            case .uint16: (0, UInt64(UInt16.max))
            case .uint32: (0, UInt64(UInt32.max))
            default: (.min, .max)
            }
        if let index = integers.firstIndex(where: { $0 < range.least || $0 > range.most }) {
            throw .badInference("input '\(name.quoted)': contents[\(index)] is not a value of \(datatype.rawValue)")
        }
        return tensor(.numbers(integers.map { Double($0) }))
    }

    /// The tensor, of fractions.
    ///
    /// - Throws: ``ServingError`` if they are not as many as the shape says.
    package func tensor(fractions: [some BinaryFloatingPoint]) throws(ServingError) -> InferTensor {
        try checkCount(fractions.count)
        return tensor(.numbers(fractions.map { Double($0) }))
    }

    /// The tensor, of truth values.
    ///
    /// - Throws: ``ServingError`` if they are not as many as the shape says.
    package func tensor(truths: [Bool]) throws(ServingError) -> InferTensor {
        try checkCount(truths.count)
        return tensor(.numbers(truths.map { $0 ? 1 : 0 }))
    }

    /// The tensor, of strings.
    ///
    /// - Throws: ``ServingError`` if they are not as many as the shape says.
    package func tensor(stringCount: Int) throws(ServingError) -> InferTensor {
        try checkCount(stringCount)
        return tensor(.bytes)
    }

    private func checkCount(_ count: Int) throws(ServingError) {
        guard count == elementCount else {
            throw .badInference(
                "input '\(name.quoted)' has \(count) elements of \(datatype.rawValue) in its contents, but shape "
                    + "\(shape) has \(elementCount)")
        }
    }
}
