"""Runs h2load, which speaks HTTP/2 and offers a load whether it is answered or not, and reads its log of requests."""

import collections
import os
import pathlib
import subprocess
import tempfile

import wrk

ANSWERED = "200"
# What is answered before all of it was sent has no status in the log; metrics of the server say how many were refused.
UNFINISHED, OVERLOADED = "0", "503"


def run(url, body, connections, seconds, *flags, warm_seconds=0):
    """Posts one body again and again, for some seconds; the microseconds of each request, by its status."""
    threads = min(os.cpu_count() or 1, connections)
    with tempfile.TemporaryDirectory() as scratch:
        log = pathlib.Path(scratch) / "log"
        command = ["h2load", f"-t{threads}", f"-c{connections}", "-m1", f"-D{seconds}", f"-d{body}"]
        command += [f"--warm-up-time={warm_seconds}", f"--log-file={log}", *flags, url]
        subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True, timeout=seconds + warm_seconds + 60
        )
        times = collections.defaultdict(list)
        for line in log.read_text().splitlines():
            _, status, microseconds = line.split("\t")
            times[status].append(int(microseconds))
    return times


def grpc(run_, body, connections, seconds, warm_seconds=0):
    """Calls a method over a number of connections, one call at a time on each: the report as wrk's."""
    fields = ["-Hcontent-type: application/grpc", "-Hte: trailers"]
    url = f"http://127.0.0.1:{run_.port}{run_.path}"
    times = run(url, body, connections, seconds, *fields, warm_seconds=warm_seconds)
    if set(times) != {ANSWERED}:
        raise wrk.FailedRequests(f"statuses {dict((status, len(all_)) for status, all_ in times.items())}")
    return report(times[ANSWERED], seconds)


def http(run_, body, connections, seconds, rate=None):
    """Posts a compressed body over HTTP/1.1, at a rate if there is one; the microseconds of each, by status."""
    fields = ["--h1", "-Hcontent-type: application/json", "-Hcontent-encoding: gzip"]
    pace = [] if rate is None else [f"--rps={max(1, round(rate / connections))}"]
    return run(f"http://127.0.0.1:{run_.port}{run_.path}", body, connections, seconds, *fields, *pace)


def report(microseconds, seconds):
    """Requests per second and the percentiles of the latency, as wrk gives them."""
    ordered = sorted(microseconds)
    return {
        "requests_per_second": len(ordered) / seconds,
        "latency_us": {f"p{percent}": ordered[len(ordered) * percent // 100] for percent in (50, 75, 90, 99)},
    }
