/// A JSON value as it was written: members keep their order and numbers their spelling, so that what is read and
/// written again says the same.
public enum JSONValue: Hashable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number.
    case number(Number)
    /// A string.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object.
    case object(Object)

    /// An integer.
    public static func integer(_ value: Int) -> JSONValue { .number(Number(value)) }

    /// A number; JSON has none that is not finite, so those become `null`.
    public static func double(_ value: Double) -> JSONValue { Number(value).map(JSONValue.number) ?? .null }

    /// The string, if the value is one.
    public var string: String? { if case .string(let text) = self { text } else { nil } }

    /// The integer, if the value is a number that is one.
    public var integer: Int? { if case .number(let number) = self { number.integer } else { nil } }

    /// The number, if the value is one.
    public var double: Double? { if case .number(let number) = self { number.double } else { nil } }

    /// The truth value, if the value is one.
    public var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }

    /// The elements, if the value is an array.
    public var array: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }

    /// The members, if the value is an object.
    public var object: Object? { if case .object(let object) = self { object } else { nil } }

    /// What the value is, for sentences: `a string`, `an object`.
    var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a truth value"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension JSONValue {
    /// A number, spelled as it was read.
    public struct Number: Hashable, Sendable {
        /// The number as JSON spells it.
        public let text: String

        /// A spelling that the parser has checked.
        init(checked text: String) { self.text = text }

        /// An integer.
        public init(_ value: Int) { text = "\(value)" }

        /// A number in its shortest exact spelling; nil if it is not finite.
        public init?(_ value: Double) {
            guard value.isFinite else { return nil }
            text = "\(value)"
        }

        /// The number, if it is spelled as an integer of 64 bits.
        public var integer: Int? { Int(text) }

        /// The number, rounded to the nearest `Double`; infinite if it is beyond all of them.
        public var double: Double { Double(text) ?? .nan }
    }

    /// The members of an object, in order, each key once.
    public struct Object: Hashable, Sendable {
        /// A key and its value.
        public struct Member: Hashable, Sendable {
            /// The key.
            public let key: String
            /// The value.
            public var value: JSONValue

            /// A key and its value.
            public init(_ key: String, _ value: JSONValue) {
                self.key = key
                self.value = value
            }
        }

        /// The members.
        public private(set) var members: [Member]

        /// An object without members.
        public init() { members = [] }

        /// An object of members; of those with one key the last counts, in the place of the first.
        public init(_ members: [Member]) {
            self.members = []
            var places: [String: Int] = [:]
            for member in members {
                if let place = places[member.key] {
                    self.members[place] = member
                } else {
                    places[member.key] = self.members.count
                    self.members.append(member)
                }
            }
        }

        /// The value of a key; setting nil removes the member, a new key goes to the end.
        public subscript(key: String) -> JSONValue? {
            get { members.first { $0.key == key }?.value }
            set {
                let place = members.firstIndex { $0.key == key }
                switch (place, newValue) {
                case (let place?, let value?): members[place].value = value
                case (let place?, nil): members.remove(at: place)
                case (nil, let value?): members.append(Member(key, value))
                case (nil, nil): break
                }
            }
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// An integer.
    public init(integerLiteral value: Int) { self = .integer(value) }
    /// A truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// An array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// An object.
    public init(dictionaryLiteral members: (String, JSONValue)...) {
        self = .object(Object(members.map { Object.Member($0.0, $0.1) }))
    }
}

extension JSONValue.Object: ExpressibleByDictionaryLiteral {
    /// An object of members.
    public init(dictionaryLiteral members: (String, JSONValue)...) { self.init(members.map { Member($0.0, $0.1) }) }
}
