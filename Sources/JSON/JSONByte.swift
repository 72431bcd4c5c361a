/// The bytes that JSON gives a meaning (RFC 8259, section 2).
public enum JSONByte {
    /// `"`: begins and ends a string.
    @inlinable public static var quote: UInt8 { UInt8(ascii: "\"") }
    /// `\`: begins an escape in a string.
    @inlinable public static var backslash: UInt8 { UInt8(ascii: "\\") }
    /// `,`: between elements and members.
    @inlinable public static var comma: UInt8 { UInt8(ascii: ",") }
    /// `:`: between a name and its value.
    @inlinable public static var colon: UInt8 { UInt8(ascii: ":") }
    /// `[`: begins an array.
    @inlinable public static var openBracket: UInt8 { UInt8(ascii: "[") }
    /// `]`: ends an array.
    @inlinable public static var closeBracket: UInt8 { UInt8(ascii: "]") }
    /// `{`: begins an object.
    @inlinable public static var openBrace: UInt8 { UInt8(ascii: "{") }
    /// `}`: ends an object.
    @inlinable public static var closeBrace: UInt8 { UInt8(ascii: "}") }
    /// `-`: begins a negative number or exponent.
    @inlinable public static var minus: UInt8 { UInt8(ascii: "-") }
    /// `+`: may begin an exponent.
    @inlinable public static var plus: UInt8 { UInt8(ascii: "+") }
    /// `.`: begins a fraction.
    @inlinable public static var point: UInt8 { UInt8(ascii: ".") }
    /// `0`: the first of the digits.
    @inlinable public static var zero: UInt8 { UInt8(ascii: "0") }
    /// `9`: the last of the digits.
    @inlinable public static var nine: UInt8 { UInt8(ascii: "9") }
    /// What ``JSONReader`` sees behind the last byte; valid nowhere in JSON.
    @inlinable public static var end: UInt8 { 0 }
}
