import FoundationEssentials

/// Where spans go and which are made, by the names of OpenTelemetry's variables.
public struct TraceSettings: Sendable {
    /// Why the variables make no sense.
    public struct Failure: Error, CustomStringConvertible {
        /// What is wrong, for people.
        public let description: String
    }

    /// Where the collector takes traces by OTLP over HTTP, for instance `http://localhost:4318/v1/traces`.
    public var url: String
    /// Fields of each request, as a collector may ask for; secrets among them.
    public var fields: [String: String] = [:]
    /// Which traces are recorded.
    public var sampler = TraceSampler()
    /// What the spans' resource says of the process, `service.name` among it.
    public var resource: [String: String]
    /// How many spans wait at most.
    public var maximumSpans = 16_384
    /// How many spans a request holds at most.
    public var maximumBatch = 512

    /// The settings that some variables make; nil if they name no collector.
    ///
    /// - Parameters:
    ///   - endpoint: the collector, before that of the variables.
    ///   - version: of the service.
    public init?(environment: [String: String], endpoint: String?, version: String) throws(Failure) {
        guard environment["OTEL_SDK_DISABLED"]?.lowercased() != "true" else { return nil }
        let variables = ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"].map { name in
            environment[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        if endpoint == nil, let traces = variables[0] {
            url = traces
        } else if let base = endpoint ?? variables[1] {
            url = (base.hasSuffix("/") ? String(base.dropLast()) : base) + "/v1/traces"
        } else {
            return nil
        }
        resource = ["service.name": "apus", "service.version": version]
        resource.merge(try Self.pairs(environment, "OTEL_RESOURCE_ATTRIBUTES")) { $1 }
        if let name = environment["OTEL_SERVICE_NAME"], !name.isEmpty { resource["service.name"] = name }
        fields = try Self.pairs(environment, "OTEL_EXPORTER_OTLP_HEADERS")
        if let name = environment["OTEL_TRACES_SAMPLER"], !name.isEmpty {
            guard let sampler = TraceSampler(name: name, argument: environment["OTEL_TRACES_SAMPLER_ARG"]) else {
                throw Failure(description: "OTEL_TRACES_SAMPLER: \(name) is no sampler, or its argument is not 0 to 1")
            }
            self.sampler = sampler
        }
    }

    /// Text whose percent signs stand before two hexadecimal digits each; nil for other text.
    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
                let code = UInt8(Substring(digits), radix: 16)
            else { return nil }
            bytes.append(code)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// `name=value` with commas between, percent-encoded (W3C Baggage). A message does not repeat values: they may be
    /// secret.
    private static func pairs(_ environment: [String: String], _ variable: String) throws(Failure) -> [String: String] {
        var pairs: [String: String] = [:]
        for pair in (environment[variable] ?? "").split(separator: ",") {
            let parts = pair.split(separator: "=", maxSplits: 1).map { decoded($0.drop { $0 == " " }) }
            guard parts.count == 2, let name = parts[0], let value = parts[1], !name.isEmpty else {
                throw Failure(description: "\(variable) is not name=value with commas between")
            }
            pairs[name] = value
        }
        return pairs
    }
}
