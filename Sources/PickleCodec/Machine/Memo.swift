/// The values a pickle has given numbers, to refer to them again.
///
/// Picklers number from 0 on, so the numbers index an array; a number far beyond goes to a dictionary instead of making
/// room for all before it.
struct Memo {
    private static let absent = UInt32.max

    private var dense: [UInt32] = []
    private var sparse: [UInt64: PickleReference] = [:]
    /// How many numbers were given.
    private(set) var count = 0

    subscript(number: UInt64) -> PickleReference? {
        if number < UInt64(dense.count) {
            let index = dense[Int(number)]
            return index == Self.absent ? nil : PickleReference(Int(index))
        }
        return sparse[number]
    }

    /// Gives a value a number, instead of the value that had it.
    mutating func set(_ number: UInt64, to reference: PickleReference) {
        if self[number] == nil { count += 1 }
        if number < UInt64(dense.count) {
            dense[Int(number)] = UInt32(reference.index)
        } else if number < UInt64(dense.count) + 64, sparse.isEmpty {
            while UInt64(dense.count) < number { dense.append(Self.absent) }
            dense.append(UInt32(reference.index))
        } else {
            sparse[number] = reference
        }
    }
}
