import FoundationEssentials
import SwiftProtobuf
import Tracing

extension Apus_Otlp_Span {
    /// A span that has ended.
    init(_ record: RecordedSpan.Record) {
        self.init()
        traceID = record.context.traceID.data
        spanID = record.context.spanID.data
        traceState = record.context.state ?? ""
        parentSpanID = record.parentID?.data ?? Data()
        name = record.name
        kind = Apus_Otlp_SpanKind(record.kind)
        startTimeUnixNano = record.start
        endTimeUnixNano = record.end ?? record.start
        attributes = [Apus_Otlp_KeyValue](record.attributes)
        events = record.events.map { event in
            .with {
                $0.name = event.name
                $0.timeUnixNano = event.nanosecondsSinceEpoch
                $0.attributes = [Apus_Otlp_KeyValue](event.attributes)
            }
        }
        links = record.links.map { link in
            .with {
                $0.traceID = link.traceID.data
                $0.spanID = link.spanID.data
            }
        }
        if let status = record.status {
            self.status.code = status.code == .ok ? .ok : .error
            self.status.message = status.message ?? ""
        }
        flags = record.context.isSampled ? 1 : 0
    }
}

extension Apus_Otlp_SpanKind {
    fileprivate init(_ kind: SpanKind) {
        switch kind {
        case .server: self = .server
        case .client: self = .client
        case .producer: self = .producer
        case .consumer: self = .consumer
        case .internal: self = .internal
        }
    }
}

extension [Apus_Otlp_KeyValue] {
    /// Attributes, sorted by name.
    fileprivate init(_ attributes: SpanAttributes) {
        self = []
        attributes.forEach { name, value in
            append(
                .with {
                    $0.key = name
                    $0.value = Apus_Otlp_AnyValue(value)
                })
        }
        sort { $0.key < $1.key }
    }
}

extension Apus_Otlp_AnyValue {
    fileprivate init(_ value: SpanAttribute) {
        self.init()
        switch value {
        case .int32(let number): intValue = Int64(number)
        case .int64(let number): intValue = number
        case .double(let number): doubleValue = number
        case .bool(let truth): boolValue = truth
        case .string(let text): stringValue = text
        case .stringConvertible(let thing): stringValue = "\(thing)"
        case .int32Array(let numbers): arrayValue.values = numbers.map { .init(.int64(Int64($0))) }
        case .int64Array(let numbers): arrayValue.values = numbers.map { .init(.int64($0)) }
        case .doubleArray(let numbers): arrayValue.values = numbers.map { .init(.double($0)) }
        case .boolArray(let truths): arrayValue.values = truths.map { .init(.bool($0)) }
        case .stringArray(let texts): arrayValue.values = texts.map { .init(.string($0)) }
        case .stringConvertibleArray(let things): arrayValue.values = things.map { .init(.string("\($0)")) }
        default: stringValue = "\(value)"
        }
    }
}

extension UInt64 {
    /// The bytes, the highest first.
    fileprivate var data: Data { Data((0..<8).map { UInt8(truncatingIfNeeded: self >> (56 - 8 * $0)) }) }
}

extension TraceContext.TraceID {
    fileprivate var data: Data { high.data + low.data }
}
