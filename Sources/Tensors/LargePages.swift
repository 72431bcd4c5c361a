#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Memory in pages of megabytes rather than kilobytes.
package enum LargePages {
    private static let size = 2 << 20

    /// Asks for large pages under memory that has not been touched yet, where it holds some.
    ///
    /// They are made in far fewer steps (touching a large buffer for the first time costs more than filling it), and
    /// random reads find their addresses sooner.
    package static func prefer(under buffer: UnsafeRawBufferPointer) {
        #if os(Linux)
        guard let base = buffer.baseAddress, buffer.count >= size else { return }
        let start = unsafe UnsafeMutableRawPointer(mutating: base).alignedUp(toMultipleOf: size)
        let end = unsafe UnsafeMutableRawPointer(mutating: base + buffer.count).alignedDown(toMultipleOf: size)
        // It is a hint: a system that has no large pages goes on with small ones.
        if unsafe start < end { _ = unsafe madvise(start, end - start, MADV_HUGEPAGE) }
        #endif
    }

    /// An empty array with room for so many elements, on large pages where it is large.
    package static func array<Element: BitwiseCopyable>(capacity: Int) -> [Element] {
        unsafe [Element](unsafeUninitializedCapacity: capacity) { buffer, _ in
            unsafe prefer(under: UnsafeRawBufferPointer(buffer))
        }
    }
}
