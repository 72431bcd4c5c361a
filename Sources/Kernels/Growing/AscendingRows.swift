/// The rows of a column in ascending order of their values, equal ones in the order of the rows.
///
/// A radix sort by the bits of ``OrderKey``s, eleven at a time; NaN comes last.
package func ascendingRows(_ column: Span<Float>) -> [Int32] {
    precondition(column.count < Int32.max)
    var keys = [UInt32](repeating: 0, count: column.count)
    var rows = [Int32](repeating: 0, count: column.count)
    for row in column.indices {
        keys[row] = OrderKey.of(column[row])
        rows[row] = Int32(row)
    }
    var sortedKeys = keys
    var sortedRows = rows
    for shift in [UInt32(0), 11, 22] {
        sortByDigit(keys.span, rows.span, shift, &sortedKeys, &sortedRows)
        swap(&keys, &sortedKeys)
        swap(&rows, &sortedRows)
    }
    return rows
}

private func sortByDigit(
    _ keys: Span<UInt32>,
    _ rows: Span<Int32>,
    _ shift: UInt32,
    _ sortedKeys: inout [UInt32],
    _ sortedRows: inout [Int32]
) {
    let mask: UInt32 = 0x7ff
    var places = [Int](repeating: 0, count: Int(mask) + 2)
    for index in keys.indices { places[Int((keys[index] >> shift) & mask) + 1] += 1 }
    for digit in 1..<places.count { places[digit] += places[digit - 1] }
    for index in keys.indices {
        let digit = Int((keys[index] >> shift) & mask)
        sortedKeys[places[digit]] = keys[index]
        sortedRows[places[digit]] = rows[index]
        places[digit] += 1
    }
}
