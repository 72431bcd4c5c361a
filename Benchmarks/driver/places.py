"""Where things lie: the checkout, the cache, the built programs, the environments of the peers, the models."""

import hashlib
import os
import pathlib
import shutil
import subprocess
import tempfile

BENCHMARKS = pathlib.Path(__file__).resolve().parent.parent
ROOT = BENCHMARKS.parent
PEERS = BENCHMARKS / "peers"
RESULTS = BENCHMARKS / "results"
DOCUMENT = ROOT / "Documentation" / "performance.md"
CACHE = pathlib.Path(
    os.environ.get("APUS_CACHE")
    or pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "apus"
)


def python(environment):
    """The interpreter of a peer's virtual environment: kserve, mlserver or libraries."""
    return CACHE / "venvs" / f"bench-{environment}" / "bin" / "python"


def program(name):
    """A built release program, whose path `scripts/bench` gives in the environment."""
    return pathlib.Path(os.environ[f"BENCH_{name.upper()}"])


def models():
    """The folder of the reference models, fitted first if the cache has none of this script and these versions."""
    recipe = (BENCHMARKS / "models.py").read_bytes() + (PEERS / "requirements-libraries.txt").read_bytes()
    folder = CACHE / "bench" / f"models-{hashlib.sha256(recipe).hexdigest()[:12]}"
    if not folder.is_dir():
        print("==> fitting the reference models (some minutes, once)", flush=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        unfinished = pathlib.Path(tempfile.mkdtemp(dir=folder.parent, prefix="unfinished-"))
        try:
            command = [python("libraries"), BENCHMARKS / "models.py", unfinished]
            subprocess.run(command, check=True, timeout=3600)
            unfinished.rename(folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return folder
