import JSON

/// Reads the elements of a tensor from JSON: a flat list, or lists in each other, in row-major order.
///
/// As for numpy, lists in each other must be rectangular; they need not be nested as the shape says, only be as many.
struct JSONElementsReader: ~Copyable {
    private let head: InferTensorHead
    private var numbers: [Double] = []
    private var count = 0
    /// The length of the lists at each depth, once one has been read.
    private var lengths: [Int?] = []
    /// How deep the elements lie, once one has been read.
    private var depth: Int?

    private init(_ head: InferTensorHead) { self.head = head }

    /// Reads `data`.
    ///
    /// - Throws: ``ServingError`` for elements that are none of the datatype, or are not as many as the shape says.
    static func read(
        _ reader: inout RequestReader, of head: InferTensorHead
    ) throws(ServingError) -> InferTensor.Elements {
        if head.datatype == .fp16 || head.datatype == .bf16 {
            throw .badInference(
                "Sending \(head.datatype.rawValue) data via JSON is not supported. Please use the binary data format "
                    + "for input \(head.name.quoted)")
        }
        var elements = JSONElementsReader(head)
        guard reader.peek() == JSONByte.openBracket else { throw elements.mistake("is not a list") }
        // An element is a byte and a comma at least, so a body cannot ask for much more than it has.
        elements.numbers.reserveCapacity(head.datatype == .bytes ? 0 : min(head.elementCount, 1 << 16))
        try elements.list(&reader, depth: 0)
        guard elements.count == head.elementCount else {
            throw elements.mistake("has \(elements.count) elements, but shape \(head.shape) has \(head.elementCount)")
        }
        return head.datatype == .bytes ? .bytes : .numbers(elements.numbers)
    }

    private mutating func list(_ reader: inout RequestReader, depth: Int) throws(ServingError) {
        guard depth < InferLimits.maximumDimensions else { throw mistake("is nested too deeply") }
        if lengths.count == depth { lengths.append(nil) }
        reader.position += 1
        var length = 0
        if !reader.take(JSONByte.closeBracket) {
            if reader.peek() == JSONByte.openBracket {
                repeat {
                    guard reader.peek() == JSONByte.openBracket else { throw mistake("is not rectangular") }
                    try list(&reader, depth: depth + 1)
                    length += 1
                } while try reader.takeSeparator(closing: JSONByte.closeBracket)
            } else {
                length = try elements(&reader, depth: depth)
            }
        }
        guard lengths[depth] == nil || lengths[depth] == length else { throw mistake("is not rectangular") }
        lengths[depth] = length
    }

    /// Reads the elements of an innermost list, and returns how many they are.
    private mutating func elements(_ reader: inout RequestReader, depth: Int) throws(ServingError) -> Int {
        guard self.depth == nil || self.depth == depth else { throw mistake("is not rectangular") }
        self.depth = depth
        let start = count
        repeat {
            guard count < head.elementCount else {
                throw mistake("has more elements than shape \(head.shape), which has \(head.elementCount)")
            }
            if head.datatype == .bytes {
                guard reader.peek() == JSONByte.quote else { throw mistake("[\(count)] is not a string") }
                _ = try reader.scanString()
            } else {
                numbers.append(try number(&reader))
            }
            count += 1
        } while try reader.takeSeparator(closing: JSONByte.closeBracket)
        return count - start
    }

    @inline(always)
    private func number(_ reader: inout RequestReader) throws(ServingError) -> Double {
        let byte = reader.peek()
        guard byte <= JSONByte.nine, byte != JSONByte.quote else { return try unusual(&reader) }
        let start = reader.position
        let value = try reader.readNumber()
        return head.datatype == .fp64 ? value : try checked(value, from: start, in: reader)
    }

    /// Reads what is no number.
    @inline(never)
    private func unusual(_ reader: inout RequestReader) throws(ServingError) -> Double {
        switch (reader.peek(), head.datatype) {
        case (UInt8(ascii: "n"), .fp32), (UInt8(ascii: "n"), .fp64):
            try reader.takeLiteral("null")
            return .nan
        case (UInt8(ascii: "t"), .bool):
            try reader.takeLiteral("true")
            return 1
        case (UInt8(ascii: "f"), .bool):
            try reader.takeLiteral("false")
            return 0
        default: throw mistake("[\(count)] is not a value of \(head.datatype.rawValue)")
        }
    }

    /// A number as the datatype holds it.
    private func checked(
        _ value: Double, from start: Int, in reader: borrowing RequestReader
    ) throws(ServingError) -> Double {
        let isValid =
            switch head.datatype {
            case .bool: value == 0 || value == 1
            case .uint8: UInt8(exactly: value) != nil
            case .uint16: UInt16(exactly: value) != nil
            case .uint32: UInt32(exactly: value) != nil
            case .int8: Int8(exactly: value) != nil
            case .int16: Int16(exactly: value) != nil
            case .int32: Int32(exactly: value) != nil
            // At the ends of these a double does not tell what was spelt.
            case .uint64: UInt64(exactly: value) != nil || UInt64(Self.spelling(in: reader, from: start)) != nil
            case .int64:
                value.magnitude < 0x1p63
                    ? Int64(exactly: value) != nil : Int64(Self.spelling(in: reader, from: start)) != nil
            case .fp32: Float(value).isFinite
            case .fp16, .bf16, .fp64, .bytes: true
            }
        guard isValid else { throw mistake("[\(count)] is not a value of \(head.datatype.rawValue)") }
        return head.datatype == .fp32 ? Double(Float(value)) : value
    }

    /// The first bytes of a number as it was spelt; more than the longest integer has.
    @inline(never)
    private static func spelling(in reader: borrowing RequestReader, from start: Int) -> String {
        var text = ""
        for offset in start..<min(reader.position, start + 24) {
            text.unicodeScalars.append(Unicode.Scalar(reader.byte(at: offset)))
        }
        return text
    }

    @inline(never)
    private func mistake(_ what: String) -> ServingError {
        let place = what.hasPrefix("[") ? "data\(what)" : "data \(what)"
        return .badInference("input '\(head.name.quoted)': \(place)")
    }
}
