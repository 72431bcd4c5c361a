import FoundationEssentials
package import Logging
package import Outbound
import Serving
import ServiceLifecycle

/// Logs bodies of requests and answers as CloudEvents. Events wait in memory, within bounds, for the service that sends
/// them; what finds no room is dropped and counted.
package final class PayloadLog: Sendable {
    /// The fields of requests that are never told.
    private static let secretFields: Set<String> = [
        "authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key",
    ]

    /// How much of a field is told.
    private static let maximumFieldBytes = 4_096

    private let settings: PayloadLogSettings
    private let metadataFields: [String]
    private let outbox: Outbox<PayloadEvent>
    private let sink: any PayloadSink

    /// - Throws: ``OutboundError/Code/invalid`` if the sink is no URL.
    package init(
        _ settings: PayloadLogSettings, outbound: OutboundSettings = OutboundSettings(), logger: Logger
    ) throws(OutboundError) {
        self.settings = settings
        metadataFields = settings.metadataFields.map { $0.lowercased() }.filter { !Self.secretFields.contains($0) }
        outbox = Outbox(maximumCount: settings.maximumEvents, maximumCost: settings.maximumBytes)
        sink =
            switch settings.sink {
            case .server(let url): try PayloadServer(url: url, outbound, logger: logger)
            case .file(let path):
                PayloadFile(
                    LogFile(path: path, maximumBytes: settings.maximumFileBytes, keptCount: settings.keptFiles))
            }
    }

    /// Sends the events.
    var service: any Service {
        let (outbox, sink) = (outbox, sink)
        return DrainingService(interval: .milliseconds(100), lastTime: settings.lastTime) {
            let events = outbox.takeAll()
            if !events.isEmpty { await sink.send(events) }
        }
    }

    var readings: [MetricsPage.Reading] {
        [
            MetricsPage.Reading(
                name: "payload_events_sent_total", help: "Logged bodies that reached their sink.",
                value: .count(sink.counts.sent)),
            MetricsPage.Reading(
                name: "payload_events_dropped_total", help: "Bodies to be logged that found no room.",
                value: .count(outbox.droppedCount)),
            MetricsPage.Reading(
                name: "payload_events_failed_total", help: "Logged bodies that their sink did not take.",
                value: .count(sink.counts.failed)),
        ]
    }

    func log(
        _ exchange: Exchange, field: (String) -> String?,
        bodies: () -> (request: RequestObserver.Body, answer: RequestObserver.Body)
    ) {
        let id = field("ce-id")?.logged ?? UUID().uuidString.lowercased()
        guard settings.share >= 1 || Deployment.draw(for: id) < settings.share * 100 else { return }
        let (request, answer) = bodies()
        let common = attributes(of: exchange, id: id, field: field)
        if settings.mode != .response { add("request", exchange.start, common, request) }
        guard settings.mode != .request else { return }
        let end = exchange.start + exchange.nanoseconds
        add("response", end, common + [("statuscode", String(exchange.status))], answer)
    }

    private func add(
        _ kind: String, _ time: Int64, _ attributes: [(String, String)], _ body: RequestObserver.Body
    ) {
        let own = [
            ("type", "org.kubeflow.serving.inference.\(kind)"), ("time", Timestamp.text(nanoseconds: time)),
        ]
        let event = PayloadEvent(
            attributes: attributes + own, contentType: body.contentType?.logged ?? "application/json",
            body: body.bytes)
        outbox.add(event, cost: event.byteCount)
    }

    private func attributes(
        of exchange: Exchange, id: String, field: (String) -> String?
    ) -> [(String, String)] {
        var attributes = [("specversion", "1.0"), ("id", id), ("source", settings.source)]
        let labels = [
            ("inferenceservicename", settings.inferenceService), ("namespace", settings.namespace),
            ("component", settings.component), ("endpoint", settings.endpoint),
        ]
        attributes += labels.filter { !$0.1.isEmpty }
        attributes += [("model", exchange.model?.logged), ("modelversion", exchange.answered?.version)].compactMap {
            name, value in value.map { (name, $0) }
        }
        let told = metadataFields.compactMap { name in
            field(name).map { (name, $0.beginning(bytes: Self.maximumFieldBytes)) }
        }
        if !told.isEmpty { attributes.append(("metadata", Self.json(told))) }
        return attributes
    }

    /// KServe's form: an object of lists.
    private static func json(_ fields: [(name: String, value: String)]) -> String {
        var writer = JSONWriter()
        for (index, (name, value)) in fields.enumerated() {
            writer.raw(index == 0 ? "{" : ",")
            writer.key(name)
            writer.raw("[")
            writer.string(value)
            writer.raw("]")
        }
        writer.raw("}")
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
