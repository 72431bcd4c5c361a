#!/usr/bin/env python3
"""Asks a running server with KServe's own client of the V2 protocol and prints what it understood, as JSON.

usage: kserve_infer.py PORT MODEL '[[1.0, 2.0], ...]'
"""
import asyncio
import json
import sys

import numpy
from kserve import InferenceRESTClient, InferInput, InferRequest, RESTConfig


async def main(port, model, rows):
    client = InferenceRESTClient(RESTConfig(protocol="v2"))
    url = f"http://127.0.0.1:{port}"
    values = numpy.array(json.loads(rows))
    answers = {}
    for form in ["json", "binary"]:
        tensor = InferInput("input-0", list(values.shape), "FP64")
        tensor.set_data_from_numpy(values, binary_data=form == "binary")
        request = InferRequest(model_name=model, infer_inputs=[tensor], request_id="7")
        answer = await client.infer(url, data=request, model_name=model, timeout=20)
        output = answer.outputs[0]
        answers[form] = {
            "id": answer.id, "model": answer.model_name, "name": output.name, "datatype": output.datatype,
            "values": output.as_numpy().tolist(),
        }
    answers["ready"] = await client.is_model_ready(url, model, timeout=20)
    answers["server"] = [await client.is_server_ready(url, timeout=20), await client.is_server_live(url, timeout=20)]
    await client.close()
    print(json.dumps(answers, sort_keys=True))


asyncio.run(main(*sys.argv[1:]))
