#!/usr/bin/env python3
"""Asks a running server as MLServer's clients do, with its codecs and types, and prints what it understood, as JSON.

usage: mlserver_infer.py PORT MODEL '[[1.0, 2.0], ...]'
"""
import json
import sys
import urllib.request

import numpy
import pandas
from mlserver.codecs import NumpyCodec, NumpyRequestCodec, PandasCodec
from mlserver.types import InferenceRequest, InferenceResponse, MetadataModelResponse, RepositoryIndexResponse
from mlserver.types import RequestOutput


def post(port, path, body):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as response:
        return response.read()


def infer(port, model, request, names, **dump):
    request.outputs = [RequestOutput(name=name) for name in names]
    body = InferenceRequest.model_dump_json(request, **dump).encode()
    return InferenceResponse.model_validate_json(post(port, f"/v2/models/{model}/infer", body))


def main(port, model, rows):
    values = numpy.array(json.loads(rows))
    frame = pandas.DataFrame(values, columns=[f"column-{index}" for index in range(values.shape[1])])
    numbers = infer(port, model, NumpyRequestCodec.encode_request(values), ["predict"])
    # Every field that is not set is written as null.
    nulls = infer(
        port, model, NumpyRequestCodec.encode_request(values), ["predict"], exclude_unset=False, exclude_none=False)
    columns = infer(port, model, PandasCodec.encode_request(frame), ["predict", "decision_function"])
    url = f"http://127.0.0.1:{port}/v2/models/{model}"
    with urllib.request.urlopen(url, timeout=10) as response:
        metadata = MetadataModelResponse.model_validate_json(response.read())
    index = RepositoryIndexResponse.model_validate_json(post(port, "/v2/repository/index", b"{}"))
    print(json.dumps({
        "numpy": NumpyRequestCodec.decode_response(numbers).tolist(),
        "nulls": nulls.outputs == numbers.outputs,
        "pandas": PandasCodec.decode_response(columns)["predict"].tolist(),
        "scores": NumpyCodec.decode_output(columns.outputs[1]).shape,
        "content types": [output.parameters.content_type for output in columns.outputs],
        "platform": metadata.platform, "inputs": [tensor.shape for tensor in metadata.inputs],
        "index": [[entry.name, entry.state] for entry in index.root],
    }))


if __name__ == "__main__":
    main(*sys.argv[1:])
