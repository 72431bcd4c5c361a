"""How fast a model comes over HTTP: a file of 1 GB from nginx on this machine, by Apus and by curl."""

import contextlib
import os
import pathlib
import socket
import subprocess
import tempfile
import time

import places

SIZE = 1_000_000_000
# Memory rather than a disk: a download of Apus's is on the disk when it is done, curl's is not.
SCRATCH = pathlib.Path("/dev/shm")
CONFIGURATION = """
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/log;
events {{ worker_connections 64; }}
http {{
    access_log off;
    sendfile on;
    client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder}; uwsgi_temp_path {folder};
    scgi_temp_path {folder};
    server {{ listen 127.0.0.1:{port}; root {folder}/files; }}
}}
"""


def download(options, _):
    """A file of 1 GB from nginx to memory: bytes a second by curl and by `apus models load`."""
    with tempfile.TemporaryDirectory(dir=SCRATCH) as folder:
        folder = pathlib.Path(folder)
        (folder / "files").mkdir()
        block = os.urandom(1_000_000)
        with open(folder / "files" / "model.pkl", "wb") as file:
            for _ in range(SIZE // len(block)):
                file.write(block)
        with nginx(folder) as url:
            target = folder / "copy"
            programs = {
                "apus": [places.program("apus"), "models", "load", url, "--output", target],
                "curl": ["curl", "--silent", "--fail", "--output", target, url],
            }
            samples = {name: [] for name in programs}
            for _ in range(options.downloads):
                for name, command in programs.items():
                    samples[name].append(SIZE / seconds(command, target))
    for name, rates in samples.items():
        print(f"    {name}: {', '.join(f'{rate / 1e6:.0f}' for rate in rates)} MB/s", flush=True)
    return samples


def seconds(command, target):
    start = time.perf_counter()
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, timeout=300)
    elapsed = time.perf_counter() - start
    if target.stat().st_size != SIZE:
        raise OSError(f"{command[0]} wrote {target.stat().st_size} bytes")
    target.unlink()
    return elapsed


@contextlib.contextmanager
def nginx(folder):
    """The URL of the file, while nginx serves it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    configuration = folder / "nginx.conf"
    configuration.write_text(CONFIGURATION.format(folder=folder, port=port))
    # Debian keeps it out of the search path of users.
    search = os.environ | {"PATH": f"{os.environ['PATH']}:/usr/sbin"}
    process = subprocess.Popen(["nginx", "-c", configuration, "-p", folder, "-e", folder / "log"], env=search)
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/model.pkl"
    finally:
        process.terminate()
        process.wait(timeout=10)
