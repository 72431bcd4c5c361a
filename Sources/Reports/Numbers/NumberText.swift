/// Numbers as people read them, the same way in every part of a report: a true minus sign, a thin space between groups
/// of thousands, and no more digits than mean something.
enum NumberText {
    /// What stands for a number that there is not.
    static let missing = "–"
    /// Between groups of digits, and between a number and its unit: neither broken nor stretched.
    static let thinSpace = "\u{202F}"

    /// A number with some significant digits, e.g. `0.9432`, `12 350`, `1.25e−7`.
    static func significant(_ value: Double, digits count: Int = 4) -> String {
        guard var digits = DecimalDigits(value) else { return special(value) }
        digits.round(toSignificant: count)
        let isPlain = digits.digits.isEmpty || (-5..<7).contains(digits.exponent)
        let text = isPlain ? grouped(digits.plain()) : digits.scientific
        return (digits.isNegative && !digits.digits.isEmpty ? "−" : "") + text.replacingHyphen
    }

    /// A number with its sign, e.g. `+0.031`; zero has none.
    static func signed(_ value: Double, significantDigits count: Int) -> String {
        (value > 0 ? "+" : "") + significant(value, digits: count)
    }

    /// A number with a fixed number of decimals, e.g. `0.50`.
    static func fixed(_ value: Double, decimals count: Int) -> String {
        guard var digits = DecimalDigits(value) else { return special(value) }
        digits.round(toDecimals: count)
        return (digits.isNegative && !digits.digits.isEmpty ? "−" : "") + grouped(digits.plain(decimals: count))
    }

    /// Numbers that stand beside one another, with as many decimals as the largest needs for some digits.
    static func aligned(_ values: [Double?], digits count: Int = 4) -> [String] {
        let finite = values.compactMap { $0 }.filter(\.isFinite).map(abs)
        let largest = DecimalDigits(finite.max() ?? 0)?.exponent ?? 0
        let smallest = DecimalDigits(finite.filter { $0 > 0 }.min() ?? 0)?.exponent ?? 0
        return values.map { value in
            guard let value else { return missing }
            // Where they are of different sizes, each has its own digits.
            guard largest - smallest < 3, -5..<7 ~= largest else { return significant(value, digits: count) }
            return fixed(value, decimals: max(0, count - 1 - largest))
        }
    }

    /// A part of one as a percentage, e.g. `12.3%`, `2.50%`, `100%`.
    static func percent(_ ratio: Double) -> String {
        let value = ratio * 100
        guard value.isFinite else { return special(value) }
        let isWhole = value == value.rounded()
        return fixed(value, decimals: isWhole ? 0 : abs(value) < 9.995 ? 2 : 1) + "%"
    }

    /// A percentage with its sign, without decimals, e.g. `−29%`.
    static func signedPercent(_ ratio: Double) -> String {
        let value = ratio * 100
        guard value.isFinite else { return special(value) }
        return (value >= 0.5 ? "+" : "") + fixed(value, decimals: 0) + "%"
    }

    /// A value of a metric with its unit, e.g. `45.2%` for the unit `ratio`, `81.3 MB/s`.
    static func value(_ value: Double, unit: String) -> String {
        if unit == "ratio" { return percent(value) }
        let text = significant(value, digits: 3)
        return unit.isEmpty || !value.isFinite ? text : text + thinSpace + unit
    }

    /// A whole number, e.g. `8 640`.
    static func count(_ value: Int) -> String {
        (value < 0 ? "−" : "") + grouped("\(value.magnitude)")
    }

    /// A whole number and what is counted, e.g. `1 row` or `8 640 rows`.
    static func count(_ value: Int, _ one: String, _ many: String) -> String {
        "\(count(value)) \(value == 1 ? one : many)"
    }

    /// A time span of some seconds, e.g. `830 µs`, `12.4 ms`, `3.21 s`, `4 min 12 s`, `2 h 5 min`, `7 d`.
    static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 0, seconds < 1e12 else { return missing }
        switch seconds {
        case 0: return "0\(thinSpace)s"
        case ..<0.9995e-3: return threeDigits(seconds * 1e6) + "\(thinSpace)µs"
        case ..<0.9995: return threeDigits(seconds * 1e3) + "\(thinSpace)ms"
        case ..<59.95: return threeDigits(seconds) + "\(thinSpace)s"
        default: break
        }
        let whole = Int(seconds.rounded())
        let parts = [(whole / 86_400, "d"), (whole / 3_600 % 24, "h"), (whole / 60 % 60, "min"), (whole % 60, "s")]
        let first = parts.firstIndex { $0.0 > 0 } ?? 0
        // Two units say enough.
        return parts[first..<min(first + 2, parts.count)].filter { $0.0 > 0 }
            .map { "\(count($0.0))\(thinSpace)\($0.1)" }.joined(separator: " ")
    }

    /// A number below a thousand with three digits, zeros included.
    private static func threeDigits(_ value: Double) -> String {
        fixed(value, decimals: value < 9.995 ? 2 : value < 99.95 ? 1 : 0)
    }

    /// A small number as machines read it, with at most so many decimals.
    static func plain(_ value: Double, decimals count: Int) -> String {
        guard var digits = DecimalDigits(value) else { return "0" }
        digits.round(toDecimals: count)
        return (digits.isNegative && !digits.digits.isEmpty ? "-" : "") + digits.plain()
    }

    private static func special(_ value: Double) -> String {
        value.isNaN ? missing : value < 0 ? "−∞" : "∞"
    }

    /// Digits in groups of three in front of the point, from five digits on.
    private static func grouped(_ text: String) -> String {
        let whole = text.prefix { $0 != "." }
        guard whole.count > 4 else { return text }
        var groups = ""
        for (offset, digit) in whole.enumerated() {
            if offset > 0, (whole.count - offset) % 3 == 0 { groups += thinSpace }
            groups.append(digit)
        }
        return groups + text.dropFirst(whole.count)
    }
}

extension String {
    /// The text with the minus sign of an exponent.
    fileprivate var replacingHyphen: String { String(map { $0 == "-" ? "−" : $0 }) }
}
