"""Measures Apus and its peers in one run; started by `scripts/bench`, which builds and installs what it needs."""

import argparse
import dataclasses
import datetime
import json
import signal
import subprocess
import sys
import time

import binary
import client
import download
import fits
import libraries
import machine
import places
import pressure
import report
import rpc
import serving
import store
import wrk

SECTIONS = {
    "single": serving.single_if,
    "forecaster": serving.single_pa,
    "bulk": serving.bulk_if,
    "binary": binary.bulk,
    "grpc": rpc.single,
    "tls": serving.single_tls,
    "overload": pressure.overload,
    "idle": pressure.idle,
    "soak": pressure.soak,
    "cold": serving.cold_start,
    "memory": serving.memory,
    "batch": libraries.batch,
    "row": libraries.row,
    "load": libraries.load,
    "fit": fits.fit,
    "swap": store.swap,
    "thousand": store.thousand,
    "download": download.download,
}
FAILURES = (
    client.WrongAnswer,
    libraries.Disagreement,
    wrk.FailedRequests,
    OSError,
    subprocess.SubprocessError,
)


@dataclasses.dataclass(frozen=True)
class Options:
    """How often and how long each thing is measured."""

    rounds: int = 2
    seconds: int = 5
    warm_seconds: int = 1
    starts: int = 5
    passes: int = 5
    row_seconds: float = 3
    loads: int = 5
    fits: int = 3
    swaps: int = 1000
    downloads: int = 5
    overload_seconds: int = 60
    soak_minutes: int = 10


QUICK = Options(
    rounds=1,
    seconds=1,
    starts=1,
    passes=1,
    row_seconds=0.5,
    loads=1,
    fits=1,
    swaps=10,
    downloads=1,
    overload_seconds=3,
    soak_minutes=1,
)


def arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Measures Apus and its peers in one run.")
    parser.add_argument("--quick", action="store_true", help="a short check of everything; figures mean little")
    parser.add_argument(
        "--only", action="append", choices=SECTIONS, metavar="SECTION", help=f"one of {', '.join(SECTIONS)}; repeatable"
    )
    return parser.parse_args()


def measure(names, options, models):
    """The samples of each section, and which sections failed; a failure does not end the run."""
    sections, failed = {}, []
    for name in names:
        print(f"==> {name}: {SECTIONS[name].__doc__}", flush=True)
        try:
            sections[name] = SECTIONS[name](options, models)
        except FAILURES as failure:
            print(f"==> {name} failed: {type(failure).__name__}: {failure}", flush=True)
            failed.append(name)
    return sections, failed


def keep(sections, about):
    """Puts the samples beside those of other sections taken on this machine, and all of them into the document."""
    file = places.RESULTS / "latest.json"
    results = json.loads(file.read_text()) if file.exists() else {}
    if results.get("machine") != about["machine"]:
        results = {"machine": about["machine"], "sections": {}}
    results["pickles"] = about["pickles"]
    for name, samples in sections.items():
        results["sections"][name] = {**about["run"], "samples": samples}
    places.RESULTS.mkdir(exist_ok=True)
    file.write_text(json.dumps(results, indent=1) + "\n")
    report.write(results, SECTIONS, places.DOCUMENT)
    print(f"==> written: {file.relative_to(places.ROOT)}, {places.DOCUMENT.relative_to(places.ROOT)}")


def main():
    flags = arguments()
    options = QUICK if flags.quick else Options()
    # Ending the run ends the servers it started: an exit unwinds their `with` blocks, the signal alone does not.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended by SIGTERM"))
    models = places.models()
    about = {
        "machine": machine.description(),
        "pickles": {file.parent.name: file.stat().st_size for file in sorted(models.glob("*/model.pkl"))},
        "run": {
            "taken": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M UTC"),
            "command": " ".join(["scripts/bench", *sys.argv[1:]]),
            "versions": machine.versions(),
            "options": dataclasses.asdict(options),
        },
    }
    start = time.monotonic()
    sections, failed = measure(flags.only or SECTIONS, options, models)
    print(report.table(sections))
    print(f"==> {(time.monotonic() - start) / 60:.0f} minutes")
    if sections and not flags.quick:
        keep(sections, about)
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
