import Foundation
import ModelStore
import NetworkTestSupport
import Outbound
import TestSupport

@testable import RemoteModels

/// Bytes that differ from place to place, so that none can be taken for others.
func content(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 8)
    while bytes.count < count { withUnsafeBytes(of: generator.next()) { bytes += $0 } }
    return Array(bytes.prefix(count))
}

extension TemporaryFolder {
    /// The content of a file in the folder; nil if there is none.
    func read(_ name: String) -> [UInt8]? { FileManager.default.contents(atPath: path(name)).map { Array($0) } }

    /// The names of all files in the folder and below, sorted.
    var files: [String] {
        let all = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return all.filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: path(name), isDirectory: &isFolder) && !isFolder.boolValue
        }.sorted()
    }
}

/// Settings with which a test of failures takes no time.
func hastySettings(_ environment: [String: String] = [:]) throws -> RemoteSettings {
    var settings = try RemoteSettings(environment: environment)
    settings.hurry()
    return settings
}

extension RemoteSettings {
    fileprivate mutating func hurry() {
        outbound.retries.firstDelay = .milliseconds(5)
        outbound.readTimeout = .seconds(20)
        download.retries.firstDelay = .milliseconds(5)
        download.pieceBytes = 64 << 10
    }
}
