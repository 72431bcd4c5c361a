"""Fitting: forests in process beside scikit-learn, and whole training runs of the release binary."""

import json
import pathlib
import subprocess
import tempfile
import time

import places

TIMEOUT_SECONDS = 1800
SPLITTERS = {
    "IF-week": ["random"],
    "IF-large": ["random"],
    "PN-12": ["exact", "histogram"],
    "PN-1": ["exact", "histogram"],
}
TRAININGS = {
    "anomaly-detector": ["--days", "7"],
    "predictive-analytics": ["--days", "30", "--splitter", "histogram"],
}
# A model that does not pass its gate is a run all the same.
TRAINED = (0, 3)


def fit(options, _):
    """Forests fitted with two threads, beside scikit-learn; training runs from exec to exit."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        peer = [places.python("libraries"), places.PEERS / "fits.py"]
        subprocess.run([*peer, "data", folder / "data"], check=True, timeout=TIMEOUT_SECONDS)
        forests = {}
        for case, splitters in SPLITTERS.items():
            data = folder / "data" / case
            forests[case] = {"scikit-learn": measured(f"scikit-learn, {case}", [*peer, "fit", data, options.fits])}
            for splitter in splitters:
                command = [places.program("in_process"), "fit", data, "--splitter", splitter, "--times", options.fits]
                forests[case][splitter] = measured(f"apus, {case}, {splitter}", command)
        runs = {name: trainings(name, flags, folder, options.fits) for name, flags in TRAININGS.items()}
    return {"forests": forests, "runs": runs}


def measured(what, command):
    """What a program printed as its last line of JSON."""
    command = [str(part) for part in command]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=TIMEOUT_SECONDS)
    figures = json.loads(done.stdout.splitlines()[-1])
    quality = f", R2 {figures['r2']:.4f}" if "r2" in figures else ""
    print(f"    {what}: " + ", ".join(f"{seconds:.3f}" for seconds in figures["fit_s"]) + f" s{quality}", flush=True)
    return figures


def trainings(name, flags, folder, times):
    """Seconds of `apus train` on synthetic data, each into a store of its own."""
    seconds = []
    for index in range(times):
        store = folder / f"{name}-{index}"
        command = [places.program("apus"), "train", name, "--source", "synthetic", *flags, "--store", store]
        start = time.perf_counter()
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=TIMEOUT_SECONDS)
        seconds.append(time.perf_counter() - start)
        if done.returncode not in TRAINED:
            raise subprocess.CalledProcessError(done.returncode, command, stderr=done.stderr)
    print(f"    apus train {name}: " + ", ".join(f"{value:.2f}" for value in seconds) + " s", flush=True)
    return seconds
