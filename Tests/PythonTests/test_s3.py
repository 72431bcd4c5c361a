"""save_model_to_s3 against moto's server, over HTTP."""

import hashlib
import io
import logging
import os
import unittest
from unittest import mock

import boto3
from moto.server import ThreadedMotoServer
from support import apus_models, joblib, model


class S3Tests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        server.start()
        cls.addClassCleanup(server.stop)
        cls.host = "{}:{}".format(*server.get_host_and_port())
        environment = {
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": f"http://{cls.host}",
            "AWS_MAX_ATTEMPTS": "1",
        }
        patch = mock.patch.dict(os.environ, environment)
        patch.start()
        cls.addClassCleanup(patch.stop)
        cls.client = boto3.client("s3", endpoint_url=f"http://{cls.host}")
        cls.client.create_bucket(Bucket="model-storage")

    def object(self, key):
        answer = self.client.get_object(Bucket="model-storage", Key=key)
        return answer["Body"].read(), answer["Metadata"]

    def test_save(self):
        # More than boto3 sends in one part.
        large = model(1, size=20 << 20)
        self.assertEqual(apus_models.save_model_to_s3(large, "a"), "s3://model-storage/a.pkl")
        body, metadata = self.object("a.pkl")
        self.assertEqual(joblib.load(io.BytesIO(body)), large)
        self.assertEqual(metadata["sha256"], hashlib.sha256(body).hexdigest())

    def test_key_and_variables_of_kserve(self):
        variables = {"AWS_ENDPOINT_URL": "", "S3_ENDPOINT": self.host, "S3_USE_HTTPS": "0", "S3_VERIFY_SSL": "false"}
        with mock.patch.dict(os.environ, variables):
            address = apus_models.save_model_to_s3(model(2), "a", "model-storage", key="models/a/model.pkl")
        self.assertEqual(address, "s3://model-storage/models/a/model.pkl")
        self.assertEqual(joblib.load(io.BytesIO(self.object("models/a/model.pkl")[0])), model(2))

    def test_settings(self):
        cases = [
            ({}, {}, "auto"),
            ({"S3_ENDPOINT": "s3.local"}, {"endpoint_url": "https://s3.local"}, "path"),
            (
                {"S3_ENDPOINT": "s3.local", "S3_VERIFY_SSL": "0"},
                {"endpoint_url": "https://s3.local", "verify": False},
                "path",
            ),
            ({"AWS_ENDPOINT_URL": "http://h", "S3_USER_VIRTUAL_BUCKET": "1"}, {"endpoint_url": "http://h"}, "virtual"),
        ]
        for environment, expected, style in cases:
            settings = apus_models._s3_settings(environment)
            self.assertEqual(settings.pop("config").s3, {"addressing_style": style})
            self.assertEqual(settings, expected)

    def test_refusals(self):
        def refused(sentence, *arguments):
            with self.assertRaisesRegex(apus_models.StoreError, sentence):
                apus_models.save_model_to_s3(model(1), *arguments)

        refused("s3://no-such-bucket/a.pkl was not saved: .*bucket does not exist", "a", "no-such-bucket")
        with mock.patch.dict(os.environ, {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"}):
            refused("s3://model-storage/a.pkl was not saved: Could not connect", "a")
        with self.assertRaisesRegex(ValueError, "starts with a letter"):
            apus_models.save_model_to_s3(model(1), "../a")

    def test_without_boto3(self):
        with mock.patch.dict("sys.modules", {"boto3": None}):
            with self.assertRaisesRegex(ImportError, "needs boto3: pip install boto3"):
                apus_models.save_model_to_s3(model(1), "a")


if __name__ == "__main__":
    unittest.main()
