import ModelStore
import Synchronization

/// A client that is made when it is first needed: only then must there be credentials for it.
final class LazyS3Client: Sendable {
    private let settings: RemoteSettings
    private let made = Mutex<S3Client?>(nil)

    init(_ settings: RemoteSettings) { self.settings = settings }

    func client() throws(StoreError) -> S3Client {
        try made.withLock { made throws(StoreError) in
            if let made { return made }
            let client = try settings.s3()
            made = client
            return client
        }
    }
}
