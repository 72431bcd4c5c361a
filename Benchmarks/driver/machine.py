"""What was measured, and on what: written with every result."""

import os
import pathlib
import platform
import re
import subprocess

import places

PACKAGES = ["scikit-learn", "onnxruntime", "skl2onnx", "tl2cgen", "treelite", "kserve", "mlserver"]


def output(*command):
    """The first line a command prints, or nothing if it cannot be run."""
    try:
        done = subprocess.run(command, cwd=places.ROOT, capture_output=True, text=True, timeout=60)
    except OSError:
        return ""
    return (done.stdout or done.stderr).partition("\n")[0].strip()


def description():
    """The machine, in the words the table needs."""
    cpu = re.search(r"^model name\s*:\s*(.*)$", pathlib.Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    memory = re.search(r"^MemTotal:\s*(\d+) kB", pathlib.Path("/proc/meminfo").read_text(), re.MULTILINE)
    system = platform.freedesktop_os_release()
    return {
        "cores": len(os.sched_getaffinity(0)),
        "cpu": cpu[1] if cpu else platform.machine(),
        "memory_gb": round(int(memory[1]) / 1e6),
        "system": f"{system['PRETTY_NAME']}, Linux {'.'.join(platform.release().split('.')[:2])}",
    }


def versions():
    """The versions of all that took part."""
    pins = "\n".join(file.read_text() for file in sorted(places.PEERS.glob("requirements-*.txt")))
    found = {name: re.search(rf"^{name}==(.*)$", pins, re.MULTILINE)[1] for name in PACKAGES}
    hummingbird = re.search(r'/hummingbird", exact: "([^"]*)"', (places.BENCHMARKS / "Package.swift").read_text())
    wrk = re.search(r"wrk (?:debian/)?(\S+)", output("wrk", "-v"))
    return {
        "apus": output("git", "describe", "--always", "--dirty") or "unknown",
        "swift": re.search(r"Swift version (\S+)", output("swift", "--version"))[1],
        "hummingbird": hummingbird[1],
        **found,
        "gcc": output("gcc", "-dumpfullversion"),
        "wrk": wrk[1] if wrk else "unknown",
        "python": output(places.python("libraries"), "--version").removeprefix("Python "),
    }
