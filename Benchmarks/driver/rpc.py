"""Calls over gRPC beside the echo of the library that both are made with."""

import itertools
import pathlib
import socket
import subprocess
import tempfile
import time

import h2load
import places
import servers

CONNECTIONS = 50


def calls(*arguments):
    """What needs a client of gRPC, in an environment that has one."""
    command = [places.python("kserve"), places.PEERS / "grpc_calls.py", *arguments]
    subprocess.run([str(part) for part in command], check=True, timeout=120)


def wait_until_listening(run):
    deadline = time.monotonic() + servers.START_SECONDS
    while True:
        try:
            return socket.create_connection(("127.0.0.1", run.port), timeout=1).close()
        except OSError:
            if run.process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def single(options, models):
    """One-row calls to IF over gRPC, over 50 connections and over one, beside gRPC Swift's echo of as many bytes."""
    candidates = [servers.APUS_GRPC, servers.BARE_GRPC]
    samples = {server.key: {str(CONNECTIONS): [], "1": []} for server in candidates}
    with tempfile.TemporaryDirectory() as scratch:
        bodies = pathlib.Path(scratch)
        calls("bodies", models / "IF", bodies)
        for _, server in itertools.product(range(options.rounds), candidates):
            with servers.running(server, "IF", models / "IF") as run:
                wait_until_listening(run)
                if server is servers.APUS_GRPC:
                    calls("check", models / "IF", run.port, "IF")
                for count in (1, CONNECTIONS):
                    report = h2load.grpc(run, bodies / server.key, count, options.seconds, options.warm_seconds)
                    samples[server.key][str(count)].append(report)
            rate = samples[server.key][str(CONNECTIONS)][-1]["requests_per_second"]
            p50 = samples[server.key]["1"][-1]["latency_us"]["p50"]
            print(f"    {server.label}: {rate:.0f} calls/s, p50 of one connection {p50} us", flush=True)
    return samples
