import ArgumentParser
import ModelStore

extension Models {
    /// `apus models canary`.
    struct Canary: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send a share of a model's requests to another version.",
            usage: """
                apus models canary NAME VERSION --percent P [--sticky-header H] [--pin-header H]
                apus models canary NAME --off
                """,
            discussion: "Every server that shares the store follows. A promotion of the version ends its canary."
        )

        @Argument(help: "The model.")
        var name: String

        @Argument(help: "The version, e.g. 3 or v3.")
        var version: ModelVersion?

        @Option(help: "The version's share, from 0 to 100; may be fractional.")
        var percent: Double?

        @Option(help: "A request header by whose value callers are told apart: each always meets the same version.")
        var stickyHeader: String?

        @Option(help: "A request header that names the version to answer; an empty name ends that.")
        var pinHeader: String?

        @Flag(help: "End the canary.")
        var off = false

        @OptionGroup var options: StoreOptions

        func validate() throws {
            guard (version == nil) == (percent == nil), off != (version != nil) || (!off && pinHeader != nil) else {
                throw ValidationError("expected VERSION and --percent, or --off, or --pin-header")
            }
        }

        func run() throws {
            let name = try ModelName(name)
            let store = options.modelStore
            let now = try store.traffic(of: name)
            var canary = off ? nil : now.canary
            if let version, let percent {
                canary = try Traffic.Canary(version: version, percent: percent, stickyHeader: stickyHeader)
            }
            let pin = pinHeader ?? now.pinHeader
            try options.set(
                Traffic(canary: canary, shadow: now.shadow, pinHeader: pin?.isEmpty == true ? nil : pin), of: name)
        }
    }

    /// `apus models shadow`.
    struct Shadow: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ask another version too, and only compare its answers.",
            usage: """
                apus models shadow NAME VERSION
                apus models shadow NAME --off
                """
        )

        @Argument(help: "The model.")
        var name: String

        @Argument(help: "The version, e.g. 3 or v3.")
        var version: ModelVersion?

        @Flag(help: "End the shadow.")
        var off = false

        @OptionGroup var options: StoreOptions

        func validate() throws {
            guard off == (version == nil) else { throw ValidationError("expected VERSION, or --off") }
        }

        func run() throws {
            let name = try ModelName(name)
            var traffic = try options.modelStore.traffic(of: name)
            traffic.shadow = version
            try options.set(traffic, of: name)
        }
    }
}

extension StoreOptions {
    /// Splits a model's requests, and says how.
    fileprivate func set(_ traffic: Traffic, of name: ModelName) throws {
        try modelStore.setTraffic(traffic, of: name)
        report(traffic.json, "\(name): \(traffic.text ?? "all requests to the promoted version")")
    }
}
