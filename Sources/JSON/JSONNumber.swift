/// A decimal number as it is spelt: `significand * 10^exponent`, and its conversion to the nearest `Double`.
@usableFromInline
struct JSONNumber {
    /// The digits, leading zeros dropped.
    @usableFromInline var significand: UInt64
    /// The power of ten of the last digit.
    @usableFromInline var exponent: Int

    @inlinable
    init(significand: UInt64, exponent: Int) {
        self.significand = significand
        self.exponent = exponent
    }

    /// The nearest double, ties to even; nil when this quick way does not decide it.
    ///
    /// 1. A significand below 2^53 and a power of ten up to 10^22 are both doubles, so one IEEE operation on them is
    ///    correctly rounded (W. D. Clinger, "How to read floating point numbers accurately", PLDI 1990).
    /// 2. An integer below 2^64 is rounded once by the conversion itself.
    /// 3. A fraction `w / 10^k` with `k <= 27` is `(w / 5^k) * 2^-k`, and `5^27 < 2^63`, so one exact division of
    ///    integers decides it: see ``divided(by:)``.
    @inlinable
    @inline(always)
    var nearest: Double? {
        if exponent == 0 { return Double(significand) }
        if significand < 1 << 53, -22...22 ~= exponent {
            let exact = Double(significand)
            return exponent < 0 ? exact / Self.tens[-exponent] : exact * Self.tens[exponent]
        }
        guard significand != 0 else { return 0 }
        guard -27..<0 ~= exponent else { return nil }
        return divided(by: -exponent)
    }

    /// `significand / 10^power`, correctly rounded, for `1 <= power <= 27` and a significand that is not zero.
    ///
    /// Let `w` be the significand and `d = 5^power`, shifted left by `a` and `b` bits so that their top bits are set:
    /// `w' = w * 2^a` and `d' = d * 2^b`, both in `[2^63, 2^64)`. The division `q = floor(w' * 2^63 / d')` does not
    /// overflow, as its dividend's upper word `w' / 2` is below `2^63 <= d'`; and `q > 2^62`, so `q` has at least 63
    /// bits, ten more than a double keeps. Setting its lowest bit when a remainder is left therefore never changes
    /// which doubles lie around it, and makes it lie on the right side of the middle between them: the conversion of
    /// `q` to `Double` rounds once, and as the exact quotient would. What remains is a power of two,
    /// `w / 10^power = (w' * 2^63 / d') * 2^(b - a - 63 - power)`, exact because the value, at least `10^-27` and below
    /// `2^64`, is far from the ends of a double's range.
    @inlinable
    @inline(always)
    func divided(by power: Int) -> Double {
        let (divisor, divisorShift) = Self.fives[power]
        let shift = significand.leadingZeroBitCount
        let dividend = significand << UInt64(shift)
        let (quotient, remainder) = divisor.dividingFullWidth((dividend >> 1, dividend << 63))
        let rounded = Double(quotient | (remainder == 0 ? 0 : 1))
        let scale = divisorShift - shift - 63 - power
        // 2^scale, a normal number: -63 - 63 - 27 <= scale <= 63.
        return rounded * Double(bitPattern: UInt64(1023 + scale) << 52)
    }

    /// The powers of ten that are doubles: 10^0 up to 10^22.
    @usableFromInline static let tens: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// The powers of five from 0 to 27 with their top bits set, and how far each was shifted for that.
    @usableFromInline static let fives: [(UInt64, Int)] = {
        var power: UInt64 = 1
        return (0...27).map { index in
            if index > 0 { power *= 5 }
            let shift = power.leadingZeroBitCount
            return (power << UInt64(shift), shift)
        }
    }()
}

extension JSONReader {
    /// Reads a number as the nearest double.
    ///
    /// - Throws: what makes it no JSON number, or that no finite double is near it.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func readNumber() throws(Failure) -> Double {
        let start = position
        let isNegative = byte(at: start) == JSONByte.minus
        var cursor = isNegative ? start + 1 : start
        var number = JSONNumber(significand: 0, exponent: 0)

        let first = cursor
        scanDigits(&cursor, into: &number)
        guard cursor > first else {
            position = cursor
            throw isNegative ? malformed("unexpected character") : unexpectedValue()
        }
        if cursor > first + 1, bytes[first] == JSONByte.zero {
            position = first
            throw malformed("number with leading zero is not allowed")
        }
        var digitCount = cursor - first
        if byte(at: cursor) == JSONByte.point {
            cursor += 1
            let firstOfFraction = cursor
            scanDigits(&cursor, into: &number)
            guard cursor > firstOfFraction else {
                position = cursor
                throw malformed("no digit after the decimal point")
            }
            number.exponent = firstOfFraction - cursor
            digitCount -= number.exponent
        }
        if byte(at: cursor) | 0x20 == UInt8(ascii: "e") {
            position = cursor
            number.exponent += try readExponent()
            cursor = position
        }
        position = cursor
        // Nineteen digits are below 10^19 < 2^64; more may have overflowed, unless zeros led them.
        if digitCount <= 19 || significantDigits(from: first) <= 19, let value = number.nearest {
            return isNegative ? -value : value
        }
        return try convertSlowly(start..<cursor)
    }

    /// Steps over digits and appends them to a number.
    @inlinable
    @inline(always)
    func scanDigits(_ cursor: inout Int, into number: inout JSONNumber) {
        while true {
            let digit = byte(at: cursor) &- JSONByte.zero
            guard digit <= 9 else { return }
            number.significand = number.significand &* 10 &+ UInt64(digit)
            cursor += 1
        }
    }

    /// Reads `e`, a sign and digits, up to a magnitude that no number of digits in memory brings back.
    @inlinable
    @_lifetime(self: copy self)
    mutating func readExponent() throws(Failure) -> Int {
        position += 1
        let sign = byte(at: position)
        if sign == JSONByte.minus || sign == JSONByte.plus { position += 1 }
        let first = position
        var magnitude = 0
        while JSONByte.zero...JSONByte.nine ~= byte(at: position) {
            magnitude = min(magnitude * 10 + Int(bytes[position] - JSONByte.zero), 1 << 59)
            position += 1
        }
        guard position > first else { throw malformed("no digit in the exponent") }
        return sign == JSONByte.minus ? -magnitude : magnitude
    }

    /// How many digits a number has from its first that is not zero.
    @inlinable
    @inline(never)
    func significantDigits(from first: Int) -> Int {
        var count = 0
        for offset in first..<position {
            let byte = bytes[offset]
            if byte | 0x20 == UInt8(ascii: "e") { break }
            if byte != JSONByte.point, count > 0 || byte != JSONByte.zero { count += 1 }
        }
        return count
    }

    /// The standard library's conversion, correctly rounded for any number of digits.
    @inlinable
    @inline(never)
    @_lifetime(self: copy self)
    mutating func convertSlowly(_ range: Range<Int>) throws(Failure) -> Double {
        var utf8: [UInt8] = []
        utf8.reserveCapacity(range.count)
        for offset in range { utf8.append(bytes[offset]) }
        guard let value = Double(String(decoding: utf8, as: UTF8.self)), value.isFinite else {
            position = range.lowerBound
            throw malformed("number is infinity when parsed as double")
        }
        return value
    }

    /// The next byte begins no value.
    @inlinable
    @inline(never)
    func unexpectedValue() -> Failure {
        position < bytes.count ? malformed("unexpected character, expected a JSON value") : unexpected()
    }
}
