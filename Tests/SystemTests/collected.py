#!/usr/bin/env python3
"""Reads what a server told of its requests with the decoders that collectors have, and prints it as JSON.

usage: collected.py traces FILE...            bodies of OTLP requests, read by opentelemetry-proto
       collected.py events FILE FIELDS ...    bodies and header fields (JSON) of binary CloudEvents, read by cloudevents
       collected.py lines FILE                a file of structured CloudEvents, read by cloudevents
"""
import json
import pathlib
import sys

from cloudevents.http import from_http, from_json
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status


def attributes(pairs):
    return {pair.key: getattr(pair.value, pair.value.WhichOneof("value")) for pair in pairs}


def spans(files):
    for file in files:
        request = ExportTraceServiceRequest.FromString(pathlib.Path(file).read_bytes())
        for resource in request.resource_spans:
            service = attributes(resource.resource.attributes)
            for scope in resource.scope_spans:
                for span in scope.spans:
                    yield {
                        "trace": span.trace_id.hex(), "span": span.span_id.hex(), "parent": span.parent_span_id.hex(),
                        "state": span.trace_state, "name": span.name, "kind": Span.SpanKind.Name(span.kind),
                        "start": span.start_time_unix_nano, "end": span.end_time_unix_nano,
                        "status": Status.StatusCode.Name(span.status.code), "attributes": attributes(span.attributes),
                        "service": service,
                    }


def told(event):
    data = event.get_data()
    if isinstance(data, (bytes, str)):
        data = json.loads(data)
    return {"attributes": dict(event.get_attributes()), "data": data}


def main(kind, *files):
    if kind == "traces":
        report = list(spans(files))
    elif kind == "events":
        pairs = zip(files[::2], files[1::2])
        report = [
            told(from_http(json.loads(pathlib.Path(fields).read_text()), pathlib.Path(body).read_bytes()))
            for body, fields in pairs
        ]
    else:
        report = [told(from_json(line)) for line in pathlib.Path(files[0]).read_text().splitlines()]
    print(json.dumps(report))


main(*sys.argv[1:])
