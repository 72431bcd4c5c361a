"""Calls over gRPC: bodies for the load generator, and a check of what is answered. For KServe's environment.

usage: grpc_calls.py bodies FOLDER OUT         one row of FOLDER/single.v2.jsonl, and a text as long, for h2load
       grpc_calls.py check FOLDER PORT MODEL   asks every row, raw, and compares with scikit-learn's answers
"""

import array
import json
import pathlib
import struct
import sys

import grpc
from google.protobuf.wrappers_pb2 import StringValue
from kserve.protocol.grpc.grpc_predict_v2_pb2 import ModelInferRequest
from kserve.protocol.grpc.grpc_predict_v2_pb2_grpc import GRPCInferenceServiceStub

MODEL = "IF"


def question(line, model=MODEL):
    [tensor] = json.loads(line)["inputs"]
    request = ModelInferRequest(model_name=model, raw_input_contents=[array.array("d", tensor["data"]).tobytes()])
    request.inputs.add(name=tensor["name"], datatype="FP64", shape=tensor["shape"])
    return request


def framed(message):
    """A message as it goes over HTTP/2: not compressed, and its length."""
    content = message.SerializeToString()
    return struct.pack(">BI", 0, len(content)) + content


def bodies(folder, out):
    request = question((folder / "single.v2.jsonl").read_text().splitlines()[0])
    (out / "apus").write_bytes(framed(request))
    (out / "bare-grpc").write_bytes(framed(StringValue(value="x" * request.ByteSize())))


def check(folder, port, model):
    lines = (folder / "single.v2.jsonl").read_text().splitlines()
    answers = json.loads((folder / "single.answers.json").read_text())
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        stub = GRPCInferenceServiceStub(channel)
        for line, answer in zip(lines, answers, strict=True):
            response = stub.ModelInfer(question(line, model), timeout=10, wait_for_ready=True)
            found = list(array.array("q", response.raw_output_contents[0]))
            if found != answer:
                sys.exit(f"{found} instead of {answer}")


def main():
    match sys.argv[1:]:
        case ["bodies", folder, out]:
            bodies(pathlib.Path(folder), pathlib.Path(out))
        case ["check", folder, port, model]:
            check(pathlib.Path(folder), port, model)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
