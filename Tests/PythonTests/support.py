"""What the tests of apus_models.py share: a store of their own, and what has to hold of every store."""

import hashlib
import json
import multiprocessing
import os
import random
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "python"))

import apus_models  # noqa: E402
import joblib  # noqa: E402

#: Children share nothing with the test but what they were started with, and can be killed.
processes = multiprocessing.get_context("fork")


def seeded(what):
    """A generator whose seed is printed, and can be given again in APUS_PYTHON_SEED."""
    seed = int(os.environ.get("APUS_PYTHON_SEED") or random.SystemRandom().randrange(1 << 32))
    print(f"{what}: APUS_PYTHON_SEED={seed}", flush=True)
    return random.Random(seed)


def model(number, size=20_000):
    """Something to save that tells who saved it, and takes more than one write."""
    return {"number": number, "bytes": random.Random(number).randbytes(size)}


def sha256(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


class StoreTestCase(unittest.TestCase):
    """A test with an empty store."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        self.store = self.home / "store"
        self.store.mkdir()

    def save(self, value, name="a", metadata=None, **options):
        return apus_models.save_model_to_pvc(value, name, metadata, store=self.store, **options)

    def load(self, name="a", **options):
        return apus_models.load_model_from_pvc(name, store=self.store, **options)

    def top(self, name="a"):
        """The metadata of the promoted version."""
        return self.read(f"{name}/{name}_metadata.json")

    def read(self, path):
        return json.loads((self.store / path).read_text(encoding="utf-8"))

    def write(self, path, content):
        """Writes a file of the store: bytes, or anything else by joblib."""
        path = self.store / path
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            joblib.dump(content, path)
        return path

    def leftovers(self):
        return [path for path in self.store.rglob(".*")]

    def refuses(self, sentence, action, *arguments, error=apus_models.StoreError, **options):
        """Expects an error of a class whose message holds a sentence."""
        with self.assertRaises(error) as caught:
            action(*arguments, **options)
        self.assertIn(sentence, str(caught.exception))

    def assert_whole(self, name="a"):
        """Every version is complete and its own, the numbers have no gap, and one promoted file is one of them."""
        folder = self.store / name
        numbers = sorted(int(path.name[1:]) for path in folder.glob("v*"))
        self.assertEqual(numbers, list(range(1, len(numbers) + 1)))
        sums, identities = set(), set()
        for number in numbers:
            metadata = self.read(f"{name}/v{number}/metadata.json")
            path = folder / f"v{number}" / "model.pkl"
            self.assertEqual((metadata["name"], metadata["version"]), (name, number))
            self.assertEqual((metadata["sha256"], metadata["size"]), (sha256(path), path.stat().st_size))
            self.assertEqual(sorted(entry.name for entry in path.parent.iterdir()), ["metadata.json", "model.pkl"])
            joblib.load(path)
            sums.add(metadata["sha256"])
            identities.add(metadata["id"])
        self.assertEqual(len(identities), len(numbers))
        visible = [entry.name for entry in folder.iterdir() if not entry.name.startswith(".") and entry.is_file()]
        self.assertLessEqual(set(visible), {"model.pkl", f"{name}_metadata.json"})
        if "model.pkl" in visible:
            self.assertIn(sha256(folder / "model.pkl"), sums)
            joblib.load(folder / "model.pkl")
            self.load(name)
        return numbers
