"""From samples to the table: one figure per program, the ratio to the best peer, and whether the target is met."""

import dataclasses
import statistics

import servers

LABELS = {server.key: server.label for server in [servers.APUS, *servers.PEERS, servers.BARE_HUMMINGBIRD]}
LABELS |= {"scikit-learn": "scikit-learn", "onnxruntime": "ONNX Runtime", "tl2cgen": "tl2cgen"}
LABELS |= {"without-swaps": "without swaps", "curl": "curl", "plain": "plain HTTP", "capacity": "capacity"}
LABELS |= {"alone": "alone", "first": "in the first minute", servers.BARE_GRPC.key: servers.BARE_GRPC.label}
CEILING = servers.BARE_HUMMINGBIRD.key
APUS = servers.APUS.key
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of the table: a figure for each program, and what Apus's should be."""

    what: str
    figures: dict
    target: float
    basis: str = ""
    lower_is_better: bool = False

    @property
    def apus(self):
        return self.figures[APUS]

    @property
    def best_peer(self):
        """The best other figure; none where Apus stands alone."""
        peers = [value for key, value in self.figures.items() if key not in (APUS, CEILING)]
        return (min if self.lower_is_better else max)(peers, default=None)

    @property
    def ratio(self):
        """How many times better than the best peer."""
        if self.best_peer is None:
            return None
        return self.best_peer / self.apus if self.lower_is_better else self.apus / self.best_peer

    @property
    def met(self):
        return self.apus <= self.target if self.lower_is_better else self.apus >= self.target

    def cells(self):
        others = ", ".join(f"{LABELS[key]} {number(value)}" for key, value in self.figures.items() if key != APUS)
        ratio = "" if self.ratio is None else f"{number(self.ratio)} x"
        bound = "at most" if self.lower_is_better else "at least"
        target = f"{bound} {number(self.target)}" + (f" ({self.basis})" if self.basis else "")
        verdict = "met" if self.met else "**not met**"
        return [self.what, f"**{number(self.apus)}**", others, ratio, target, verdict]


def number(value):
    """Three significant digits, thousands apart."""
    digits = f"{value:.3g}"
    return f"{float(digits):,.0f}".replace(",", " ") if value >= 100 else digits.removesuffix(".0")


def rates(section, connections, rows=1):
    """Per server, the median over the rounds of the rows answered in a second."""
    return {
        key: rows * statistics.median(report["requests_per_second"] for report in samples[str(connections)])
        for key, samples in section.items()
    }


def single_rows(section):
    throughput = rates(section, 50)
    p50 = {
        key: statistics.median(report["latency_us"]["p50"] for report in samples["1"])
        for key, samples in section.items()
    }
    ceiling = 1.15 * throughput[CEILING]
    yield Row("IF, one-row requests/s, 50 connections", throughput, ceiling, "1.15 x bare Hummingbird")
    yield Row("IF, one-row requests, 1 connection, p50, us", p50, 70, lower_is_better=True)


def forecaster_rows(section):
    yield Row("PA, one-row requests/s, 50 connections", rates(section, 50), 8_000)


def bulk_rows(section):
    yield Row("IF, 1000-row requests, 4 connections, rows/s", rates(section, 4, rows=1000), 350_000)


def binary_rows(section):
    yield Row("IF, 1000-row requests, 4 connections, V2 binary, rows/s", rates(section, 4, rows=1000), 700_000)


def grpc_rows(section):
    throughput = rates(section, 50)
    target = 0.7 * throughput[servers.BARE_GRPC.key]
    yield Row("IF, one-row gRPC calls/s, 50 connections", throughput, target, "0.7 x gRPC Swift's echo")


def tls_rows(section):
    throughput = rates(section, 50)
    figures = {APUS: throughput[servers.APUS_TLS.key], "plain": throughput[APUS]}
    yield Row("IF, one-row requests/s, 50 connections, TLS", figures, 0.75 * figures["plain"], "0.75 x plain HTTP")


