#!/usr/bin/env python3
"""Asks a running server with Triton's own gRPC client, and for its health with gRPC's, and prints what they understood.

usage: triton_grpc.py PORT MODEL '[[1.0, 2.0], ...]'
"""
import json
import queue
import sys

import grpc
import numpy
import tritonclient.grpc as triton
from google.protobuf.descriptor_pool import DescriptorPool
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase
from tritonclient.grpc import service_pb2, service_pb2_grpc
from tritonclient.utils import InferenceServerException


def tensor_of(values):
    tensor = triton.InferInput("input-0", list(values.shape), "FP64")
    return tensor.set_data_from_numpy(values)


def refusal(action):
    try:
        action()
    except InferenceServerException as error:
        return error.status()
    except grpc.RpcError as error:
        return str(error.code())
    return None


def typed(channel, model, values):
    """An answer to typed contents, which Triton's client itself does not send."""
    stub = service_pb2_grpc.GRPCInferenceServiceStub(channel)
    request = service_pb2.ModelInferRequest(model_name=model, id="7")
    tensor = request.inputs.add(name="input-0", datatype="FP64", shape=values.shape)
    tensor.contents.fp64_contents.extend(values.flatten())
    answer = stub.ModelInfer(request)
    assert answer.id == "7" and not answer.raw_output_contents
    return list(answer.outputs[0].contents.int64_contents)


def stream(client, model, values):
    """The labels and the refusal that one stream brings."""
    answers = queue.Queue()
    client.start_stream(lambda result, error: answers.put((result, error)))
    for name in [model, "x", model]:
        client.async_stream_infer(name, [tensor_of(values)])
    client.stop_stream()
    report = []
    while not answers.empty():
        result, error = answers.get()
        report.append(error.message() if error else result.as_numpy("output-0").tolist())
    return report


def health(channel):
    stub = health_pb2_grpc.HealthStub(channel)
    names = ["", "inference.GRPCInferenceService"]
    statuses = [stub.Check(health_pb2.HealthCheckRequest(service=name)).status for name in names]
    watched = next(stub.Watch(health_pb2.HealthCheckRequest())).status
    statuses = [health_pb2.HealthCheckResponse.ServingStatus.Name(status) for status in [*statuses, watched]]
    return [*statuses, refusal(lambda: stub.Check(health_pb2.HealthCheckRequest(service="x")))]


def reflection(channel):
    """The services, and the fields of a message that the server describes."""
    database = ProtoReflectionDescriptorDatabase(channel)
    pool = DescriptorPool(database)
    service = pool.FindServiceByName("inference.GRPCInferenceService")
    fields = pool.FindMessageTypeByName("inference.ModelInferRequest.InferInputTensor").fields_by_name
    return [sorted(database.get_services()), len(service.methods), list(fields)]


def main(port, model, rows):
    client = triton.InferenceServerClient(f"127.0.0.1:{port}")
    channel = grpc.insecure_channel(f"127.0.0.1:{port}")
    values = numpy.array(json.loads(rows))
    names = ["output-0", "decision_function"]
    outputs = [triton.InferRequestedOutput(name) for name in names]
    answer = client.infer(model, [tensor_of(values)], outputs=outputs, request_id="7")
    assert answer.get_response().id == "7"
    metadata = client.get_model_metadata(model, as_json=True)
    large = tensor_of(numpy.zeros((1 << 18, values.shape[1])))
    unknown = [triton.InferRequestedOutput("x")]
    report = {
        "live": client.is_server_live(), "ready": client.is_server_ready(), "model": client.is_model_ready(model),
        "server": client.get_server_metadata().name, "inputs": metadata["inputs"],
        "outputs": [output["name"] for output in metadata["outputs"]],
        "index": [[entry.name, entry.state] for entry in client.get_model_repository_index().models],
        "labels": answer.as_numpy("output-0").tolist(), "scores": answer.as_numpy("decision_function").shape,
        "typed": typed(channel, model, values), "stream": stream(client, model, values), "health": health(channel),
        "reflection": reflection(channel),
        "unknown output": refusal(lambda: client.infer(model, [tensor_of(values)], outputs=unknown)),
        "unknown model": refusal(lambda: client.infer("x", [tensor_of(values)])),
        "unknown version": refusal(lambda: client.is_model_ready(model, "9")),
        "over the limit": refusal(lambda: client.infer(model, [large])),
    }
    client.unload_model(model)
    report["unloaded"] = refusal(lambda: client.is_model_ready(model))
    client.load_model(model)
    report["loaded"] = client.is_model_ready(model)
    print(json.dumps(report, sort_keys=True))


main(*sys.argv[1:])
