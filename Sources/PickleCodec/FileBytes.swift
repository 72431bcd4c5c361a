#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif
import Tensors

/// All bytes of a regular file, at most `limit`.
///
/// - Throws: ``PickleError/Code/unreadable`` with the path and the system's reason.
package func readFile(_ path: String, limit: Int) throws(PickleError) -> [UInt8] {
    // Opening a pipe that nobody writes to would wait for a writer.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .unreadable(path, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .unreadable(path, errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
        throw PickleError(.unreadable, "\(path): is not a regular file", offset: 0)
    }
    let size = Int(status.st_size)
    guard size <= limit else {
        throw PickleError(.limitExceeded, "\(path): \(size) bytes (maximumInputBytes is \(limit))", offset: 0)
    }
    var failure: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        unsafe LargePages.prefer(under: UnsafeRawBufferPointer(buffer))
        while count < size {
            let received = unsafe read(descriptor, buffer.baseAddress.map { unsafe $0 + count }, size - count)
            if received < 0 && errno == EINTR { continue }
            if received < 0 { failure = errno }
            if received <= 0 { break }
            count += received
        }
    }
    guard failure == 0 else { throw .unreadable(path, failure) }
    return bytes
}

extension PickleError {
    fileprivate static func unreadable(_ path: String, _ code: Int32) -> PickleError {
        PickleError(.unreadable, "\(path): \(unsafe String(cString: strerror(code)))", offset: 0)
    }
}
