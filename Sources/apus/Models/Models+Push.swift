import ArgumentParser
import ModelStore
import RemoteModels

extension Models {
    /// `apus models push`.
    struct Push: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Copy a version of a model to a bucket, and promote it there.",
            discussion: """
                The model lies below URI as in a store, so that KServe serves it by the storageUri URI/NAME: model.pkl \
                is the version that was pushed last, v1, v2 and so on are those that were pushed. A version that is \
                there already is not sent again.

                  apus models push anomaly-detector s3://models/production
                """
        )

        @Argument(help: "The model.")
        var name: String

        @Argument(help: "s3://bucket/prefix, or file:///path.")
        var uri: String

        @Argument(help: "The version, e.g. 3 or v3. (default: the promoted one)")
        var version: ModelVersion?

        @OptionGroup var options: StoreOptions

        func run() async throws {
            let pushed = try await options.modelStore.push(
                try ModelName(name), version, to: try ModelURI(uri), settings: try RemoteOptions.settings())
            options.report(
                [
                    "uri": .string("\(pushed.uri)"), "version": .integer(pushed.version.number),
                    "was_there": .bool(pushed.wasThere),
                ],
                "\(pushed.wasThere ? "promoted" : "pushed") \(name) \(pushed.version): \(pushed.uri)")
        }
    }
}
