/// The numbers of one column of rows in ascending order, NaN left out.
///
/// It sorts by digits of eleven bits from the lowest up, on integers that are ordered as the numbers are: the time
/// grows with the rows alone, and digits that all numbers share (the low ones of rounded numbers) cost nothing.
///
/// - Parameter rows: row-major, `columnCount` elements a row.
@inline(never)
package func sortedColumn(_ rows: Span<Double>, columnCount: Int, column: Int) -> [Double] {
    precondition(columnCount > 0 && rows.count % columnCount == 0 && column >= 0 && column < columnCount)
    var keys: [UInt64] = []
    keys.reserveCapacity(rows.count / columnCount)
    for index in stride(from: column, to: rows.count, by: columnCount) where !rows[index].isNaN {
        keys.append(DoubleKey.of(rows[index]))
    }
    sortByDigits(&keys)
    return keys.map(DoubleKey.number)
}

/// Doubles as unsigned integers of the same order, as ``OrderKey`` has them for floats; -0 is below +0.
private enum DoubleKey {
    private static let signBit: UInt64 = 1 << 63

    static func of(_ number: Double) -> UInt64 {
        let bits = number.bitPattern
        return bits & signBit == 0 ? bits | signBit : ~bits
    }

    static func number(_ key: UInt64) -> Double {
        Double(bitPattern: key & signBit == 0 ? ~key : key & ~signBit)
    }
}

/// Sorts ascending, one digit after the other (radix sort from the least significant digit).
private func sortByDigits(_ keys: inout [UInt64]) {
    let digitBits = 11
    let digitCount = (UInt64.bitWidth + digitBits - 1) / digitBits
    let digitMask: UInt64 = (1 << digitBits) - 1
    var counts = [Int](repeating: 0, count: digitCount << digitBits)
    for key in keys {
        for digit in 0..<digitCount {
            counts[digit << digitBits + Int(key >> UInt64(digit * digitBits) & digitMask)] += 1
        }
    }
    var other = keys
    for digit in 0..<digitCount {
        let shift = UInt64(digit * digitBits)
        let range = digit << digitBits..<(digit + 1) << digitBits
        if let first = keys.first, counts[range.lowerBound + Int(first >> shift & digitMask)] == keys.count { continue }
        var start = 0
        for index in range { (counts[index], start) = (start, start + counts[index]) }
        for key in keys {
            let index = range.lowerBound + Int(key >> shift & digitMask)
            other[counts[index]] = key
            counts[index] += 1
        }
        swap(&keys, &other)
    }
}
