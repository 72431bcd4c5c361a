"""A small HTTP client: what the checks and the cold start ask with."""

import http.client
import json
import math
import socket
import ssl
import time

TOLERANCE = 1e-12


class WrongAnswer(Exception):
    """A server answered something else than scikit-learn."""


def http_request(path, body):
    """The bytes of a POST on a connection that is kept."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def unverified():
    """TLS with whatever certificate the server has: it was made for this run."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def connect(run):
    """A socket to a running server."""
    connection = socket.create_connection(("127.0.0.1", run.port), timeout=10)
    return unverified().wrap_socket(connection) if run.server.scheme == "https" else connection


def first_answer(run, request, deadline):
    """Waits until the request is answered with 200: a new connection each millisecond until then."""
    while time.monotonic() < deadline:
        try:
            with connect(run) as connection:
                connection.sendall(request)
                if connection.recv(4096).startswith(b"HTTP/1.1 200"):
                    return
        except OSError:
            pass
        time.sleep(0.001)
    raise TimeoutError(f"no answer on port {run.port} in time")


def ask_all(run, bodies):
    """The answers to bodies asked one after the other on one connection."""
    if run.server.scheme == "https":
        connection = http.client.HTTPSConnection("127.0.0.1", run.port, timeout=60, context=unverified())
    else:
        connection = http.client.HTTPConnection("127.0.0.1", run.port, timeout=60)
    try:
        for body in bodies:
            connection.request("POST", run.path, body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            text = response.read()
            if response.status != 200:
                raise WrongAnswer(f"status {response.status}: {text[:200]!r}")
            yield json.loads(text)
    finally:
        connection.close()


def flat(values):
    """The numbers of nested lists, in order."""
    if not isinstance(values, list):
        return [values]
    return [number for value in values for number in flat(value)]


def check_predictions(answer, expected):
    """Compares an answer of either protocol with scikit-learn's: the same numbers, but for the last bits."""
    found = answer["outputs"][0]["data"] if "outputs" in answer else answer["predictions"]
    found, expected = flat(found), flat(expected)
    same = len(found) == len(expected) and all(math.isclose(a, b, rel_tol=TOLERANCE) for a, b in zip(found, expected))
    if not same:
        raise WrongAnswer(f"{found[:6]}... instead of {expected[:6]}...")
