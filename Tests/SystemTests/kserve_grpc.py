#!/usr/bin/env python3
"""Asks a running server with KServe's own gRPC client and prints what it understood, as JSON.

usage: kserve_grpc.py PORT MODEL '[[1.0, 2.0], ...]'
"""
import asyncio
import json
import sys

import grpc
import numpy
from kserve import InferenceGRPCClient, InferInput, InferRequest
from kserve.protocol.grpc import grpc_predict_v2_pb2 as messages
from kserve.protocol.grpc.grpc_predict_v2_pb2_grpc import GRPCInferenceServiceStub


async def repository(port, model):
    """What KServe's form of the repository messages brings."""
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
        stub = GRPCInferenceServiceStub(channel)
        unloaded = await stub.RepositoryModelUnload(messages.RepositoryModelUnloadRequest(model_name=model))
        loaded = await stub.RepositoryModelLoad(messages.RepositoryModelLoadRequest(model_name=model))
        return [unloaded.model_name, unloaded.isUnloaded, loaded.model_name, loaded.isLoaded]


async def main(port, model, rows):
    client = InferenceGRPCClient(f"127.0.0.1:{port}")
    values = numpy.array(json.loads(rows))
    report = {}
    for form in ["typed", "raw"]:
        tensor = InferInput("input-0", list(values.shape), "FP64")
        tensor.set_data_from_numpy(values, binary_data=form == "raw")
        request = InferRequest(model_name=model, infer_inputs=[tensor], request_id="7")
        answer = await client.infer(request, timeout=20)
        output = answer.outputs[0]
        report[form] = {
            "id": answer.id, "model": answer.model_name, "name": output.name, "datatype": output.datatype,
            "values": output.as_numpy().tolist(),
        }
    report["ready"] = await client.is_model_ready(model, timeout=20)
    report["server"] = [await client.is_server_ready(timeout=20), await client.is_server_live(timeout=20)]
    report["repository"] = await repository(port, model)
    print(json.dumps(report, sort_keys=True))


asyncio.run(main(*sys.argv[1:]))
