/// How a model's requests are split between its versions: `traffic.json`.
///
/// Without it all requests go to the promoted version.
public struct Traffic: Hashable, Sendable {
    /// A version that answers a share of the requests.
    public struct Canary: Hashable, Sendable {
        /// The version.
        public let version: ModelVersion
        /// Its share, from 0 to 100; may be fractional.
        public let percent: Double
        /// The request header whose value decides, so that one caller always meets the same version.
        public let stickyHeader: String?

        /// A version and its share.
        ///
        /// - Throws: ``StoreError/Code/refused`` if the share is not from 0 to 100, or the header no header's name.
        public init(version: ModelVersion, percent: Double, stickyHeader: String? = nil) throws(StoreError) {
            guard 0...100 ~= percent else {
                throw StoreError(.refused, "a canary's share is from 0 to 100 percent, not \(percent)")
            }
            self.version = version
            self.percent = percent
            self.stickyHeader = try stickyHeader.map(Traffic.headerName)
        }
    }

    /// The version that answers a share of the requests.
    public var canary: Canary?
    /// The version that is asked too, and whose answers are only compared.
    public var shadow: ModelVersion?
    /// The request header that names the version to answer.
    public private(set) var pinHeader: String?

    /// A split of requests.
    ///
    /// - Throws: ``StoreError/Code/refused`` if the header is no header's name.
    public init(canary: Canary? = nil, shadow: ModelVersion? = nil, pinHeader: String? = nil) throws(StoreError) {
        self.canary = canary
        self.shadow = shadow
        self.pinHeader = try pinHeader.map(Self.headerName)
    }

    /// All requests to the promoted version.
    public init() {}

    /// Whether nothing is split.
    public var isEmpty: Bool { canary == nil && shadow == nil && pinHeader == nil }

    /// The versions named besides the promoted one.
    public var versions: Set<ModelVersion> { Set([canary?.version, shadow].compactMap(\.self)) }

    /// The split without the parts that name a version.
    public func removing(_ version: ModelVersion) -> Traffic {
        var traffic = self
        if canary?.version == version { traffic.canary = nil }
        if shadow == version { traffic.shadow = nil }
        return traffic
    }

    /// A field name of HTTP, in lower case (RFC 9110, section 5.1).
    private static func headerName(_ name: String) throws(StoreError) -> String {
        let isToken = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"):
                true
            default: Array("!#$%&'*+-.^_`|~".utf8).contains(byte)
            }
        }
        guard 1...128 ~= name.utf8.count, isToken else {
            throw StoreError(.refused, "\(name.prefix(60).debugDescription) is not the name of an HTTP header")
        }
        return name.lowercased()
    }
}

extension Traffic {
    /// Reads what ``json`` writes.
    ///
    /// - Throws: ``StoreError`` naming the member that is of the wrong kind or out of range.
    public init(json: JSONValue) throws(StoreError) {
        var fields = try JSONFields(json)
        let canary = try fields.optional("canary", "a version and a share") { value throws(StoreError) -> Canary? in
            var fields = try JSONFields(value)
            return try Canary(
                version: try fields.version("version"),
                percent: try fields.require("percent", "a number") { $0.double },
                stickyHeader: try fields.optional("sticky_header", "a string") { $0.string })
        }
        let shadow = try fields.optional("shadow", "a version") { value throws(StoreError) -> ModelVersion? in
            var fields = try JSONFields(value)
            return try fields.version("version")
        }
        let pinHeader = try fields.optional("pin_header", "a string") { $0.string }
        try self.init(canary: canary, shadow: shadow, pinHeader: pinHeader)
    }

    /// The split as the file holds it.
    public var json: JSONValue {
        var object = JSONValue.Object()
        if let canary {
            var members: JSONValue.Object = [
                "version": .integer(canary.version.number), "percent": canary.percentJSON,
            ]
            members["sticky_header"] = canary.stickyHeader.map(JSONValue.string)
            object["canary"] = .object(members)
        }
        if let shadow { object["shadow"] = ["version": .integer(shadow.number)] }
        object["pin_header"] = pinHeader.map(JSONValue.string)
        return .object(object)
    }
}

extension Traffic.Canary {
    /// `10` rather than `10.0`.
    fileprivate var percentJSON: JSONValue {
        percent == percent.rounded() ? .integer(Int(percent)) : .double(percent)
    }
}
