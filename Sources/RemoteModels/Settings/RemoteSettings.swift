public import ModelStore
import Outbound

/// How models are brought from elsewhere: addresses, credentials and limits, as the environment tells them.
public struct RemoteSettings: Sendable {
    private let variables: Variables
    var outbound: OutboundSettings
    var download = DownloadSettings()

    /// What an environment says.
    ///
    /// The variables that are read are listed in `Documentation/model-store.md`.
    ///
    /// - Parameter agent: what the requests say that they come from, e.g. `apus/0.1.0`.
    /// - Throws: ``ModelStore/StoreError/Code/refused`` naming a variable that makes no sense.
    public init(environment: [String: String], agent: String = "apus") throws(StoreError) {
        variables = Variables(environment)
        var outbound = OutboundSettings()
        outbound.userAgent = agent
        do throws(OutboundError) { outbound.proxies = try ProxyRules(environment: environment) } catch {
            throw StoreError(error)
        }
        self.outbound = outbound
    }

    /// Where models are kept that were brought from elsewhere, unless another folder is named.
    public var defaultCachePath: String? {
        if let folder = variables["XDG_CACHE_HOME"] { return "\(folder)/apus/models" }
        return variables["HOME"].map { "\($0)/.cache/apus/models" }
    }

    func source(of uri: ModelURI) throws(StoreError) -> any RemoteSource {
        switch uri {
        case .file(let path): return FolderSource(path: path)
        case .s3(let bucket, let key): return S3Source(try s3(), bucket: bucket, key: key)
        case .web(let url): return try WebSource(try client(outbound), url: url)
        case .registered, .logged, .run:
            return MLflowSource(try MLflowClient(variables, outbound), uri, s3: LazyS3Client(self))
        }
    }

    /// Which server is asked for a URI that does not name it itself.
    func server(of uri: ModelURI) -> String {
        let names: [String] =
            switch uri {
            case .file, .web: []
            case .s3:
                ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "S3_ENDPOINT", "STORAGE_CONFIG", "STORAGE_OVERRIDE_CONFIG"]
            case .registered, .logged, .run: ["MLFLOW_TRACKING_URI"]
            }
        return names.compactMap { variables[$0] }.joined(separator: "\n")
    }

    func s3() throws(StoreError) -> S3Client { try S3Client(try S3Settings(variables, outbound)) }

    private func client(_ settings: OutboundSettings) throws(StoreError) -> OutboundClient {
        do throws(OutboundError) { return try OutboundClient(settings) } catch { throw StoreError(error) }
    }
}
