"""What a store costs a server: swaps under load, and a thousand models."""

import itertools
import json
import os
import pathlib
import subprocess
import tempfile
import threading
import time
import urllib.request

import places
import servers
import wrk

# Together about 20 000 requests a second: a load that a server bears, not all that it can.
CONNECTIONS, PAUSE_MS = 24, 1
# From one swap to the next; they take about 60 ms.
SWAP_SECONDS = 0.25
MODEL_COUNT = 1000
IDLE_SECONDS = 10
READY_SECONDS = 60
# Makes models of one kind: IF with every answer the other one, and the guide's smaller detector under a seed.
MAKE = """
import sys, joblib
from sklearn.ensemble import IsolationForest
import numpy as np
kind, source, target = sys.argv[1:]
if kind == "other":
    model = joblib.load(source)
    model.steps[-1][1].offset_ = 0.0
else:
    rows = np.random.default_rng(0).normal(size=(2016, 5))
    model = IsolationForest(n_estimators=100, contamination=0.03, random_state=0).fit(rows)
joblib.dump(model, target)
"""


def make(kind, source, target):
    command = [places.python("libraries"), "-c", MAKE, kind, source, target]
    subprocess.run([str(part) for part in command], check=True, timeout=120)


def apus(*words, wrapper=()):
    command = [*wrapper, str(places.program("apus")), "models", *map(str, words)]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


def serving(store):
    """A server that follows a store, and looks at it often, as one does who waits for a promotion."""

    def command(model, folder, port, _):
        ports = ["--http-port", str(port), "--grpc-port", "0"]
        return [places.program("apus"), "serve", store, *ports, "--poll-interval", "0.02"]

    return servers.Server("apus", "Apus", "v1", command)


def whole_folder(_, folder, port, __):
    """A server of all models in a folder, with the defaults."""
    return [places.program("apus"), "serve", folder, "--http-port", str(port), "--grpc-port", "0"]


def get(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as response:
        return response.read().decode()


def await_version(port, version):
    """Waits until a version of IF is the promoted one that answers."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        versions = json.loads(get(port, "/v1/models/IF")).get("versions", [])
        if versions and versions[0]["version"] == str(version):
            return
        time.sleep(0.02)
    raise TimeoutError(f"version {version} was not served in time")


def swap(options, models):
    """One-row requests to IF, 20 000 a second: their p99, without swaps and with four a second."""
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        store, other = scratch / "store", scratch / "other.pkl"
        make("other", models / "IF" / "model.pkl", other)
        apus("save", "IF", models / "IF" / "model.pkl", "--store", store)
        apus("save", "IF", other, "--no-promote", "--store", store)
        bodies = models / "IF" / "single.v1.jsonl"
        with servers.running(serving(store), "IF", models / "IF") as run:
            servers.wait_until_answering(run, bodies.read_bytes().splitlines()[0])
            load = (run, bodies, CONNECTIONS, 10 * options.seconds)
            still = wrk.post(*load, pause_ms=PAUSE_MS)
            swaps, failures, ended = [], [], threading.Event()

            def promote():
                try:
                    for version in itertools.cycle([2, 1]):
                        if ended.is_set() or len(swaps) == options.swaps:
                            return
                        due = time.monotonic() + SWAP_SECONDS
                        # It stands for another host: what it takes of a processor is not the server's.
                        apus("promote", "IF", version, "--store", store, wrapper=["nice", "-n", "19"])
                        await_version(run.port, version)
                        swaps.append(version)
                        time.sleep(max(0, due - time.monotonic()))
                except Exception as failure:  # Told to the main thread, which fails the section.
                    failures.append(failure)

            promoter = threading.Thread(target=promote)
            promoter.start()
            reports = []
            try:
                while promoter.is_alive():
                    reports.append(wrk.post(*load, pause_ms=PAUSE_MS))
            finally:
                ended.set()
                promoter.join()
            if failures:
                raise failures[0]
    rate = f"{still['requests_per_second']:.0f} requests/s"
    print(f"    {len(swaps)} swaps; p99 {still['latency_us']['p99']:.0f} us without, at {rate}", flush=True)
    return {"swaps": len(swaps), "swaps_per_second": 1 / SWAP_SECONDS, "still": still, "swapping": reports}


def thousand(_, models):
    """A store of a thousand detectors of 100 trees: seconds until all answer, and what looking at them costs."""
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        detector, store = scratch / "detector.pkl", scratch / "store"
        make("detector", "", detector)
        content = detector.read_bytes()
        apus("save", "detector-0000", detector, "--store", store)
        for number in range(1, MODEL_COUNT):
            folder = store / f"detector-{number:04}"
            folder.mkdir()
            (folder / "model.pkl").write_bytes(content)
        # As of a store that was there before: a file that was just written is left alone for a second.
        time.sleep(2)
        server = servers.Server("apus", "Apus", "v1", whole_folder)
        with servers.running(server, "detector-0000", store) as run:
            ready = await_ready(run)
            before, start = cpu_seconds(run.process.pid), time.monotonic()
            time.sleep(IDLE_SECONDS)
            share = (cpu_seconds(run.process.pid) - before) / (time.monotonic() - start)
        print(f"    {len(content)} bytes each: ready after {ready:.2f} s, then {share:.2%} of a core", flush=True)
    return {"bytes": len(content), "ready": ready, "idle_share": share}


def await_ready(run):
    """Seconds from the start until every model answers."""
    while time.perf_counter() - run.started < READY_SECONDS:
        try:
            get(run.port, "/ready")
            if len(json.loads(get(run.port, "/v1/models"))["models"]) == MODEL_COUNT:
                return time.perf_counter() - run.started
        except OSError:
            pass
        time.sleep(0.01)
    raise TimeoutError("the models did not all answer in time")


def cpu_seconds(pid):
    """User and system time of a process (proc(5), /proc/PID/stat)."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
