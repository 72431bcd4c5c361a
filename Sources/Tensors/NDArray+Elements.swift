extension NDArray {
    /// The elements as `Double`, in row-major order; nil unless they are booleans, integers or floats.
    public func doubles() -> [Double]? { nil }

    /// The elements as `Int`, in row-major order; nil unless they are booleans or integers that fit.
    public func integers() -> [Int]? { nil }

    /// The elements as `String`, in row-major order; nil unless they are unicode strings.
    public func strings() -> [String]? { nil }

    /// One field of an array of records as `Double`, in row-major order; nil if there is no such numeric field.
    public func doubles(field: String) -> [Double]? { nil }

    /// One field of an array of records as `Int`, in row-major order; nil if there is no such integer field.
    public func integers(field: String) -> [Int]? { nil }
}
