"""Reads a model from S3 as KServe does: its initializer downloads all below the URI, its server loads the one file.

usage: s3_reader.py s3://bucket/prefix      (endpoint and credentials from the environment, as boto3 finds them)
Prints a JSON line: the names at the top, and the SHA-256 of the model file.
"""

import hashlib
import json
import os
import pathlib
import sys
import tempfile

import boto3
import joblib


def main(uri):
    bucket, _, prefix = uri.removeprefix("s3://").partition("/")
    s3 = boto3.resource("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        # kserve_storage.py, _download_s3: every object whose key starts with the prefix, below the folder.
        for entry in s3.Bucket(bucket).objects.filter(Prefix=prefix):
            if entry.key.endswith("/") or entry.size == 0:
                continue
            target = folder / entry.key.removeprefix(prefix).lstrip("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            s3.Bucket(bucket).download_file(entry.key, str(target))
        # sklearnserver/model.py: exactly one file with a model's extension at the top.
        models = [file for file in folder.iterdir() if file.suffix in (".joblib", ".pkl", ".pickle")]
        if len(models) != 1:
            sys.exit(f"{len(models)} model files at the top: {models}")
        model = joblib.load(models[0])
        if hasattr(model, "predict"):
            model.predict([[0.0] * model.n_features_in_])
        top = sorted(file.name for file in folder.iterdir())
        print(json.dumps({"top": top, "sha256": hashlib.sha256(models[0].read_bytes()).hexdigest()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
