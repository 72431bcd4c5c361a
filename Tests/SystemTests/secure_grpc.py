#!/usr/bin/env python3
"""Asks a server over TLS with gRPC's own client and prints the status of each call, as JSON.

usage: secure_grpc.py PORT MODEL '[[1.0, 2.0], ...]' CA [CERTIFICATE KEY]

A call without a key, one with the key `secret`, one with another; by the status names of gRPC.
"""
import json
import pathlib
import sys

import grpc
from tritonclient.grpc import service_pb2 as messages
from tritonclient.grpc.service_pb2_grpc import GRPCInferenceServiceStub


def question(model, rows):
    request = messages.ModelInferRequest(model_name=model)
    tensor = request.inputs.add(name="input-0", datatype="FP64", shape=[len(rows), len(rows[0])])
    tensor.contents.fp64_contents.extend(value for row in rows for value in row)
    return request


def status(stub, request, key):
    metadata = [("authorization", f"Bearer {key}")] if key else []
    try:
        stub.ModelInfer(request, metadata=metadata, timeout=10)
        return "OK"
    except grpc.RpcError as error:
        return error.code().name


def main(port, model, rows, *files):
    authority, certificate, key = [pathlib.Path(name).read_bytes() for name in files] + [None] * (3 - len(files))
    credentials = grpc.ssl_channel_credentials(authority, key, certificate)
    with grpc.secure_channel(f"127.0.0.1:{port}", credentials) as channel:
        stub = GRPCInferenceServiceStub(channel)
        request = question(model, json.loads(rows))
        print(json.dumps([status(stub, request, key) for key in ["", "secret", "other"]]))


main(*sys.argv[1:])
