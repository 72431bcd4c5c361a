"""moto's S3 service with buckets and users in it, until the process is ended.

Prints one JSON line when it is ready: the endpoint, the keys of a user who may use the bucket `models`, and those of
one who may not. From then on every request must be signed by one of them, as moto checks.
"""

import json
import logging
import signal
import sys

import boto3
from moto import settings
from moto.core import DEFAULT_ACCOUNT_ID
from moto.s3.models import s3_backends
from moto.server import ThreadedMotoServer

POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:::models", "arn:aws:s3:::models/*"]},
        {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::no-such-bucket"},
    ],
}


def user(iam, name, policy):
    iam.create_user(UserName=name)
    if policy:
        iam.put_user_policy(UserName=name, PolicyName="s3", PolicyDocument=json.dumps(policy))
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return {"access_key": key["AccessKeyId"], "secret_key": key["SecretAccessKey"]}


def main():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    endpoint = "http://{}:{}".format(*server.get_host_and_port())
    access = {"endpoint_url": endpoint, "region_name": "us-east-1"}
    access |= {"aws_access_key_id": "setup", "aws_secret_access_key": "setup"}
    s3 = boto3.client("s3", **access)
    s3.create_bucket(Bucket="models")
    s3.create_bucket(Bucket="public", ACL="public-read")
    backend = s3_backends[DEFAULT_ACCOUNT_ID]["aws"]
    # More than fit into one page of a list, with names that have to be encoded.
    for number in range(1_100):
        backend.put_object("models", f"many objects/+&%ü/{number}.txt", b"x")
    backend.put_object("models", "many objects/+&%ü/z.pkl", b"last")
    iam = boto3.client("iam", **access)
    ready = {"endpoint": endpoint, "user": user(iam, "user", POLICY), "stranger": user(iam, "stranger", None)}
    settings.INITIAL_NO_AUTH_ACTION_COUNT = 0
    print(json.dumps(ready), flush=True)
    signal.pause()


if __name__ == "__main__":
    sys.exit(main())
