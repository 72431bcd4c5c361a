import ModelStore
import Outbound

/// Which S3 service is asked, and by whom.
struct S3Settings: Sendable {
    /// The service; nil for Amazon's in the region.
    var endpoint: S3Endpoint?
    /// The region.
    var region = "us-east-1"
    /// Whether a bucket is a part of the host's name; nil for what is usual: at Amazon's it is, elsewhere it is not.
    var isVirtualHosted: Bool?
    /// Whether Amazon's accelerated endpoint is asked.
    var isAccelerated = false
    /// Who asks; nil for nobody in particular, if ``isAnonymous``.
    var credentials: S3Credentials?
    /// Whether requests are not signed.
    var isAnonymous = false
    /// How many parts of an object are on the way at once.
    var concurrency = 4
    /// How requests are made.
    var outbound = OutboundSettings()

    /// What KServe's storage initializer, and Amazon's tools, read from the environment.
    ///
    /// - Throws: ``StoreError/Code/refused`` naming a variable that makes no sense.
    init(_ environment: Variables, _ outbound: OutboundSettings) throws(StoreError) {
        let variables = try environment.withStorageConfig()
        self.outbound = outbound
        // What answers a request leads somewhere else is a mistake of the region, which is known to be corrected.
        self.outbound.maximumRedirects = 0
        self.outbound.answerTimeout = .seconds(600)
        self.outbound.connectTimeout = try variables.seconds("S3_CONNECT_TIMEOUT") ?? outbound.connectTimeout
        self.outbound.readTimeout = try variables.seconds("S3_READ_TIMEOUT") ?? outbound.readTimeout
        self.outbound.retries.maximumAttempts =
            try variables.count("S3_MAX_ATTEMPTS", upTo: 100) ?? outbound.retries.maximumAttempts
        concurrency = try variables.count("S3_MAX_FILE_CONCURRENCY", upTo: 64) ?? concurrency
        self.outbound.maximumConnectionsPerHost = max(concurrency + 2, outbound.maximumConnectionsPerHost)
        if try variables.flag("S3_VERIFY_SSL") == false {
            self.outbound.trust = .unverified
        } else if let path = variables["AWS_CA_BUNDLE"] {
            self.outbound.trust = .bundle(path: path)
        } else if variables["CA_BUNDLE_CONFIGMAP_NAME"] != nil, let folder = variables["CA_BUNDLE_VOLUME_MOUNT_POINT"] {
            self.outbound.trust = .bundle(path: "\(folder)/cabundle.crt")
        }
        region = variables.first("AWS_REGION", "AWS_DEFAULT_REGION")?.value ?? region
        endpoint = try Self.endpoint(variables)
        isVirtualHosted = try variables.flag("S3_USER_VIRTUAL_BUCKET") == true ? true : nil
        isAccelerated = try variables.flag("S3_USE_ACCELERATE") ?? false
        isAnonymous = try variables.flag("awsAnonymousCredential") ?? false
        if let accessKey = variables["AWS_ACCESS_KEY_ID"], let secretKey = variables["AWS_SECRET_ACCESS_KEY"] {
            credentials = S3Credentials(
                accessKey: accessKey, secretKey: Secret(secretKey),
                sessionToken: variables["AWS_SESSION_TOKEN"].map { Secret($0) })
        }
    }

    private static func endpoint(_ variables: Variables) throws(StoreError) -> S3Endpoint? {
        if let (name, url) = variables.first("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL") {
            return try S3Endpoint(url, variable: name)
        }
        guard let host = variables["S3_ENDPOINT"] else { return nil }
        let scheme = try variables.flag("S3_USE_HTTPS") ?? true ? "https" : "http"
        return try S3Endpoint(host.contains("://") ? host : "\(scheme)://\(host)", variable: "S3_ENDPOINT")
    }
}

extension Variables {
    /// The members of KServe's `STORAGE_CONFIG`, and the variables they stand for.
    private static let storageConfig = [
        "endpoint_url": "AWS_ENDPOINT_URL", "access_key_id": "AWS_ACCESS_KEY_ID",
        "secret_access_key": "AWS_SECRET_ACCESS_KEY", "region": "AWS_DEFAULT_REGION", "ca_bundle": "AWS_CA_BUNDLE",
        "verify_ssl": "S3_VERIFY_SSL", "anonymous": "awsAnonymousCredential",
    ]

    /// The variables that a `storage` specification of KServe sets besides.
    fileprivate func withStorageConfig() throws(StoreError) -> Variables {
        var members: [String: JSONValue] = [:]
        for name in ["STORAGE_CONFIG", "STORAGE_OVERRIDE_CONFIG"] {
            guard let text = self[name] else { continue }
            guard let object = (try? JSONValue(parsing: Array(text.utf8)))?.object else {
                throw StoreError(.refused, "\(name) is not a JSON object")
            }
            for member in object.members { members[member.key] = member.value }
        }
        guard members["type"]?.string == "s3" else { return self }
        var others: [String: String] = [:]
        for (key, variable) in Self.storageConfig {
            switch members[key] {
            case .string(let text): others[variable] = text
            case .bool(let flag): others[variable] = flag ? "true" : "false"
            default: break
            }
        }
        return replacing(others)
    }
}
