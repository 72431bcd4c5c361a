/// Memory for numbers that a tree is grown with: one owner, no copies, no checks.
///
/// Sums over the same rows are read and written side by side, which the exclusive access to an `Array`'s `mutableSpan`
/// does not allow for two properties of one value (Swift 6.3).
@safe
struct Scratch<Element: BitwiseCopyable>: ~Copyable {
    /// The number of elements.
    let count: Int
    private let elements: UnsafeMutablePointer<Element>

    /// That of a cache line, and of all vectors.
    private static var alignment: Int { 64 }

    /// Memory for some elements, all the same at first.
    init(repeating element: Element, count: Int) {
        unsafe self.init(uninitialized: count)
        unsafe elements.initialize(repeating: element, count: count)
    }

    /// Memory with the elements of an array.
    init(_ array: [Element]) {
        unsafe self.init(uninitialized: array.count)
        for index in array.indices { unsafe (elements + index).initialize(to: array[index]) }
    }

    @unsafe private init(uninitialized count: Int) {
        self.count = count
        let bytes = UnsafeMutableRawPointer.allocate(
            byteCount: max(count, 1) * MemoryLayout<Element>.stride, alignment: Self.alignment)
        unsafe elements = bytes.bindMemory(to: Element.self, capacity: count)
    }

    deinit {
        unsafe elements.deallocate()
    }

    /// The element at an index, which must be in range.
    @unsafe subscript(unchecked index: Int) -> Element {
        @inline(__always) get { unsafe elements[index] }
        @inline(__always) nonmutating _modify { yield unsafe &elements[index] }
    }

    /// Some elements from an index on, as one value; they must be in range, and the index a multiple of their number.
    @inline(__always)
    @unsafe func load<Value: BitwiseCopyable>(as type: Value.Type, unchecked index: Int) -> Value {
        unsafe UnsafeRawPointer(elements + index).load(as: type)
    }

    /// Replaces some elements from an index on by one value, under the conditions of ``load(as:unchecked:)``.
    @inline(__always)
    @unsafe func store<Value: BitwiseCopyable>(_ value: Value, unchecked index: Int) {
        unsafe UnsafeMutableRawPointer(elements + index).storeBytes(of: value, as: Value.self)
    }

    /// Exchanges the elements at two indices, which must be in range.
    @inline(__always)
    @unsafe func swapAt(unchecked one: Int, _ other: Int) {
        let element = unsafe elements[one]
        unsafe elements[one] = elements[other]
        unsafe elements[other] = element
    }
}
