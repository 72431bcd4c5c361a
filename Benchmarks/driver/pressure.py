"""A server under pressure: more than it can bear, clients that do nothing, and many minutes of everything."""

import contextlib
import gzip
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

import h2load
import places
import rpc
import servers
import wrk

# So many rows of PA that the body waits for a thread, and is not answered where it is read.
ROWS = 64
FACTOR = 3
CLOSED_CONNECTIONS, OPEN_CONNECTIONS = 8, 192
IDLE_CONNECTIONS, SLOW_CONNECTIONS = 10_000, 200
MANY_CONNECTIONS = 50
MINUTE = 60


class Memory:
    """The resident memory of a running server, second by second."""

    def __init__(self, run):
        self.samples = []
        self.run = run
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.watch)

    def watch(self):
        while not self.ended.wait(1):
            self.samples.append(self.run.resident_bytes())

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join()


def rows_of_forecaster(folder, scratch):
    """A body of many rows."""
    lines = (folder / "single.v1.jsonl").read_bytes().splitlines()[:ROWS]
    rows = [json.loads(line)["instances"][0] for line in lines]
    text = json.dumps({"instances": rows}, separators=(",", ":")).encode()
    file = scratch / "body"
    # The load generator takes its time of the same processors: less to send is less of it.
    file.write_bytes(gzip.compress(text))
    return text, file


def answered_with(run):
    """How many predictions the server has answered with each status, as its metrics tell."""
    with urllib.request.urlopen(f"http://127.0.0.1:{run.port}/metrics", timeout=10) as response:
        page = response.read().decode()
    return dict(re.findall(r'^http_requests_total\{route="predict",code="(\d+)"\} (\d+)$', page, re.MULTILINE))


def overload(options, models):
    """Requests of 64 rows to PA: as many as it can answer, then three times as many for a minute."""
    with tempfile.TemporaryDirectory() as scratch, servers.running(servers.APUS, "PA", models / "PA") as run:
        text, body = rows_of_forecaster(models / "PA", pathlib.Path(scratch))
        servers.wait_until_answering(run, text)
        times = h2load.http(run, body, CLOSED_CONNECTIONS, 2 * options.seconds)
        capacity = len(times[h2load.ANSWERED]) / (2 * options.seconds)
        with Memory(run) as memory:
            times = h2load.http(run, body, OPEN_CONNECTIONS, options.overload_seconds, rate=FACTOR * capacity)
        codes = answered_with(run)
    if set(codes) != {h2load.ANSWERED, h2load.OVERLOADED}:
        raise wrk.FailedRequests(f"statuses {codes}")
    answered = h2load.report(times[h2load.ANSWERED], options.overload_seconds)
    refused = h2load.report(times[h2load.OVERLOADED] + times[h2load.UNFINISHED], options.overload_seconds)
    offered = answered["requests_per_second"] + refused["requests_per_second"]
    print(
        f"    capacity {capacity:.0f}/s; of {offered:.0f}/s {answered['requests_per_second']:.0f}/s were answered, "
        f"p99 {answered['latency_us']['p99'] / 1000:.0f} ms",
        flush=True,
    )
    seconds = options.overload_seconds
    samples = {"answered": answered, "refused": refused, "memory": memory.samples}
    return {"seconds": seconds, "capacity": capacity, **samples}


@contextlib.contextmanager
def clients_that_do_nothing(run):
    """Many connections that say nothing, and some that send a request a byte a second, held by another process."""
    command = [sys.executable, places.BENCHMARKS / "driver" / "idle.py", run.port, IDLE_CONNECTIONS, SLOW_CONNECTIONS]
    with subprocess.Popen([str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            if process.stdout.readline() != b"connected\n":
                raise wrk.FailedRequests("the idle connections were not all taken")
            yield
        finally:
            process.terminate()


def idle(options, models):
    """One-row requests to IF, over 50 connections, alone and beside 10 000 connections that do nothing."""
    bodies = models / "IF" / "single.v1.jsonl"
    alone, beside, memory = [], [], []
    for _ in range(options.rounds):
        with servers.running(servers.APUS, "IF", models / "IF") as run:
            servers.wait_until_answering(run, bodies.read_bytes().splitlines()[0])
            wrk.post(run, bodies, 1, options.warm_seconds)
            alone.append(wrk.post(run, bodies, MANY_CONNECTIONS, options.seconds))
            before = run.resident_bytes()
            with clients_that_do_nothing(run):
                memory.append((run.resident_bytes() - before) / (IDLE_CONNECTIONS + SLOW_CONNECTIONS))
                beside.append(wrk.post(run, bodies, MANY_CONNECTIONS, options.seconds))
        rates = [reports[-1]["requests_per_second"] for reports in (alone, beside)]
        print(f"    {rates[0]:.0f}/s alone, {rates[1]:.0f}/s beside; {memory[-1]:.0f} bytes a connection", flush=True)
    return {"alone": alone, "beside": beside, "bytes_per_connection": statistics.median(memory)}


def soak(options, models):
    """Ten minutes of V1 and gRPC at a load that the server bears, two swaps a minute: what it holds, and p99."""
    with tempfile.TemporaryDirectory() as scratch, contextlib.ExitStack() as stack:
        scratch = pathlib.Path(scratch)
        store = scratch / "store"
        rpc.calls("bodies", models / "IF", scratch)
        for _ in range(2):
            command = [places.program("apus"), "models", "save", "IF", models / "IF" / "model.pkl", "--store", store]
            subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, timeout=60)
        grpc_port = servers.free_port()
        server = servers.Server("apus", "Apus", "v1", soaked(store, grpc_port))
        run = stack.enter_context(servers.running(server, "IF", models / "IF"))
        bodies = models / "IF" / "single.v1.jsonl"
        servers.wait_until_answering(run, bodies.read_bytes().splitlines()[0])
        over_grpc = servers.Running(servers.APUS_GRPC, "IF", run.process, grpc_port, run.started)
        memory = stack.enter_context(Memory(run))
        minutes, files = [], []
        for minute in range(options.soak_minutes):
            minutes.append(one_minute(run, over_grpc, store, bodies, scratch / "apus", minute))
            files.append(run.open_files())
            p99 = {kind: report["latency_us"]["p99"] for kind, report in minutes[-1].items()}
            print(f"    minute {minute + 1}: p99 {p99} us, {memory.samples[-1] / 1e6:.1f} MB", flush=True)
    return {"minutes": minutes, "memory": memory.samples, "open_files": files}


def soaked(store, grpc_port):
    def command(model, folder, port, _):
        ports = ["--http-port", str(port), "--grpc-port", str(grpc_port)]
        return [places.program("apus"), "serve", f"--model_dir={store}", *ports]

    return command


def one_minute(run, over_grpc, store, bodies, call, minute):
    """A minute of both protocols, with a swap in its middle."""
    reports, failures = {}, []

    def measured(kind, work):
        try:
            reports[kind] = work()
        except Exception as failure:  # Told to the main thread, which fails the section.
            failures.append(failure)

    def v1():
        return wrk.post(run, bodies, 8, MINUTE, pause_ms=2)

    def grpc():
        return h2load.grpc(over_grpc, call, 4, MINUTE)

    threads = [threading.Thread(target=measured, args=pair) for pair in (("v1", v1), ("grpc", grpc))]
    for thread in threads:
        thread.start()
    time.sleep(MINUTE / 2)
    version = str(1 + minute % 2)
    promote = [places.program("apus"), "models", "promote", "IF", version, "--store", store]
    subprocess.run([str(part) for part in promote], check=True, stdout=subprocess.DEVNULL, timeout=60)
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return reports