def memory_row(what, memory):
    """The largest of the last tenth of the samples, in times of that of the first tenth."""
    count = max(1, len(memory) // 10)
    growth = max(memory[-count:]) / max(memory[:count])
    return Row(f"{what}: memory at the end, of that at the start", {APUS: growth}, 1.1, lower_is_better=True)


def overload_rows(section):
    what = f"PA, compressed 64-row requests, three times the capacity for {section['seconds']} s"
    figures = {APUS: section["answered"]["requests_per_second"], "capacity": section["capacity"]}
    yield Row(f"{what}: answered/s", figures, 0.8 * section["capacity"], "0.8 x the capacity")
    p99 = section["answered"]["latency_us"]["p99"] / 1000
    yield Row(f"{what}: p99 of the answered, ms", {APUS: p99}, 100, lower_is_better=True)
    yield memory_row(what, section["memory"])


def idle_rows(section):
    figures = {
        key: statistics.median(report["requests_per_second"] for report in section[name])
        for key, name in [(APUS, "beside"), ("alone", "alone")]
    }
    what = "IF, one-row requests/s, 50 connections, beside 10 200 idle and slow ones"
    yield Row(what, figures, 0.8 * figures["alone"], "0.8 x alone")
    size = section["bytes_per_connection"] / 1000
    yield Row("memory of an idle connection, kB", {APUS: size}, 32, lower_is_better=True)


def soak_rows(section):
    minutes = section["minutes"]
    what = f"soak of {len(minutes)} minutes, V1 and gRPC, swaps"
    yield memory_row(what, section["memory"])
    for kind in ("v1", "grpc"):
        p99 = [report[kind]["latency_us"]["p99"] / 1000 for report in minutes]
        figures = {APUS: max(p99[1:] or p99), "first": p99[0]}
        yield Row(f"{what}: p99 of {kind} in the worst minute, ms", figures, 100, lower_is_better=True)


def cold_rows(section):
    times = {key: 1000 * statistics.median(samples) for key, samples in section.items()}
    yield Row("IF, cold start to the first answer, ms", times, 50, lower_is_better=True)


def memory_rows(section):
    for state, words in [("loaded", "after load"), ("used", "after 1000 requests")]:
        sizes = {key: samples[state] / 1e6 for key, samples in section.items()}
        yield Row(f"IF, resident memory {words}, MB", sizes, 60, lower_is_better=True)


def batch_rows(section):
    for model, samples in section.items():
        figures = {key: max(measured["rows_per_second"]) for key, measured in samples.items()}
        best = max(value for key, value in figures.items() if key != APUS)
        yield Row(f"{model}, 100 000 rows in process, 2 threads, rows/s", figures, 1.5 * best, "1.5 x the best")


def row_rows(section):
    targets = {"IF": 3, "PM": 2}
    for model, samples in section.items():
        figures = {key: measured["row_us"] for key, measured in samples.items()}
        yield Row(f"{model}, one row in process, us", figures, targets[model], lower_is_better=True)


def load_rows(section):
    for model, samples in section.items():
        figures = {key: statistics.median(measured["load_ms"]) for key, measured in samples.items()}
        yield Row(f"{model}, pickle from file to ready, ms", figures, 200, lower_is_better=True)


FITS = {
    "IF-week": "IF, 2016 x 45",
    "IF-large": "IF, 100 000 x 45",
    "PN-12": "PN, 8640 x 120, 12 outputs",
    "PN-1": "PN, 8640 x 120, 1 output",
}
RUNS = {"anomaly-detector": ("7 days", 1), "predictive-analytics": ("30 days, histogram", 5)}


def fit_rows(section):
    for case, samples in section["forests"].items():
        peer = samples["scikit-learn"]
        best = min(peer["fit_s"])
        for splitter in [name for name in samples if name != "scikit-learn"]:
            times = {APUS: min(samples[splitter]["fit_s"]), "scikit-learn": best}
            factor = 12 if splitter == "histogram" else 3
            what = f"fit {FITS[case]}" + ("" if splitter == "random" else f", {splitter}")
            yield Row(f"{what}, s", times, best / factor, f"1/{factor} of scikit-learn", lower_is_better=True)
            if splitter == "histogram":
                quality = {APUS: samples[splitter]["r2"], "scikit-learn": peer["r2"]}
                yield Row(f"{what}, R2 of unseen rows", quality, peer["r2"] - 0.01, "0.01 below scikit-learn")
    for name, (what, target) in RUNS.items():
        seconds = statistics.median(section["runs"][name])
        yield Row(f"apus train {name}, {what}, s", {APUS: seconds}, target, lower_is_better=True)


def swap_rows(section):
    still = section["still"]["latency_us"]["p99"]
    swapping = statistics.median(report["latency_us"]["p99"] for report in section["swapping"])
    figures = {APUS: swapping, "without-swaps": still}
    rate = section["still"]["requests_per_second"]
    swaps = f"{section['swaps']} swaps, {number(section['swaps_per_second'])} a second"
    what = f"IF, {number(rate)} one-row requests/s during {swaps}, p99, us"
    yield Row(what, figures, 2 * still, "2 x that without swaps", lower_is_better=True)


def thousand_rows(section):
    yield Row("1000 models, from exec until all answer, s", {APUS: section["ready"]}, 5, lower_is_better=True)
    share = {APUS: 100 * section["idle_share"]}
    yield Row("1000 models, looked at each second, % of a core", share, 1, lower_is_better=True)


def download_rows(section):
    rates = {key: statistics.median(samples) / 1e6 for key, samples in section.items()}
    yield Row("a file of 1 GB from nginx on the same machine, MB/s", rates, 0.8 * rates["curl"], "0.8 x curl")


ROWS = {
    "single": single_rows,
    "forecaster": forecaster_rows,
    "bulk": bulk_rows,
    "binary": binary_rows,
    "grpc": grpc_rows,
    "tls": tls_rows,
    "overload": overload_rows,
    "idle": idle_rows,
    "soak": soak_rows,
    "cold": cold_rows,
    "memory": memory_rows,
    "batch": batch_rows,
    "row": row_rows,
    "load": load_rows,
    "fit": fit_rows,
    "swap": swap_rows,
    "thousand": thousand_rows,
    "download": download_rows,
}


def table(sections):
    """The measured sections as a Markdown table."""
    lines = [["what", "Apus", "others", "to the best", "target", ""], ["---"] * 6]
    lines += [row.cells() for name, section in sections.items() for row in ROWS[name](section)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def text(results, order):
    """What stands between the markers of the document."""
    machine, sections = results["machine"], results["sections"]
    measured = [name for name in order if name in sections]
    sizes = ", ".join(f"{name} {number(size / 1e6)} MB" for name, size in results["pickles"].items())
    runs = {}
    for name in measured:
        run = sections[name]
        runs.setdefault((run["taken"], run["command"], described(run["versions"])), []).append(name)
    return "\n".join(
        [
            f"Machine: {machine['cores']} cores of {machine['cpu']}, {machine['memory_gb']} GB; {machine['system']}.",
            f"Pickles: {sizes}.",
            "",
            *(
                f"* {', '.join(names)}: taken on {taken} by `{command}`, with {versions}."
                for (taken, command, versions), names in runs.items()
            ),
            "",
            table({name: sections[name]["samples"] for name in measured}),
        ]
    )


def described(versions):
    return ", ".join(f"{name} {version}" for name, version in versions.items())


def write(results, order, document):
    """Replaces what is between the markers; the prose around them stays."""
    before, begin, rest = document.read_text().partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{document} has no {BEGIN} ... {END}")
    document.write_text(f"{before}{BEGIN}\n{text(results, order)}\n{END}{after}")
