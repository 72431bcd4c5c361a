import ModelStore

/// What lies beside a file that is being downloaded: of which content it is, and how much of it is there.
struct DownloadRecord: Hashable, Sendable {
    /// What the source says of the content.
    let validator: String
    /// Bytes of the whole content.
    let size: Int
    /// The bytes that are there, and would survive a loss of power.
    var ranges: ByteRanges

    init(validator: String, size: Int, ranges: ByteRanges = ByteRanges()) {
        self.validator = validator
        self.size = size
        self.ranges = ranges
    }

    /// Reads what ``json`` writes; nil if it is anything else.
    init?(json: JSONValue) {
        guard let object = json.object, let validator = object["validator"]?.string,
            let size = object["size"]?.integer, size >= 0, let entries = object["ranges"]?.array
        else { return nil }
        self.init(validator: validator, size: size)
        for entry in entries {
            guard let bounds = entry.array?.compactMap(\.integer), bounds.count == 2, 0 <= bounds[0],
                bounds[0] <= bounds[1], bounds[1] <= size
            else { return nil }
            ranges.insert(bounds[0]..<bounds[1])
        }
    }

    var json: JSONValue {
        [
            "validator": .string(validator), "size": .integer(size),
            "ranges": .array(ranges.ranges.map { [.integer($0.lowerBound), .integer($0.upperBound)] }),
        ]
    }
}
