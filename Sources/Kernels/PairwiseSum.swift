/// The sum of numbers in the order in which numpy adds a contiguous row.
///
/// Source: numpy `core/src/umath/loops_utils.h.src`, `pairwise_sum`: fewer than eight one after another; else eight
/// running sums, added in pairs, then the rest one after another. Longer rows are halved.
package func pairwiseSum(_ values: Span<Double>) -> Double {
    let count = values.count
    if count < 8 {
        var sum = 0.0
        for index in values.indices { sum += values[index] }
        return sum
    }
    if count > 128 {
        let half = count / 2 - (count / 2) % 8
        return pairwiseSum(values.extracting(0..<half)) + pairwiseSum(values.extracting(half..<count))
    }
    var sums = InlineArray<8, Double> { values[$0] }
    let end = count - count % 8
    for start in stride(from: 8, to: end, by: 8) {
        for lane in 0..<8 { sums[lane] += values[start + lane] }
    }
    var sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]))
    for index in end..<count { sum += values[index] }
    return sum
}
