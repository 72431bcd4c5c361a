"""A real MLflow tracking server with models that MLflow itself logged, until the process is ended.

usage: mlflow_server.py FOLDER
Prints one JSON line when it is ready: the server's address, and what was logged. Reads lines `ALIAS VERSION` from the
standard input, and moves the alias of the model `pm`; answers each with a line.
"""

import json
import os
import pathlib
import socket
import subprocess
import sys
import time
import urllib.request

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"


def start_server(folder):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [pathlib.Path(sys.executable).parent / "mlflow", "server", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--backend-store-uri", f"sqlite:///{folder}/mlflow.db", "--workers", "1"]
    command += ["--artifacts-destination", str(folder / "artifacts")]
    environment = os.environ | {"MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"}
    subprocess.Popen(command, cwd=folder, env=environment, stdout=sys.stderr, stdin=subprocess.DEVNULL)
    return f"http://127.0.0.1:{port}"


def wait(address):
    for _ in range(600):
        try:
            return urllib.request.urlopen(f"{address}/health").read()
        except OSError:
            time.sleep(0.1)
    sys.exit("the MLflow server did not start")


def main(folder):
    folder = pathlib.Path(folder)
    address = start_server(folder)
    # The server starts meanwhile.
    import mlflow
    import numpy
    import pandas
    from mlflow.models import infer_signature
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    generator = numpy.random.default_rng(1)
    rows = generator.normal(size=(200, 4))
    named = pandas.DataFrame(rows, columns=["cpu", "memory", "restarts", "network"])
    labels = (rows[:, 0] > 0).astype(int)
    models = [
        make_pipeline(StandardScaler(), RandomForestClassifier(5, random_state=seed)).fit(data, labels)
        for seed, data in enumerate([rows, named])
    ]

    class Constant(mlflow.pyfunc.PythonModel):
        def predict(self, context, model_input, params=None):
            return [1] * len(model_input)

    wait(address)
    mlflow.set_tracking_uri(address)
    options = {"serialization_format": "cloudpickle", "registered_model_name": "pm"}
    logged = []
    for model, data in zip(models, [rows, named], strict=True):
        with mlflow.start_run() as run:
            info = mlflow.sklearn.log_model(
                model, name="model", signature=infer_signature(data, model.predict(data)), **options
            )
            logged.append({"run": run.info.run_id, "uri": info.model_uri})
    with mlflow.start_run():
        mlflow.pyfunc.log_model(name="constant", python_model=Constant(), registered_model_name="constant")
        mlflow.sklearn.log_model(
            LogisticRegression().fit(rows, labels), name="skops", registered_model_name="skops",
            serialization_format="skops",
        )  # fmt: skip
    client = mlflow.MlflowClient()
    client.set_registered_model_alias("pm", "champion", "1")
    client.transition_model_version_stage("pm", "1", "Production")
    files = [
        str(next(folder.glob(f"artifacts/*/models/{entry['uri'].removeprefix('models:/')}/artifacts/model.pkl")))
        for entry in logged
    ]
    question = rows[:3]
    print(
        json.dumps({
            "address": address, "logged": logged, "files": files, "rows": question.tolist(),
            "answers": [model.predict(question).tolist() for model in models],
        }),
        flush=True,
    )  # fmt: skip
    for line in sys.stdin:
        alias, version = line.split()
        client.set_registered_model_alias("pm", alias, version)
        print(json.dumps({"alias": alias, "version": version}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
