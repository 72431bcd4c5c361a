#!/usr/bin/env python3
"""Asks a running server with Triton's own HTTP client and prints what it understood, as JSON.

usage: triton_infer.py PORT MODEL '[[1.0, 2.0], ...]'
"""
import itertools
import json
import sys

import numpy
import tritonclient.http as http
from tritonclient.utils import InferenceServerException


def ask(client, model, values, names, binary_in, binary_out, **options):
    tensor = http.InferInput("input-0", list(values.shape), "FP64")
    tensor.set_data_from_numpy(values, binary_data=binary_in)
    outputs = [http.InferRequestedOutput(name, binary_data=binary_out) for name in names]
    answer = client.infer(model, [tensor], outputs=outputs, request_id="7", **options)
    assert answer.get_response()["id"] == "7"
    return {name: answer.as_numpy(name).tolist() for name in names}


def refusal(action):
    try:
        action()
    except InferenceServerException as error:
        return [error.status(), error.message()]
    return None


def main(port, model, rows):
    client = http.InferenceServerClient(f"127.0.0.1:{port}")
    values = numpy.array(json.loads(rows))
    names = ["output-0", "decision_function"]
    forms = list(itertools.product([False, True], [False, True]))
    answers = [ask(client, model, values, names, *form) for form in forms]
    everything = client.infer(model, [tensor_of(values)])
    metadata = client.get_model_metadata(model)
    report = {
        "live": client.is_server_live(), "ready": client.is_server_ready(), "model": client.is_model_ready(model),
        "server": client.get_server_metadata()["name"],
        "inputs": metadata["inputs"], "outputs": [output["name"] for output in metadata["outputs"]],
        "index": [[entry["name"], entry["state"]] for entry in client.get_model_repository_index()],
        "labels": answers[0]["output-0"], "scores": len(answers[0]["decision_function"]),
        "agree": all(answer == answers[0] for answer in answers),
        "default": everything.as_numpy("output-0").tolist(),
        "unknown output": refusal(lambda: ask(client, model, values, ["x"], True, True)),
        "unknown model": refusal(lambda: ask(client, "x", values, names, True, True)),
    }
    for coding in ["gzip", "deflate"]:
        options = {"request_compression_algorithm": coding, "response_compression_algorithm": coding}
        many = numpy.repeat(values, 2000, axis=0)
        report[coding] = ask(client, model, many, ["output-0"], True, True, **options) == {
            "output-0": numpy.repeat(numpy.array(answers[0]["output-0"]), 2000).tolist()
        }
    client.unload_model(model)
    report["unloaded"] = client.is_model_ready(model)
    client.load_model(model)
    report["loaded"] = client.is_model_ready(model)
    print(json.dumps(report, sort_keys=True))


def tensor_of(values):
    tensor = http.InferInput("input-0", list(values.shape), "FP64")
    return tensor.set_data_from_numpy(values)


main(*sys.argv[1:])
