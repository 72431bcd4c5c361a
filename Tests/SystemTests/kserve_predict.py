#!/usr/bin/env python3
"""Asks a running server with KServe's own client and prints what it understood, as JSON.

usage: kserve_predict.py PORT MODEL '{"instances": [...]}'
"""
import asyncio
import json
import sys

from kserve import InferenceRESTClient, RESTConfig


async def main(port, model, body):
    client = InferenceRESTClient(RESTConfig(protocol="v1"))
    url = f"http://127.0.0.1:{port}"
    answer = await client.infer(url, data=json.loads(body), model_name=model, timeout=20)
    ready = await client.is_model_ready(url, model, timeout=20)
    alive = await client.is_server_live(url, timeout=20)
    await client.close()
    print(json.dumps({"predictions": answer["predictions"], "ready": ready, "alive": alive}, sort_keys=True))


asyncio.run(main(*sys.argv[1:]))
