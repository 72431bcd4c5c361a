"""The measurements over HTTP. Each returns plain values for the results file: lists of one sample per round."""

import itertools
import json
import math
import time

import client
import servers
import wrk

FEW_CONNECTIONS = 4
MANY_CONNECTIONS = 50
REQUESTS_BEFORE_MEMORY = 1000
TURNS = 4
LONGEST_SECONDS = 120


class Questions:
    """The requests for a model, and what scikit-learn answered."""

    def __init__(self, folder, kind):
        self.folder = folder
        self.kind = kind
        self.answers = json.loads((folder / f"{kind}.answers.json").read_text())

    def file(self, server):
        """The bodies in the server's protocol, one a line."""
        protocol = "v2" if server.protocol == "v2" else "v1"
        return self.folder / f"{self.kind}.{protocol}.jsonl"

    def bodies(self, server):
        return self.file(server).read_bytes().splitlines()

    def check(self, run):
        """Asks every question once and compares; the seconds that one took."""
        start = time.monotonic()
        answers = list(client.ask_all(run, self.bodies(run.server)))
        seconds = (time.monotonic() - start) / len(self.answers)
        for answer, expected in zip(answers, self.answers, strict=True):
            if run.server.protocol != "constant":
                client.check_predictions(answer, expected)
        return seconds


def load_rounds(options, folder, kind, candidates, connections):
    """For each server and each number of connections, wrk's report per round.

    In a round each server is started anew, checked, warmed up and measured, so that what disturbs the machine
    disturbs all alike. A slow server answers the first requests of all connections together, when it is done with the
    last: it is measured for as long as some turns of all connections take.
    """
    questions = Questions(folder, kind)
    samples = {server.key: {str(count): [] for count in sorted(connections)} for server in candidates}
    for _, server in itertools.product(range(options.rounds), candidates):
        with servers.running(server, folder.name, folder) as run:
            servers.wait_until_answering(run, questions.bodies(server)[0])
            request_seconds = questions.check(run)
            file = questions.file(server)
            # Few connections first: the requests that a slow server still has when wrk stops would delay the next.
            wrk.post(run, file, 1, lasting(options.warm_seconds, 1, request_seconds))
            for count in sorted(connections):
                report = wrk.post(run, file, count, lasting(options.seconds, count, request_seconds))
                samples[server.key][str(count)].append(report)
        print(f"    {server.label}: " + ", ".join(summary(samples[server.key], kind)), flush=True)
    return samples


def lasting(seconds, connections, request_seconds):
    """How long to measure: some seconds, or some turns of all connections if they take longer."""
    turns = math.ceil(TURNS * connections * request_seconds)
    return min(max(seconds, turns), LONGEST_SECONDS)


def summary(samples, kind):
    """The last round in words, to follow a run by."""
    for connections, reports in samples.items():
        report = reports[-1]
        yield (
            f"{report['requests_per_second']:.0f} {kind} requests/s on {connections} connections, "
            f"p50 {report['latency_us']['p50']:.0f} us"
        )


def single_if(options, models):
    """One-row requests to IF, over 50 connections and over one."""
    candidates = [servers.APUS, *servers.PEERS, servers.BARE_HUMMINGBIRD]
    return load_rounds(options, models / "IF", "single", candidates, [MANY_CONNECTIONS, 1])


def single_pa(options, models):
    """One-row requests to PA, over 50 connections."""
    return load_rounds(options, models / "PA", "single", [servers.APUS, *servers.PEERS], [MANY_CONNECTIONS])


def bulk_if(options, models):
    """Thousand-row requests to IF, over a few connections."""
    return load_rounds(options, models / "IF", "bulk", [servers.APUS, *servers.PEERS], [FEW_CONNECTIONS])


def single_tls(options, models):
    """One-row requests to IF, over 50 connections, with TLS and without."""
    return load_rounds(options, models / "IF", "single", [servers.APUS, servers.APUS_TLS], [MANY_CONNECTIONS])


def cold_start(options, models):
    """Seconds from starting the program to the first answer of IF; the files are in the page cache."""
    questions = Questions(models / "IF", "single")
    candidates = [servers.APUS, *servers.PEERS]
    samples = {server.key: [] for server in candidates}
    for _, server in itertools.product(range(options.starts), candidates):
        with servers.running(server, "IF", questions.folder) as run:
            servers.wait_until_answering(run, questions.bodies(server)[0])
            samples[server.key].append(time.perf_counter() - run.started)
            questions.check(run)
        print(f"    {server.label}: {samples[server.key][-1] * 1000:.0f} ms", flush=True)
    return samples


def memory(_, models):
    """Resident bytes of a server and its worker processes: once it answers IF, and a thousand requests later."""
    questions = Questions(models / "IF", "single")
    samples = {}
    for server in [servers.APUS, *servers.PEERS]:
        with servers.running(server, "IF", questions.folder) as run:
            servers.wait_until_answering(run, questions.bodies(server)[0])
            loaded = run.resident_bytes()
            questions.check(run)
            bodies = itertools.islice(itertools.cycle(questions.bodies(server)), REQUESTS_BEFORE_MEMORY)
            for _ in client.ask_all(run, bodies):
                pass
            samples[server.key] = {"loaded": loaded, "used": run.resident_bytes()}
        print(f"    {server.label}: {loaded / 1e6:.0f} MB, then {samples[server.key]['used'] / 1e6:.0f} MB", flush=True)
    return samples
