"""What other programs make of the same input, as JSON lines: botocore of requests, PyYAML of values."""

import datetime
import json
import random
import string
import sys
from unittest import mock

CHARACTERS = string.ascii_letters + string.digits + " _-.~/%+&=?#:@!$'()*,;[]{}\"\\|<>^`éü€😀"


def text(draw, low, high, characters=CHARACTERS):
    return "".join(draw.choice(characters) for _ in range(draw.randint(low, high)))


def signatures(draw, count):
    """Requests to S3, signed by botocore."""
    from botocore.auth import S3SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials
    from urllib.parse import quote

    for _ in range(count):
        token = text(draw, 10, 400, string.ascii_letters + "+/=") if draw.random() < 0.5 else None
        credentials = Credentials(
            text(draw, 16, 20, string.ascii_uppercase), text(draw, 1, 40, string.ascii_letters + "/+"), token
        )
        region = draw.choice(["us-east-1", "eu-central-1", "minio"])
        time = draw.randrange(1_000_000_000, 4_000_000_000)
        moment = datetime.datetime.fromtimestamp(time, datetime.timezone.utc)
        names = {text(draw, 1, 12): text(draw, 0, 20) for _ in range(draw.randint(0, 4))}
        query = [(quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in names.items()]
        path = "/" + quote(text(draw, 0, 40), safe="/-_.~")
        headers = {"Host": draw.choice(["bucket.s3.amazonaws.com", "localhost:9000"])}
        names = [text(draw, 1, 8, string.ascii_lowercase) for _ in range(3)]
        headers |= {f"x-amz-meta-{name}": text(draw, 0, 20, "ab c  d") for name in names}
        if draw.random() < 0.5:
            headers["Range"] = "bytes=0-99"
        body = text(draw, 0, 50).encode()
        method = draw.choice(["GET", "PUT", "POST", "HEAD", "DELETE"])
        url = f"http://{headers['Host']}{path}"
        request = AWSRequest(
            method=method, url=url + ("?" + "&".join(f"{k}={v}" for k, v in query) if query else ""), data=body,
            headers=dict(headers),
        )
        with mock.patch("botocore.auth.get_current_datetime", lambda *_, **__: moment):
            S3SigV4Auth(credentials, "s3", region).add_auth(request)
        yield {
            "access_key": credentials.access_key, "secret_key": credentials.secret_key, "token": token,
            "region": region, "time": time, "method": method, "path": path, "query": [list(pair) for pair in query],
            "headers": headers, "body": body.decode(), "authorization": request.headers["Authorization"],
        }  # fmt: skip


def yaml_documents(draw, count):
    """Mappings as MLflow's MLmodel has them, written as MLflow writes them."""
    import yaml

    def value(depth):
        kind = draw.random()
        if depth < 4 and kind < 0.25:
            return mapping(depth + 1)
        if kind < 0.35:
            return draw.choice([[], {}, [1, "a b", None], [{"a": "b", "c": ["d"]}], [[1], [2, 3]]])
        if kind < 0.5:
            return draw.choice([None, True, False, 3, -1.5, 1e300, datetime.date(2026, 11, 21)])
        if kind < 0.6:
            names = [text(draw, 1, 30) for _ in range(draw.randint(1, 9))]
            return json.dumps([{"type": "double", "name": name, "required": True} for name in names])
        return text(draw, 0, draw.choice([5, 40, 200]), CHARACTERS + "\n\t\x07 ")

    def mapping(depth):
        keys = [text(draw, 1, 20, draw.choice([string.ascii_lowercase + "_", CHARACTERS])) for _ in range(5)]
        return {key: value(depth) for key in keys}

    def scalars(node):
        """Text as text, mappings as mappings, and the rest as nothing to compare."""
        if isinstance(node, dict):
            return {key: scalars(child) for key, child in node.items()} if node else None
        return node if isinstance(node, str) else None

    for _ in range(count):
        document = mapping(0)
        yield {"yaml": yaml.safe_dump(document, default_flow_style=False), "value": scalars(document)}


if __name__ == "__main__":
    kind, seed, count = sys.argv[1:]
    maker = {"signatures": signatures, "yaml": yaml_documents}[kind]
    for line in maker(random.Random(int(seed)), int(count)):
        print(json.dumps(line))
