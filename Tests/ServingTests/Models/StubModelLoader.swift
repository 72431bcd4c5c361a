import Glibc
import ModelStore
import Synchronization
import TestSupport

@testable import Serving

/// Takes any file whose first byte is 1 for a model, and counts the files it reads.
final class StubModelLoader: ModelLoading {
    struct Refused: Error, CustomStringConvertible { let description = "not a model" }

    let loads = Mutex(0)

    func load(path: String) throws -> ReadModel {
        loads.withLock { $0 += 1 }
        guard let file = fopen(path, "r") else { throw Refused() }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = fread(&bytes, 1, bytes.count, file)
        guard count > 0, bytes[0] == 1 else { throw Refused() }
        return ReadModel(
            plan: StubModel().plan(), scikitLearnVersion: "1.5.2", content: ModelContent(Array(bytes[..<count])))
    }
}
