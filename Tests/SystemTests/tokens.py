"""An identity provider: writes its key set to a file, and prints tokens that PyJWT signed with its keys.

usage: tokens.py FILE
"""

import json
import sys
import time

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

KEYS = {
    "rsa": rsa.generate_private_key(public_exponent=65537, key_size=2048),
    "p256": ec.generate_private_key(ec.SECP256R1()),
    "p384": ec.generate_private_key(ec.SECP384R1()),
    "p521": ec.generate_private_key(ec.SECP521R1()),
    "ed25519": ed25519.Ed25519PrivateKey.generate(),
}
ALGORITHMS = {
    "RS256": "rsa", "RS384": "rsa", "RS512": "rsa", "PS256": "rsa", "PS384": "rsa", "PS512": "rsa",
    "ES256": "p256", "ES384": "p384", "ES512": "p521", "EdDSA": "ed25519",
}


def jwk(name: str) -> dict:
    algorithm = next(algorithm for algorithm, key in ALGORITHMS.items() if key == name)
    key = jwt.get_algorithm_by_name(algorithm).to_jwk(KEYS[name].public_key(), as_dict=True)
    return {"kty": key["kty"], "kid": name} | {k: v for k, v in key.items() if k in ("n", "e", "crv", "x", "y")}


def token(algorithm: str, key, name: str, **claims) -> str:
    now = int(time.time())
    body = {"iss": "https://issuer", "aud": "apus", "sub": "notebook", "iat": now, "exp": now + 600}
    body |= {"roles": ["predict"]} | claims
    return jwt.encode(body, key, algorithm=algorithm, headers={"kid": name})


def main() -> None:
    with open(sys.argv[1], "w") as file:
        json.dump({"keys": [jwk(name) for name in KEYS]}, file)
    public = KEYS["p256"].public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    accepted = {name: token(name, KEYS[key], key) for name, key in ALGORITHMS.items()}
    es256 = KEYS["p256"]
    refused = {
        "none": token("none", None, "p256"),
        "HS256 with the public key": token("HS256", public, "p256"),
        "expired": token("ES256", es256, "p256", exp=int(time.time()) - 120),
        "not yet": token("ES256", es256, "p256", nbf=int(time.time()) + 120),
        "another audience": token("ES256", es256, "p256", aud="other"),
        "another issuer": token("ES256", es256, "p256", iss="https://other"),
        "another key": token("ES256", ec.generate_private_key(ec.SECP256R1()), "p256"),
    }
    operator = token("RS256", KEYS["rsa"], "rsa", sub="operator", roles=["admin"])
    print(json.dumps({"accepted": accepted, "refused": refused, "operator": operator}))


if __name__ == "__main__":
    main()
