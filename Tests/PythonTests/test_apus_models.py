"""What the helpers do, call by call."""

import ast
import inspect
import os
import pickle
import time
import types
import unittest
import warnings
from datetime import datetime
from pathlib import Path
from unittest import mock

import joblib
import numpy
from sklearn.ensemble import IsolationForest
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import RobustScaler
from support import ROOT, StoreTestCase, apus_models, model, sha256

KEYS = (
    "name version id created framework estimator inputs outputs features data seed hyperparameters scores champion "
    "file size sha256 written_by"
).split()


def pipeline():
    rows = numpy.random.default_rng(1).random((40, 3))
    steps = [("scaler", RobustScaler()), ("forest", IsolationForest(n_estimators=5, random_state=42))]
    return Pipeline(steps).fit(rows), rows


class SaveTests(StoreTestCase):
    def test_layout(self):
        path = self.save(model(1))
        self.assertEqual(path, str(self.store / "a" / "model.pkl"))
        self.save(model(2))
        self.assertEqual(self.assert_whole(), [1, 2])
        top = self.top()
        self.assertEqual((top["version"], top["history"]), (2, [1]))
        self.assertEqual(list(top)[-2:], ["promoted", "history"])
        self.assertEqual(self.leftovers(), [])
        self.assertEqual(self.load(), model(2))
        self.assertEqual(self.load(version=1), model(1))

    def test_stock_reader(self):
        fitted, rows = pipeline()
        path = self.save(fitted)
        with open(path, "rb") as file:
            self.assertEqual(file.read(1), b"\x80", "a pickle as it is, not a compressed one")
        self.assertEqual(list(joblib.load(path).predict(rows)), list(fitted.predict(rows)))

    def test_metadata(self):
        fitted, _ = pipeline()
        given = {
            "scores": {"f1": numpy.float32(0.5), "auc": float("nan")},
            "features": ["cpu", "memory", "restarts"],
            "seed": numpy.int64(7),
            "outputs": [{"name": "predict", "datatype": "INT64", "shape": (-1,)}],
            "trained_by": "Zoë \ud800",
            "when": datetime(2026, 1, 2, 3, 4, 5),
            "matrix": numpy.eye(2),
        }
        self.save(fitted, metadata=given)
        metadata = self.read("a/v1/metadata.json")
        known = [key for key in metadata if key in KEYS]
        self.assertEqual(known, [key for key in KEYS if key in metadata])
        self.assertEqual(list(metadata)[len(known) :], ["trained_by", "when", "matrix"])
        self.assertEqual(metadata["framework"]["name"], "scikit-learn")
        self.assertEqual(metadata["estimator"], "sklearn.pipeline.Pipeline")
        self.assertEqual(metadata["inputs"], [{"name": "input", "datatype": "FP64", "shape": [-1, 3]}])
        self.assertEqual(metadata["features"], {"names": ["cpu", "memory", "restarts"]})
        self.assertEqual(metadata["hyperparameters"]["forest__random_state"], 42)
        self.assertEqual((metadata["seed"], metadata["scores"]), (7, {"f1": 0.5, "auc": None}))
        self.assertEqual(metadata["outputs"][0]["shape"], [-1])
        self.assertEqual((metadata["trained_by"], metadata["when"]), ("Zoë ?", "2026-01-02T03:04:05"))
        self.assertEqual(metadata["matrix"], [[1, 0], [0, 1]])
        self.assertRegex(metadata["created"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertRegex(metadata["written_by"], r"^apus_models\.py \d")

    def test_metadata_that_does_not_fit(self):
        given = {"version": "1.0.0", "sha256": "0", "seed": "x", "framework": "sklearn", "inputs": [1], "estimator": 3}
        self.save(model(1), metadata=given)
        metadata = self.read("a/v1/metadata.json")
        self.assertEqual(metadata["given"], given)
        self.assertEqual(metadata["version"], 1)
        self.refuses("nests deeper", self.save, model(1), metadata={"x": self.nested()}, error=ValueError)
        self.refuses("the metadata has", self.save, model(1), metadata={"x": "y" * (1 << 20)})
        self.assertEqual(self.assert_whole(), [1])

    @staticmethod
    def nested():
        value = []
        value.append(value)
        return value

    def test_names(self):
        for name in ["a", "A.b_c-9", "0", "x" * 200]:
            self.save(model(1), name)
            self.assertEqual(self.assert_whole(name), [1])
        bad = ["", ".", "..", "a/b", "/a", "a\0b", "x" * 201, "é", "a b", "-a", ".a", "_a", "a\n", "٣", None, 3]
        for name in bad:
            with self.subTest(name=name):
                for action in (self.save, lambda _, name: self.load(name)):
                    self.refuses("starts with a letter or a digit", action, model(1), name, error=ValueError)
        self.assertEqual(len(os.listdir(self.store)), 4)

    def test_promotion_is_optional(self):
        self.assertEqual(self.save(model(1), promote=False), str(self.store / "a" / "model.pkl"))
        self.assertEqual(self.save(model(2), promote=False), str(self.store / "a" / "v2" / "model.pkl"))
        self.assertEqual(self.load(), model(1))
        self.assertEqual(self.top()["version"], 1)

    def test_overwrite(self):
        self.save(model(1), overwrite=False)
        self.refuses("overwrite=False", self.save, model(2), overwrite=False, error=FileExistsError)
        self.write("b.pkl", model(1))
        self.refuses("overwrite=False", self.save, model(2), "b", overwrite=False, error=FileExistsError)
        self.assertEqual(self.assert_whole(), [1])

    def test_flat_layout_is_not_written(self):
        with self.assertWarnsRegex(UserWarning, "use_subdirectory=False is ignored"):
            path = self.save(model(1), use_subdirectory=False)
        self.assertEqual(path, str(self.store / "a" / "model.pkl"))

    def test_what_cannot_be_pickled_or_loaded_again(self):
        self.save(model(1))
        with self.assertRaises((pickle.PicklingError, AttributeError, TypeError)):
            self.save(lambda: 1)
        self.refuses("cannot be loaded again", self.save, Unloadable())
        self.assertEqual(self.assert_whole(), [1])
        self.assertEqual(self.leftovers(), [])
        self.refuses("cannot be loaded again", self.save, Unloadable(), "b")
        self.assertEqual(os.listdir(self.store), ["a"])

    def test_notebook_classes_are_told(self):
        main = types.ModuleType("__main__")
        main.Ensemble = type("Ensemble", (), {"__module__": "__main__", "__qualname__": "Ensemble"})
        with mock.patch.dict("sys.modules", {"__main__": main}):
            with self.assertWarnsRegex(UserWarning, "no server can load it"):
                self.save({"model": main.Ensemble()})
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            self.save(pipeline()[0])

    def test_store_that_is_not_mounted(self):
        self.refuses("is not mounted", apus_models.save_model_to_pvc, model(1), "a", store=self.home / "none")
        self.assertFalse((self.home / "none").exists())
        self.assertEqual(apus_models.list_models_in_pvc(store=self.home / "none"), [])
        with mock.patch.object(apus_models, "PVC_MODEL_PATH", self.store):
            apus_models.save_model_to_pvc(model(1), "a")
            self.assertEqual(apus_models.list_models_in_pvc(), ["a"])
            self.assertEqual(apus_models.load_model_from_pvc("a"), model(1))

    def test_leftovers_of_dead_writers_are_swept(self):
        folder = self.store / "a" / ".tmp-version-dead"
        fresh = self.write("a/.tmp-version-alive/model.pkl", b"half")
        self.write("a/.tmp-version-dead/model.pkl", b"half")
        copy = self.write("a/.tmp-promote-dead", b"half")
        deleted = self.write(".tmp-deleted-dead/model.pkl", b"old")
        long_ago = time.time() - 4000
        for path in (folder / "model.pkl", folder, copy, deleted, deleted.parent):
            os.utime(path, (long_ago, long_ago))
        self.save(model(1))
        self.assertTrue(fresh.exists())
        self.assertFalse(folder.exists() or copy.exists() or deleted.parent.exists())

    def test_numbers_are_not_used_again(self):
        self.save(model(1))
        self.write("a/v7/deleted.json", b"{}")
        (self.store / "a" / "9").mkdir()
        self.write("a/v10", b"a file")
        self.save(model(2))
        self.assertEqual(self.top()["version"], 11)
        self.refuses("no v7", self.load, version=7, error=FileNotFoundError)

    def test_history_is_bounded(self):
        for number in range(35):
            self.save(model(number, size=10))
        self.assertEqual(self.top()["history"], list(range(3, 35)))


class Unloadable:
    """Pickles well, and fails to load."""

    def __reduce__(self):
        return (int, ("not a number",))


class LoadTests(StoreTestCase):
    def test_missing(self):
        self.save(model(1), "b")
        self.refuses("models in the store: b", self.load, "a", error=FileNotFoundError)
        self.refuses("no v2 (versions: v1;", self.load, "b", version=2, error=FileNotFoundError)

    def test_others_layouts(self):
        self.write("flat.pkl", model(1))
        self.write("lone/forest.joblib", model(2))
        self.write("numbered/1/model.pkl", model(3))
        self.write("numbered/model.pkl", model(3))
        self.write("mlflow/MLmodel", b"flavors: {}")
        self.write("mlflow/model.pkl", model(4))
        self.write("sidecar/model.pkl", model(5))
        self.write("sidecar/sidecar_metadata.json", b'{"accuracy": 1}')
        self.write("ensemble/model.pkl", model(6))
        self.write("ensemble/ensemble_config.pkl", {})
        names = ["ensemble", "flat", "lone", "mlflow", "numbered", "sidecar"]
        self.write("empty/readme.txt", b"")
        self.write("notes.txt", b"")
        self.assertEqual(apus_models.list_models_in_pvc(store=self.store), names)
        loaded = [self.load(name)["number"] for name in names]
        self.assertEqual(loaded, [6, 1, 2, 4, 3, 5])
        self.assertEqual(self.load("numbered", version=1), model(3))

    def test_two_candidates(self):
        self.write("a/x.pkl", model(1))
        self.write("a/y.pickle", model(1))
        self.refuses("More than one model file is detected", self.load)
        self.refuses("More than one model file is detected", self.save, model(2))
        self.assertEqual(sorted(os.listdir(self.store / "a")), ["x.pkl", "y.pickle"])

    def test_lies(self):
        self.save(model(1))
        self.save(model(2))
        top = self.top()
        stale = {**top, **self.read("a/v1/metadata.json")}
        with self.subTest("the top tells of another version"):
            self.write_json("a/a_metadata.json", stale)
            self.assertEqual(self.load(), model(2))
        for text in (b"not JSON", b"[]", b"\xff", b"[" * 100_000, b" " * (2 << 20)):
            with self.subTest("the top is no object", text=text[:10]):
                self.write("a/a_metadata.json", text)
                self.assertEqual(self.load(), model(2))
        with self.subTest("a version is not what its metadata says"):
            self.write("a/v1/model.pkl", model(3))
            self.refuses("is not what was saved", self.load, version=1)
        with self.subTest("a version's metadata is no object"):
            self.write("a/v2/metadata.json", b"not JSON")
            self.refuses("metadata.json is no JSON object", self.load, version=2)
            self.assertEqual(self.load(), model(2))
        with self.subTest("the promoted file is no version"):
            self.write("a/model.pkl", model(4))
            self.assertEqual(self.load(), model(4), "of which nothing is told")
            self.write_json("a/a_metadata.json", top)
            self.refuses("another program wrote it", self.load)
        with self.subTest("a sum without versions"):
            self.write("b/model.pkl", model(5))
            self.write_json("b/b_metadata.json", {"sha256": "0" * 64, "size": 1})
            self.refuses("is not what was saved", self.load, "b")

    def write_json(self, path, value):
        self.write(path, apus_models._json(value))

    def test_half_copied_file(self):
        whole = self.write("x.bin", model(1)).read_bytes()
        self.write("a/model.pkl", whole[: len(whole) // 2])
        with self.assertRaises(Exception):
            self.load()
        self.save(model(2))
        self.assertEqual((self.load(), self.top()["history"]), (model(2), [1]))


class SymbolicLinkTests(StoreTestCase):
    def setUp(self):
        super().setUp()
        self.outside = self.home / "outside"
        self.outside.mkdir()
        joblib.dump(model(0), self.outside / "model.pkl")

    def test_folder_of_a_model(self):
        (self.store / "a").symlink_to(self.outside)
        for action in (self.load, lambda: self.save(model(1))):
            self.refuses(f"{self.store}/a leads out of the store", action)
        self.assertEqual(apus_models.list_models_in_pvc(store=self.store), [])
        self.assertEqual(os.listdir(self.outside), ["model.pkl"])

    def test_version(self):
        self.save(model(1))
        (self.store / "a" / "v2").symlink_to(self.outside)
        self.refuses("a/v2 leads out of the store", self.load, version=2)
        self.save(model(3))
        self.assertEqual(self.top()["version"], 3)

    def test_files(self):
        for link in ("a/model.pkl", "flat.pkl"):
            path = self.store / link
            path.parent.mkdir(exist_ok=True)
            path.symlink_to(self.outside / "model.pkl")
            name = Path(link).parts[0].replace(".pkl", "")
            self.refuses(f"{link} leads out of the store", self.load, name)
        self.refuses("model.pkl leads out of the store", self.save, model(1))
        self.refuses("flat.pkl leads out of the store", apus_models.migrate_model_to_pvc, "flat", store=self.store)

    def test_metadata(self):
        self.save(model(1))
        (self.home / "secret.json").write_text("{}")
        (self.store / "a" / "a_metadata.json").unlink()
        (self.store / "a" / "a_metadata.json").symlink_to(self.home / "secret.json")
        self.refuses("a_metadata.json leads out of the store", self.load)

    def test_links_within_the_store_and_to_it(self):
        self.save(model(1))
        (self.store / "alias").symlink_to(self.store / "a")
        self.assertEqual(self.load("alias"), model(1))
        (self.home / "mount").symlink_to(self.store)
        self.assertEqual(apus_models.load_model_from_pvc("a", store=self.home / "mount"), model(1))


class MigrateTests(StoreTestCase):
    def migrate(self, name="a", source=None, **options):
        return apus_models.migrate_model_to_pvc(name, source, store=self.store, **options)

    def test_flat_file_is_moved(self):
        before = sha256(self.write("a.pkl", model(1)))
        self.write("a_metadata.json", b'{"accuracy": 0.9}')
        self.assertEqual(self.migrate(), str(self.store / "a" / "model.pkl"))
        self.assertEqual(os.listdir(self.store), ["a"])
        self.assertEqual((self.top()["sha256"], self.top()["accuracy"]), (before, 0.9))
        self.refuses("no model file to migrate", self.migrate, "b", error=FileNotFoundError)

    def test_local_file_stays(self):
        local = self.home / "local"
        local.mkdir()
        joblib.dump(model(1), local / "a.pkl", compress=3)
        with mock.patch.object(apus_models, "LOCAL_MODEL_PATH", local):
            self.migrate()
        self.assertEqual(sha256(local / "a.pkl"), self.top()["sha256"], "copied byte for byte")
        self.assertEqual(self.load(), model(1))

    def test_flat_file_beside_a_model_becomes_the_next_version(self):
        self.save(model(1))
        self.write("a.pkl", model(2))
        self.migrate()
        self.assertEqual((self.load(), self.top()["history"], os.listdir(self.store)), (model(2), [1], ["a"]))

    def test_given_source_becomes_the_next_version(self):
        self.save(model(1))
        joblib.dump(model(2), self.home / "other.joblib")
        path = self.migrate(source=self.home / "other.joblib", promote=False)
        self.assertEqual(path, str(self.store / "a" / "v2" / "model.pkl"))
        self.assertEqual(self.load(), model(1))
        self.refuses("no model file", self.migrate, "a", self.home / "none", error=FileNotFoundError)
        (self.home / "text").write_text("no pickle")
        self.refuses("cannot be loaded here", self.migrate, "a", self.home / "text")
        self.assertEqual((self.assert_whole(), self.leftovers()), ([1, 2], []))

    def test_versions_of_scikit_learn(self):
        path = ROOT / "Examples" / "anomaly-detector" / "model.pkl"
        self.migrate(source=path)
        self.assertEqual(self.top()["framework"]["name"], "scikit-learn")
        self.assertEqual(self.top()["inputs"][0]["shape"], [-1, 5])

    def test_top_file_becomes_a_version(self):
        for name in ("forest.joblib", "model.pkl", "model.pickle"):
            with self.subTest(name):
                folder = name.replace(".", "-")
                before = sha256(self.write(f"{folder}/{name}", model(1)))
                self.write(f"{folder}/{folder}_metadata.json", b'{"accuracy": 0.9, "version": "1.0.0"}')
                self.migrate(folder)
                self.assertEqual(self.assert_whole(folder), [1])
                self.assertEqual((self.top(folder)["sha256"], self.top(folder)["accuracy"]), (before, 0.9))
                self.assertEqual(self.top(folder)["given"], {"version": "1.0.0"})
                self.migrate(folder)
                self.assertEqual(self.assert_whole(folder), [1])

    def test_first_save_adopts_the_top_file(self):
        before = sha256(self.write("a/forest.joblib", model(1)))
        self.save(model(2))
        self.assertEqual((self.assert_whole(), self.top()["history"]), ([1, 2], [1]))
        self.assertEqual(sha256(self.store / "a" / "v1" / "model.pkl"), before)

    def test_first_save_adopts_the_flat_file(self):
        self.write("a.pkl", model(1))
        self.write("a_metadata.json", b'{"accuracy": 0.9}')
        self.save(model(2))
        self.assertEqual((self.assert_whole(), self.top()["history"]), ([1, 2], [1]))
        self.assertEqual((self.load(version=1), os.listdir(self.store)), (model(1), ["a"]))
        self.assertEqual(self.read("a/v1/metadata.json")["accuracy"], 0.9)

    def test_empty_file_is_not_adopted(self):
        self.write("a/forest.pkl", b"")
        self.save(model(1))
        self.assertEqual(self.assert_whole(), [1])

    def test_file_that_another_program_wrote_is_kept_as_a_version(self):
        self.save(model(1), metadata={"scores": {"f1": 1}})
        self.write("a/model.pkl", model(2))
        self.save(model(3))
        self.assertNotIn("scores", self.read("a/v2/metadata.json"))
        self.assertEqual((self.assert_whole(), self.load(version=2)), ([1, 2, 3], model(2)))
        self.assertEqual((self.top()["version"], self.top()["history"]), (3, [1, 2]))


class ValidateTests(StoreTestCase):
    def validate(self, name="a"):
        with mock.patch.object(apus_models.time, "sleep"):
            return apus_models.validate_kserve_model_structure(self.store / name, name)

    def test_good(self):
        self.save(model(1))
        self.assertIs(self.validate(), True)
        self.write("b/forest.pkl", model(1))
        self.write("b/b_metadata.json", b'{"accuracy": 1}')
        self.assertIs(self.validate("b"), True)

    def test_rules(self):
        self.refuses("no such folder", self.validate, error=FileNotFoundError)
        (self.store / "a").mkdir()
        self.refuses("has no .pkl at its top", self.validate, error=FileNotFoundError)
        self.write("a/model.pkl", b"")
        self.refuses("is empty", self.validate)
        self.write("a/model.pkl", model(1))
        self.write("a/other.joblib", model(1))
        self.refuses("More than one model file is detected", self.validate, error=RuntimeError)

    def test_metadata_has_to_be_true(self):
        self.save(model(1))
        old = (self.store / "a" / "a_metadata.json").read_bytes()
        self.save(model(2))
        self.write("a/a_metadata.json", old)
        self.refuses("does not tell that model.pkl is v2", self.validate)
        self.save(model(3), promote=False)
        self.assertIs(self.validate(), True)
        self.assertEqual((self.top()["version"], self.top()["history"]), (2, [1]))
        self.write_top_of_killed_rollback()
        self.save(model(4), promote=False)
        self.assertEqual((self.top()["version"], self.top()["history"]), (1, []))
        self.write("a/model.pkl", (self.store / "a" / "v2" / "model.pkl").read_bytes())
        self.write("a/a_metadata.json", b"[]")
        self.refuses("is no JSON object", self.validate)
        (self.store / "a" / "a_metadata.json").unlink()
        self.refuses("does not tell that model.pkl is v2", self.validate)
        self.write("a/model.pkl", model(5))
        self.refuses("does not tell that model.pkl is no version", self.validate)

    def write_top_of_killed_rollback(self):
        self.write("a/model.pkl", (self.store / "a" / "v1" / "model.pkl").read_bytes())


class PlatformTests(unittest.TestCase):
    def test_addresses(self):
        uri = apus_models.get_kserve_storage_uri
        self.assertEqual(uri("anomaly-detector"), "pvc://model-storage-pvc/anomaly-detector")
        self.assertEqual(uri("a", False), "pvc://model-storage-pvc")
        self.assertEqual(uri("a", claim="other"), "pvc://other/a")
        with self.assertRaises(ValueError):
            uri("../a")

    def test_parameters_keep_their_places(self):
        expected = {
            "save_model_to_pvc": "model model_name metadata overwrite validate_kserve use_subdirectory",
            "load_model_from_pvc": "model_name",
            "list_models_in_pvc": "",
            "get_kserve_storage_uri": "model_name use_subpath",
            "migrate_model_to_pvc": "model_name source_path",
            "save_model_to_s3": "model model_name bucket",
            "validate_kserve_model_structure": "model_dir model_name",
        }
        self.assertEqual(sorted([*expected, "StoreError"]), sorted(apus_models.__all__))
        for name, parameters in expected.items():
            actual = inspect.signature(getattr(apus_models, name)).parameters.values()
            places = [value.name for value in actual if value.kind is value.POSITIONAL_OR_KEYWORD]
            self.assertEqual(places, parameters.split(), name)

    def test_syntax_of_python_3_9(self):
        ast.parse((ROOT / "python" / "apus_models.py").read_text(encoding="utf-8"), feature_version=(3, 9))


if __name__ == "__main__":
    unittest.main()
