"""The Open Inference Protocol's binary tensors: the requests of JSON again, their numbers as bytes."""

import array
import http.client
import itertools
import json
import pathlib
import tempfile

import client
import servers
import wrk

CONNECTIONS = 4
V2 = servers.Server("apus", "Apus, V2 binary", "v2", servers.APUS.command)
LENGTH_FIELD = "Inference-Header-Content-Length"


def encoded(body):
    """A request of JSON as a header and the bytes behind it; the answer is to be bytes, too."""
    [tensor] = json.loads(body)["inputs"]
    numbers = array.array("d", tensor.pop("data")).tobytes()
    tensor["parameters"] = {"binary_data_size": len(numbers)}
    outputs = [{"name": "output-0", "parameters": {"binary_data": True}}]
    header = json.dumps({"inputs": [tensor], "outputs": outputs}, separators=(",", ":")).encode()
    return len(header), header + numbers


def check(run, requests, answers):
    """Asks every question once and compares with what scikit-learn answered."""
    connection = http.client.HTTPConnection("127.0.0.1", run.port, timeout=60)
    for (header_length, body), expected in zip(requests, answers, strict=True):
        fields = {"Content-Type": "application/octet-stream", LENGTH_FIELD: str(header_length)}
        connection.request("POST", run.path, body, fields)
        response = connection.getresponse()
        content = response.read()
        if response.status != 200:
            raise client.WrongAnswer(f"status {response.status}: {content[:200]!r}")
        found = array.array("q", content[int(response.headers[LENGTH_FIELD]) :]).tolist()
        if found != expected:
            raise client.WrongAnswer(f"{run.server.label} answered other classes than scikit-learn")
    connection.close()


def bulk(options, models):
    """Thousand-row requests to IF in binary tensors, over a few connections."""
    folder = models / "IF"
    requests = [encoded(line) for line in (folder / "bulk.v2.jsonl").read_bytes().splitlines()]
    answers = json.loads((folder / "bulk.answers.json").read_text())
    reports = []
    with tempfile.TemporaryDirectory() as scratch:
        file = pathlib.Path(scratch) / "requests"
        # What post.lua reads: two lengths in a line, and so many bytes behind it.
        file.write_bytes(b"".join(f"{length} {len(body)}\n".encode() + body for length, body in requests))
        for _ in itertools.repeat(None, options.rounds):
            with servers.running(V2, "IF", folder) as run:
                servers.wait_until_answering(run, (folder / "single.v2.jsonl").read_bytes().splitlines()[0])
                check(run, requests, answers)
                wrk.post(run, file, 1, options.warm_seconds, binary=True)
                reports.append(wrk.post(run, file, CONNECTIONS, options.seconds, binary=True))
            rate = reports[-1]["requests_per_second"]
            print(f"    {V2.label}: {rate:.0f} bulk requests/s on {CONNECTIONS} connections", flush=True)
    return {"apus": {str(CONNECTIONS): reports}}
