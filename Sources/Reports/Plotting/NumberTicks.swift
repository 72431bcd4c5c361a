/// Round numbers along an axis, and the range they span (Heckbert, "Nice numbers for graph labels", Graphics Gems,
/// 1990).
struct NumberTicks: Hashable {
    /// What the numbers are.
    enum Kind: Hashable {
        case number
        /// Parts of one, shown as percentages.
        case ratio
    }

    /// The numbers, rising.
    let values: [Double]
    /// From the first to the last, around all the data.
    let range: ClosedRange<Double>
    private let kind: Kind
    /// The power of ten of the step between two numbers.
    private let exponent: Int

    /// About so many numbers around a range.
    init(around data: ClosedRange<Double>, count: Int = 5, kind: Kind = .number) {
        self.kind = kind
        let rough = (data.upperBound - data.lowerBound) / Double(count - 1)
        let digits = rough > 0 ? DecimalDigits(rough) : nil
        let power = digits?.exponent ?? 0
        let step = Step(rough / Self.powerOfTen(power), power)
        exponent = step.exponent
        let first = (data.lowerBound / step.value).rounded(.down)
        let last = (data.upperBound / step.value).rounded(.up)
        guard digits != nil, last > first, abs(first) < 1e12, abs(last) < 1e12, last - first < 100 else {
            // The data differ by less than can be told apart in numbers of their size.
            values = [data.lowerBound, data.upperBound]
            range = data
            return
        }
        values = (Int(first)...Int(last)).map(step.multiple)
        range = (values.first ?? 0)...(values.last ?? 1)
    }

    /// The numbers as they are written at the axis: all with as many decimals as the step has.
    var labels: [String] {
        guard kind == .number else {
            return values.map { NumberText.fixed($0 * 100, decimals: max(0, -exponent - 2)) + "%" }
        }
        let largest = values.map(abs).max() ?? 0
        if exponent < -5 || largest >= 1e12 {
            let count = (DecimalDigits(largest)?.exponent ?? exponent) - exponent + 1
            return values.map { NumberText.significant($0, digits: max(1, count)) }
        }
        let (divisor, prefix, power) = Self.prefix(largest)
        return values.map { value in
            guard value != 0 else { return "0" }
            let text = NumberText.fixed(value / divisor, decimals: max(0, power - exponent))
            return prefix.isEmpty ? text : "\(text)\(NumberText.thinSpace)\(prefix)"
        }
    }

    private static func prefix(_ largest: Double) -> (divisor: Double, prefix: String, power: Int) {
        switch largest {
        case 1e9...: (1e9, "G", 9)
        case 1e6...: (1e6, "M", 6)
        case 1e4...: (1e3, "k", 3)
        default: (1, "", 0)
        }
    }

    private static func powerOfTen(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? 1 }

    /// A step of 1, 2 or 5 times a power of ten.
    private struct Step {
        let factor: Int
        let exponent: Int

        init(_ fraction: Double, _ exponent: Int) {
            switch fraction {
            case ..<1.5: (factor, self.exponent) = (1, exponent)
            case ..<3: (factor, self.exponent) = (2, exponent)
            case ..<7: (factor, self.exponent) = (5, exponent)
            default: (factor, self.exponent) = (1, exponent + 1)
            }
        }

        var value: Double { multiple(1) }

        /// A multiple of the step, as exactly as it is spelled in decimals.
        func multiple(_ count: Int) -> Double {
            let number = Double(count * factor)
            let power = NumberTicks.powerOfTen(abs(exponent))
            return exponent < 0 ? number / power : number * power
        }
    }
}
