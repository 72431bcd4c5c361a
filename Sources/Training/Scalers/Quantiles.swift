/// Medians and quantiles of numbers in ascending order, with numpy's rounding; NaN if there are no numbers.
enum Quantiles {
    /// The middle number, or the mean of the two in the middle.
    static func median(ofSorted numbers: [Double]) -> Double {
        let middle = numbers.count / 2
        if numbers.isEmpty { return .nan }
        // Adding 0 turns -0 into 0, as numpy's mean of one element does.
        return numbers.count % 2 == 1
            ? numbers[middle] + 0 : (numbers[middle - 1] + numbers[middle]) / 2
    }

    /// The quantile between the two nearest numbers, by linear interpolation.
    ///
    /// Source: numpy `lib/_function_base_impl.py`, `_quantile` with `method="linear"`, and `_lerp`, which starts from
    /// the nearer of the two.
    ///
    /// - Parameter share: 0 to 1.
    static func quantile(_ share: Double, ofSorted numbers: [Double]) -> Double {
        guard let last = numbers.last else { return .nan }
        let position = Double(numbers.count - 1) * share
        let index = Int(position.rounded(.down))
        // At the end numpy interpolates between the last number and itself, with whatever weight.
        guard index < numbers.count - 1 else { return last + 0 }
        let weight = position - Double(index)
        let (lower, upper) = (numbers[index], numbers[index + 1])
        return weight < 0.5 ? lower + (upper - lower) * weight : upper - (upper - lower) * (1 - weight)
    }
}
