import ArgumentParser
import Glibc
import ModelStore
import RemoteModels
import Serving

/// What `apus serve` finds on its command line besides its own flags: models, and flags of KServe's server.
struct LenientArguments {
    /// A model named by a URI, and what it is called.
    struct Remote: Hashable {
        let name: String
        let uri: ModelURI
    }

    /// The models named by paths.
    private(set) var sources: [ModelSource] = []
    /// The models named by URIs.
    private(set) var remotes: [Remote] = []
    /// Flags that neither Apus nor KServe's server knows.
    private(set) var ignoredFlags: [String] = []

    /// Flags of KServe's server that mean nothing here; all of them take a value.
    private static let kserveFlags: Set<String> = [
        "max_threads", "max_asyncio_workers", "enable_docs_url", "configure_logging",
        "log_config_file", "access_log_format", "event_loop", "predictor_host", "protocol", "predictor_protocol",
        "predictor_use_ssl", "predictor_request_timeout_seconds", "predictor_request_retries",
        "enable_predictor_health_check",
    ]
    /// Flags that must not be ignored: a client would meet plain text where it was promised encryption.
    private static let refusedFlags: Set<String> = ["ssl_certfile", "ssl_keyfile"]

    /// Sorts arguments.
    ///
    /// As in KServe's server an unknown flag is no mistake. The argument behind it is taken for its value unless it is
    /// a flag itself, `NAME=PATH`, a URI, or a path at which something exists.
    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("-"), argument != "-" else {
                try add(argument)
                continue
            }
            let isWhole = argument.contains("=")
            let spelling = argument.drop { $0 == "-" }.prefix { $0 != "=" }
            let name = String(spelling.map { $0 == "-" ? "_" : $0 })
            guard !Self.refusedFlags.contains(name) else {
                throw ValidationError("\(argument): TLS is not served; put a proxy that ends TLS before the server")
            }
            let isKnown = Self.kserveFlags.contains(name)
            if !isKnown { ignoredFlags.append(argument) }
            if !isWhole, let next = rest.first, isKnown || Self.isValue(next) { rest.removeFirst() }
        }
    }

    private static func isValue(_ argument: String) -> Bool {
        !argument.hasPrefix("-") && !argument.contains("=") && !ModelURI.isURI(argument)
            && access(argument, F_OK) != 0
    }

    private mutating func add(_ argument: String) throws {
        // A URI may have an equals sign of its own.
        guard !ModelURI.isURI(argument), let equals = argument.firstIndex(of: "=") else {
            return try add(argument, name: nil)
        }
        let name = argument[..<equals]
        let place = argument[argument.index(after: equals)...]
        guard !name.isEmpty, !place.isEmpty else { throw ValidationError("\(argument): expected NAME=PATH") }
        try add(String(place), name: String(name))
    }

    /// Adds a model at a path or a URI.
    mutating func add(_ place: String, name: String?) throws {
        guard ModelURI.isURI(place) else { return sources.append(ModelSource(path: place, name: name)) }
        do throws(StoreError) {
            let uri = try ModelURI(place)
            remotes.append(Remote(name: name ?? uri.modelName, uri: uri))
        } catch {
            throw ValidationError(error.message)
        }
    }
}
