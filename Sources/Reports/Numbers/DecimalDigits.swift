/// The decimal digits of a number: the fewest that read back as it, rounded to as many as people want to see.
struct DecimalDigits: Hashable {
    let isNegative: Bool
    /// The digits, 0 to 9, the first of which is not 0; none for zero.
    private(set) var digits: [UInt8]
    /// The power of ten of the first digit.
    private(set) var exponent: Int

    /// The digits of a finite number.
    init?(_ value: Double) {
        guard value.isFinite else { return nil }
        isNegative = value < 0
        digits = []
        exponent = 0
        var point: Int?
        var power = 0
        let spelling = value.magnitude.description.utf8
        for (offset, byte) in spelling.enumerated() {
            switch byte {
            case UInt8(ascii: "."): point = digits.count
            case UInt8(ascii: "e"): power = Int(Substring(spelling.dropFirst(offset + 1))) ?? 0
            case UInt8(ascii: "0")...UInt8(ascii: "9") where power == 0: digits.append(byte - UInt8(ascii: "0"))
            default: break
            }
            if byte == UInt8(ascii: "e") { break }
        }
        exponent = power + (point ?? digits.count) - 1
        let zeros = digits.prefix { $0 == 0 }.count
        digits.removeFirst(zeros)
        exponent = digits.isEmpty ? 0 : exponent - zeros
        dropTrailingZeros()
    }

    /// Rounds to a number of significant digits, at least 1; halves away from zero.
    mutating func round(toSignificant count: Int) {
        guard digits.count > count else { return }
        let isUp = digits[count] >= 5
        digits.removeLast(digits.count - count)
        if isUp { increment() }
        dropTrailingZeros()
    }

    /// Rounds to a number of decimals; below zero, to tens, hundreds and so on.
    mutating func round(toDecimals count: Int) {
        let kept = exponent + 1 + count
        guard kept < digits.count else { return }
        guard kept >= 0 else {
            digits = []
            exponent = 0
            return
        }
        if kept == 0 {
            let isUp = digits[0] >= 5
            digits = isUp ? [1] : []
            exponent = isUp ? exponent + 1 : 0
            return
        }
        round(toSignificant: kept)
    }

    /// The digits with a point, with at least so many decimals, without a sign.
    func plain(decimals count: Int = 0) -> String {
        var text = ""
        for place in stride(from: max(exponent, 0), through: min(exponent - digits.count + 1, -count, 0), by: -1) {
            if place == -1 { text += "." }
            let index = exponent - place
            text += digits.indices.contains(index) ? "\(digits[index])" : "0"
        }
        return text
    }

    /// The digits as a factor of a power of ten, e.g. `1.25e-7`, without a sign.
    var scientific: String {
        let rest = digits.dropFirst().map { "\($0)" }.joined()
        return "\(digits.first ?? 0)\(rest.isEmpty ? "" : "." + rest)e\(exponent)"
    }

    private mutating func increment() {
        var index = digits.count - 1
        while index >= 0 {
            if digits[index] < 9 {
                digits[index] += 1
                return
            }
            digits[index] = 0
            index -= 1
        }
        digits.insert(1, at: 0)
        exponent += 1
    }

    private mutating func dropTrailingZeros() {
        while digits.last == 0 { digits.removeLast() }
    }
}
