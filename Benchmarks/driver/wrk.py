"""Runs the load generator and reads its report."""

import os
import pathlib
import re
import subprocess

SCRIPT = pathlib.Path(__file__).with_name("post.lua")
MICROSECONDS = {"us": 1, "ms": 1e3, "s": 1e6, "m": 60e6}


class FailedRequests(Exception):
    """Some requests were not answered, or not with 2xx."""


def post(run, bodies, connections, seconds, binary=False, pause_ms=0):
    """Posts the bodies in turn over a number of connections, for some seconds; each may pause before a request.

    Returns requests per second and the percentiles of the latency in microseconds.
    """
    threads = min(2, connections)
    command = ["wrk", "--latency", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s"]
    command += ["-s", SCRIPT, f"{run.server.scheme}://127.0.0.1:{run.port}{run.path}"]
    settings = {"BENCH_BODIES": str(bodies), "BENCH_PATH": run.path}
    settings |= {"BENCH_BINARY": str(int(binary)), "BENCH_PAUSE": str(pause_ms)}
    environment = os.environ | settings
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=seconds + 60)
    return read_report(done.stdout)


def read_report(report):
    """The numbers of wrk's report; refuses one with failed requests."""
    if failed := re.search(r"Non-2xx.*|Socket errors.*", report):
        raise FailedRequests(failed[0])
    rate = re.search(r"Requests/sec:\s+([\d.]+)", report)
    if not rate or float(rate[1]) == 0:
        raise FailedRequests("no request was answered in time")
    percentiles = re.findall(r"^\s+(\d+)%\s+([\d.]+)(us|ms|s|m)\s*$", report, re.MULTILINE)
    return {
        "requests_per_second": float(rate[1]),
        "latency_us": {f"p{percent}": float(value) * MICROSECONDS[unit] for percent, value, unit in percentiles},
    }
