"""The measurements in process: Apus's own program and the peers' libraries, one process for each figure."""

import json
import subprocess

import places

LIBRARIES = ["scikit-learn", "onnxruntime", "tl2cgen"]
APUS = "apus"
BATCH_MODELS = ["IF", "PN", "PM"]
ROW_MODELS = ["IF", "PM"]
LOAD_MODEL = "PA"
MINIMUM_AGREEMENT = 0.99
TIMEOUT_SECONDS = 1800


class Disagreement(Exception):
    """A library answered too many rows unlike scikit-learn."""


def measure(name, folder, *flags):
    """Runs the program that measures one library on one model; what it printed."""
    if name == APUS:
        command = [places.program("in_process"), folder]
    else:
        command = [places.python("libraries"), places.PEERS / "in_process.py", name, folder]
    command = [str(part) for part in [*command, *flags]]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=TIMEOUT_SECONDS)
    measured = json.loads(done.stdout.splitlines()[-1])
    required = 1 if name == APUS else MINIMUM_AGREEMENT
    if measured.get("agreement", 1) < required:
        raise Disagreement(f"{name} on {folder.name}: {measured['agreement']:.4%} of the rows are as scikit-learn's")
    print(f"    {name} on {folder.name}: {describe(measured)}", flush=True)
    return measured


def describe(measured):
    """A measurement in words, to follow a run by."""
    parts = []
    if rates := measured.get("rows_per_second"):
        parts.append(f"{max(rates):,.0f} rows/s, {measured['agreement']:.3%} of the rows agree")
    if "row_us" in measured:
        parts.append(f"{measured['row_us']:.1f} us a row")
    if loads := measured.get("load_ms"):
        parts.append("loads in " + ", ".join(f"{load:.0f}" for load in loads) + " ms")
    return "; ".join(parts)


def over(models, names, *flags):
    """One measurement per model and library."""
    return {model.name: {name: measure(name, model, *flags) for name in names} for model in models}


def batch(options, models):
    """All 100 000 rows at once, two threads."""
    folders = [models / name for name in BATCH_MODELS]
    return over(folders, [APUS, *LIBRARIES], "--passes", options.passes)


def row(options, models):
    """One row at a time, one thread."""
    folders = [models / name for name in ROW_MODELS]
    return over(folders, [APUS, *LIBRARIES], "--seconds", options.row_seconds)


def load(options, models):
    """The largest pickle, from file to ready."""
    return over([models / LOAD_MODEL], [APUS, "scikit-learn"], "--loads", options.loads)
