import Logging
import ModelStore
import RemoteModels
import ServiceLifecycle
import Serving

/// Brings models from elsewhere into the cache, where the server finds them, and looks now and then whether there are
/// newer ones.
struct RemoteModelsService: Service {
    /// A model and what clients call it.
    struct Entry: Sendable {
        let name: String
        let model: RemoteModel
    }

    let entries: [Entry]
    let cache: ModelCache
    /// The time between two looks.
    let interval: Duration
    let notices: ModelNotices
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                for entry in entries { group.addTask { await keep(entry) } }
            }
        }
    }

    /// Keeps one model up to date. What cannot be had is tried again, at first soon; what was had before is served
    /// meanwhile.
    private func keep(_ entry: Entry) async {
        var patience = Duration.seconds(1)
        notices.set(entry.name, "downloading \(entry.model.uri)")
        while !Task.isCancelled {
            do throws(StoreError) {
                let fetched = try await cache.fetch(entry.model)
                notices.set(entry.name, nil)
                if fetched.isNew {
                    logger.info(
                        "model downloaded",
                        metadata: [
                            "model": "\(entry.name)", "uri": "\(entry.model.uri)",
                            "version": "\(fetched.version.map { "\($0.number)" } ?? "unknown")",
                        ])
                }
                patience = .seconds(1)
                try? await Task.sleep(for: interval * .random(in: 0.9...1.1))
            } catch {
                notices.set(entry.name, "cannot be downloaded: \(error)")
                try? await Task.sleep(for: min(patience, interval) * .random(in: 0.75...1.25))
                patience = min(patience * 2, max(interval, .seconds(1)))
            }
        }
    }
}
