/// A numpy element type: what the bytes of an array mean.
///
/// Source: numpy's array interface, "The array interface protocol", `typestr` and `descr`.
public struct DType: Hashable, Sendable {
    /// What one element is, apart from its size and byte order.
    public indirect enum Kind: Hashable, Sendable {
        /// `?`, one byte.
        case bool
        /// `i1`, `i2`, `i4`, `i8`.
        case signedInteger
        /// `u1`, `u2`, `u4`, `u8`.
        case unsignedInteger
        /// `f2`, `f4`, `f8`, `f16`.
        case float
        /// `c8`, `c16`, `c32`.
        case complex
        /// `S<n>`: bytes padded with zeros.
        case bytes
        /// `U<n>`: UTF-32 code units padded with zeros.
        case unicode
        /// `M8[unit]`: ticks of a unit since 1970, as `i8`.
        case datetime(unit: String)
        /// `m8[unit]`: ticks of a unit, as `i8`.
        case timedelta(unit: String)
        /// `V<n>`: opaque bytes.
        case void
        /// `O`: Python objects; the elements are not in the bytes.
        case object
        /// A record of named fields.
        case record([Field])
    }

    /// A named part of a record.
    public struct Field: Hashable, Sendable {
        /// The field's name.
        public let name: String
        /// The field's own type.
        public let type: DType
        /// Bytes from the record's start.
        public let offset: Int

        /// A named part of a record, `offset` bytes from its start.
        public init(name: String, type: DType, offset: Int) {
            self.name = name
            self.type = type
            self.offset = offset
        }
    }

    /// What one element is.
    public let kind: Kind
    /// Bytes of one element, padding of records included.
    public let itemSize: Int
    /// Whether numbers are stored most significant byte first; records say it per field.
    public let isBigEndian: Bool
    /// How many records lie within each other, this one included; 0 for other types.
    package let recordDepth: Int
    /// Whether elements are Python objects, or records of which a field is: such are not in an array's bytes.
    package let holdsObjects: Bool

    /// A type of `itemSize` bytes; the fields of a record must lie within them.
    public init(kind: Kind, itemSize: Int, isBigEndian: Bool = false) {
        precondition(itemSize >= 0)
        if case .record(let fields) = kind {
            precondition(fields.allSatisfy { $0.offset >= 0 && $0.offset + $0.type.itemSize <= itemSize })
            recordDepth = 1 + (fields.map(\.type.recordDepth).max() ?? 0)
            holdsObjects = fields.contains { $0.type.holdsObjects }
        } else {
            recordDepth = 0
            holdsObjects = kind == .object
        }
        self.kind = kind
        self.itemSize = itemSize
        self.isBigEndian = isBigEndian
    }

    /// Little-endian `f8`, what most of scikit-learn computes in.
    public static let float64 = DType(kind: .float, itemSize: 8)
    /// Little-endian `f4`.
    public static let float32 = DType(kind: .float, itemSize: 4)
    /// Little-endian `i8`, the default integer on Linux.
    public static let int64 = DType(kind: .signedInteger, itemSize: 8)
    /// References to Python objects.
    public static let object = DType(kind: .object, itemSize: 8)
    /// One byte, zero or one.
    public static let bool = DType(kind: .bool, itemSize: 1)

    /// The fields of a record, by name in their order; empty for other types.
    public var fields: [Field] {
        if case .record(let fields) = kind { fields } else { [] }
    }
}
