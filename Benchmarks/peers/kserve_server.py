#!/usr/bin/env python3
"""Serves one scikit-learn model with the KServe SDK, the way KServe's sklearnserver image does.

usage: kserve_server.py --model_dir FOLDER --model_name NAME --http_port PORT [any flag of kserve.ModelServer]
The SDK's package does not hold sklearnserver itself; this is its behaviour: one file in the folder, joblib.load, the
rows as a numpy array, predict, and the answer as nested lists.
"""

import argparse
import pathlib

import joblib
from kserve import Model, ModelServer, model_server
from kserve.utils.utils import get_predict_input, get_predict_response


class SklearnModel(Model):
    """A fitted estimator behind KServe's predict route."""

    def __init__(self, name, folder):
        super().__init__(name)
        self.folder = pathlib.Path(folder)
        self.estimator = None

    def load(self):
        [file] = self.folder.glob("*.pkl")
        self.estimator = joblib.load(file)
        self.ready = True
        return self.ready

    def predict(self, payload, headers=None, response_headers=None):
        result = self.estimator.predict(get_predict_input(payload))
        return get_predict_response(payload, result, self.name)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(parents=[model_server.parser])
    parser.add_argument("--model_dir", required=True)
    arguments, _ = parser.parse_known_args()
    model = SklearnModel(arguments.model_name, arguments.model_dir)
    model.load()
    ModelServer().start([model])
