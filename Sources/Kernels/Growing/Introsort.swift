/// Sorts samples by their values: quicksort in three parts, by the median of three; heapsort where that goes too deep,
/// insertion sort for what is short.
///
/// Source: Musser, "Introspective sorting and selection algorithms", Software: Practice and Experience 27 (1997). The
/// order of exchanges is that of scikit-learn `utils/_sorting.pyx`, `introsort_3way`: it decides how equal values lie.
func introsort(_ samples: borrowing Scratch<NodeSample>, _ range: Range<Int>) {
    guard range.count > 1 else { return }
    let depth = 2 * (Int.bitWidth - 1 - range.count.leadingZeroBitCount)
    quicksort(samples, range.lowerBound, range.upperBound, depth)
}

/// The longest range that is sorted by insertion.
private let insertionCount = 15

private func quicksort(_ samples: borrowing Scratch<NodeSample>, _ start: Int, _ end: Int, _ depth: Int) {
    var start = start
    var depth = depth
    while end - start > insertionCount {
        if depth <= 0 {
            heapsort(samples, start, end)
            return
        }
        depth -= 1
        let pivot = medianOfThree(samples, start, end)
        var place = start
        var below = start
        var above = end
        while place < above {
            let value = unsafe samples[unchecked: place].value
            if value < pivot {
                unsafe samples.swapAt(unchecked: place, below)
                place += 1
                below += 1
            } else if value > pivot {
                above -= 1
                unsafe samples.swapAt(unchecked: place, above)
            } else {
                place += 1
            }
        }
        quicksort(samples, start, below, depth)
        start = above
    }
    insertionSort(samples, start, end)
}

private func medianOfThree(_ samples: borrowing Scratch<NodeSample>, _ start: Int, _ end: Int) -> Float {
    let first = unsafe samples[unchecked: start].value
    let middle = unsafe samples[unchecked: start + (end - start) / 2].value
    let last = unsafe samples[unchecked: end - 1].value
    if first < middle { return middle < last ? middle : (first < last ? last : first) }
    return middle < last ? (first < last ? first : last) : middle
}

private func insertionSort(_ samples: borrowing Scratch<NodeSample>, _ start: Int, _ end: Int) {
    var next = start + 1
    while next < end {
        let sample = unsafe samples[unchecked: next]
        var place = next
        while place > start, unsafe samples[unchecked: place - 1].value > sample.value {
            unsafe samples[unchecked: place] = samples[unchecked: place - 1]
            place -= 1
        }
        unsafe samples[unchecked: place] = sample
        next += 1
    }
}

private func heapsort(_ samples: borrowing Scratch<NodeSample>, _ start: Int, _ end: Int) {
    let count = end - start
    for root in stride(from: (count - 2) / 2, through: 0, by: -1) { siftDown(samples, start, root, count) }
    for last in stride(from: count - 1, to: 0, by: -1) {
        unsafe samples.swapAt(unchecked: start, start + last)
        siftDown(samples, start, 0, last)
    }
}

private func siftDown(_ samples: borrowing Scratch<NodeSample>, _ start: Int, _ root: Int, _ count: Int) {
    var root = root
    while true {
        var largest = root
        for child in 2 * root + 1..<2 * root + 3 where child < count {
            if unsafe samples[unchecked: start + largest].value < samples[unchecked: start + child].value {
                largest = child
            }
        }
        if largest == root { return }
        unsafe samples.swapAt(unchecked: start + root, start + largest)
        root = largest
    }
}
