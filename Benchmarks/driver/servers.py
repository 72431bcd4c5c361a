"""The servers measured: how each is started, asked and ended."""

import contextlib
import dataclasses
import json
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable

import client
import places

START_SECONDS = 60
STOP_SECONDS = 10
PATHS = {
    "v1": "/v1/models/{}:predict",
    "v2": "/v2/models/{}/infer",
    "constant": "/",
    "grpc": "/inference.GRPCInferenceService/ModelInfer",
    "echo": "/Echo/Get",
}


@dataclasses.dataclass(frozen=True)
class Server:
    """A server program with its settings."""

    key: str
    label: str
    protocol: str
    command: Callable[[str, pathlib.Path, int, pathlib.Path], list]
    """(model's name, model's folder, port, an empty folder for settings) -> what to execute."""
    scheme: str = "http"

    def path(self, model):
        """The route that predicts."""
        return PATHS[self.protocol].format(model)


def free_port():
    """A port that nothing listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def apus(model, folder, port, _):
    ports = ["--http-port", str(port), "--grpc-port", "0"]
    return [places.program("apus"), "serve", f"{model}={folder / 'model.pkl'}", *ports]


def apus_grpc(model, folder, port, _):
    ports = ["--http-port", "0", "--grpc-port", str(port)]
    return [places.program("apus"), "serve", f"{model}={folder / 'model.pkl'}", *ports]


def bare_grpc(model, folder, port, _):
    return [places.program("bare_grpc"), str(port)]


def apus_tls(model, folder, port, scratch):
    certificate, key = scratch / "tls.crt", scratch / "tls.key"
    make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=bench".split()
    subprocess.run([*make, "-keyout", key, "-out", certificate], capture_output=True, check=True)
    return [*apus(model, folder, port, scratch), "--ssl_certfile", certificate, "--ssl_keyfile", key]


def kserve(*flags):
    def command(model, folder, port, _):
        script = [places.python("kserve"), places.PEERS / "kserve_server.py"]
        ports = ["--http_port", str(port), "--grpc_port", str(free_port())]
        return script + ["--model_name", model, "--model_dir", folder, *ports, *flags]

    return command


def mlserver(**settings):
    def command(model, folder, port, scratch):
        ports = {"http_port": port, "grpc_port": free_port(), "metrics_port": free_port()}
        (scratch / "settings.json").write_text(json.dumps({"host": "127.0.0.1", **ports, **settings}))
        description = {
            "name": model,
            "implementation": "mlserver_sklearn.SKLearnModel",
            "parameters": {"uri": str(folder / "model.pkl")},
        }
        (scratch / "model-settings.json").write_text(json.dumps(description))
        return [places.python("mlserver").with_name("mlserver"), "start", scratch]

    return command


def bare_hummingbird(model, folder, port, _):
    return [places.program("bare_hummingbird"), str(port)]


APUS = Server("apus", "Apus", "v1", apus)
APUS_TLS = Server("apus-tls", "Apus over TLS", "v1", apus_tls, "https")
APUS_GRPC = Server("apus", "Apus, gRPC", "grpc", apus_grpc)
BARE_GRPC = Server("bare-grpc", "gRPC Swift's echo", "echo", bare_grpc)
KSERVE = Server("kserve", "KServe", "v1", kserve())
KSERVE_TUNED = Server(
    "kserve-tuned", "KServe tuned", "v1", kserve("--workers", "2", "--enable_latency_logging", "false")
)
MLSERVER = Server("mlserver", "MLServer", "v2", mlserver())
MLSERVER_TUNED = Server("mlserver-tuned", "MLServer tuned", "v2", mlserver(parallel_workers=0, debug=False))
BARE_HUMMINGBIRD = Server("bare-hummingbird", "bare Hummingbird", "constant", bare_hummingbird)

PEERS = [KSERVE, KSERVE_TUNED, MLSERVER, MLSERVER_TUNED]


class Running:
    """A started server, and where it listens."""

    def __init__(self, server, model, process, port, started):
        self.server = server
        self.model = model
        self.process = process
        self.port = port
        self.started = started
        self.path = server.path(model)

    def resident_bytes(self):
        """The resident memory of the process and its descendants."""
        return sum(resident_bytes(pid) for pid in family(self.process.pid))

    def open_files(self):
        """How many files and connections the process holds open."""
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))


@contextlib.contextmanager
def running(server, model, folder):
    """Runs a server for one model until the block ends."""
    with tempfile.TemporaryDirectory() as scratch:
        port = free_port()
        command = [str(part) for part in server.command(model, folder, port, pathlib.Path(scratch))]
        with open(pathlib.Path(scratch) / "log", "w+b") as log:
            started = time.perf_counter()
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=scratch, start_new_session=True
            )
            try:
                yield Running(server, model, process, port, started)
            except Exception:
                log.seek(0)
                print(f"--- log of {server.label}\n{log.read()[-2000:].decode(errors='replace')}\n---", flush=True)
                raise
            finally:
                end(process)


def end(process):
    """Asks the server to stop; after a while, ends its process group, which holds only what it started."""
    process.send_signal(signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(STOP_SECONDS)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(STOP_SECONDS)


def wait_until_answering(run, body):
    """Waits for the first good answer; fails at once if the process ends."""
    request = client.http_request(run.path, body)
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            return client.first_answer(run, request, min(deadline, time.monotonic() + 1))
        except TimeoutError:
            if run.process.poll() is not None or time.monotonic() >= deadline:
                raise


def status(pid):
    """The fields of /proc/PID/status, or none if the process has ended."""
    try:
        lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return {}
    return dict(line.split(":", 1) for line in lines if ":" in line)


def resident_bytes(pid):
    """`VmRSS`, in bytes."""
    return int(status(pid).get("VmRSS", "0 kB").split()[0]) * 1024


def family(pid):
    """A process and all its descendants."""
    parents = {int(entry.name): status(entry.name) for entry in pathlib.Path("/proc").iterdir() if entry.name.isdigit()}
    found = [pid]
    for member in found:
        found += [child for child, fields in parents.items() if int(fields.get("PPid", -1)) == member]
    return found
