import FoundationEssentials

/// A path beside its destination for a file or folder that is being written; what is still there when it is let go of
/// is removed.
package struct TemporaryItem: ~Copyable {
    package let path: String

    /// A path that nobody else uses.
    ///
    /// - Parameter purpose: a word of the name, e.g. `version`.
    package init(_ purpose: String, in folder: String) {
        path = "\(folder)/\(StoreLayout.temporaryPrefix)\(purpose)-\(UUID().uuidString.lowercased())"
    }

    deinit { Files.clear(path) }

    /// Replaces a file by bytes, so that readers see the old content or the new one.
    package static func replace(_ path: String, in folder: String, with bytes: [UInt8]) throws(StoreError) {
        let item = TemporaryItem("file", in: folder)
        try Files.write(bytes, to: item.path)
        try Files.move(item.path, to: path, in: folder)
    }
}
