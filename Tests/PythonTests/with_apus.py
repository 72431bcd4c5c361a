"""The helpers and `apus models` on one store.

APUS_TOOL names the binary; SystemTests runs this with the one it built.
"""

import json
import os
import subprocess
import unittest
from pathlib import Path

import numpy
from sklearn.linear_model import LinearRegression
from support import StoreTestCase, apus_models, joblib, processes, sha256

TOOL = os.environ["APUS_TOOL"]


def line(slope):
    """A fitted model that tells who saved it, and that Apus serves."""
    return LinearRegression().fit([[0.0], [1.0]], [0.0, float(slope)])


def slope_of(model):
    return round(float(model.predict([[1.0]])[0]))


class SharedStoreTests(StoreTestCase):
    def apus(self, verb, *arguments):
        """What `apus models` prints as JSON."""
        command = [TOOL, "models", verb, *map(str, arguments), "--store", str(self.store), "--json"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, f"{command}: {done.stderr}{done.stdout}")
        return json.loads(done.stdout)

    def file_of(self, slope):
        path = self.home / f"{slope}.pkl"
        joblib.dump(line(slope), path)
        return path

    def assert_both_agree(self, name="a"):
        """Both sides find the same versions whole, and the same one promoted."""
        numbers = self.assert_whole(name)
        shown = self.apus("show", name)
        self.assertEqual((shown["problems"], shown["version"]), ([], self.top(name)["version"]))
        self.assertEqual(shown["metadata"], self.top(name))
        for number, version in zip(numbers, shown["versions"]):
            metadata = self.read(f"{name}/v{number}/metadata.json")
            self.assertEqual((version["version"], version["metadata"]), (number, metadata))
        self.assertEqual(len(shown["versions"]), len(numbers))
        self.assertTrue(all(answer["valid"] for answer in self.apus("validate", name)))
        self.assertTrue(apus_models.validate_kserve_model_structure(self.store / name, name))
        return numbers

    def test_two_writers(self):
        files = [self.file_of(slope) for slope in range(1, 51)]
        gate = processes.Barrier(2)
        notebook = processes.Process(target=self.save_as_notebook, args=(gate, range(51, 101)))
        notebook.start()
        gate.wait()
        for file in files:
            self.apus("save", "a", file)
        notebook.join()
        self.assertEqual(notebook.exitcode, 0)
        self.assertEqual(self.assert_both_agree(), list(range(1, 101)))
        slopes = [slope_of(self.load(version=number)) for number in range(1, 101)]
        writers = [self.read(f"a/v{number}/metadata.json")["written_by"].split()[0] for number in range(1, 101)]
        self.assertEqual([slope for slope in slopes if slope <= 50], list(range(1, 51)))
        self.assertEqual([slope for slope in slopes if slope > 50], list(range(51, 101)))
        self.assertEqual(writers, ["apus" if slope <= 50 else "apus_models.py" for slope in slopes])
        turns = sum(left != right for left, right in zip(writers, writers[1:]))
        print(f"Swift and Python took turns {turns} times in 100 versions")
        self.assertGreater(turns, 1)
        self.assertEqual(self.leftovers(), [])

    def save_as_notebook(self, gate, slopes):
        models = [line(slope) for slope in slopes]
        gate.wait()
        for model in models:
            self.save(model)

    def test_both_adopt_one_file(self):
        for round_number in range(10):
            name = f"round-{round_number}"
            place = f"{name}.pkl" if round_number % 2 else f"{name}/forest.joblib"
            before = sha256(self.write(place, line(0)))
            gate = processes.Barrier(4)
            file = self.file_of(1)
            children = [processes.Process(target=self.save_once, args=(gate, name, file, side)) for side in range(4)]
            for child in children:
                child.start()
            for child in children:
                child.join()
            self.assertEqual([child.exitcode for child in children], [0] * 4)
            sums = [sha256(self.store / name / f"v{number}" / "model.pkl") for number in self.assert_both_agree(name)]
            self.assertEqual((len(sums), sums.count(before)), (5, 1))

    def save_once(self, gate, name, file, side):
        gate.wait()
        if side % 2:
            self.apus("save", name, file)
        else:
            self.save(line(side + 2), name)

    def test_what_python_wrote_as_swift_sees_it(self):
        given = {"scores": {"f1": 0.93}, "features": ["cpu"], "seed": 7, "team": "sre", "version": "1.0.0"}
        self.save(line(1), metadata=given)
        self.save(line(2), promote=False)
        self.assertEqual(self.assert_both_agree(), [1, 2])
        (listed,) = self.apus("list")
        self.assertEqual((listed["name"], listed["version"], listed["problem"]), ("a", 1, None))
        metadata = listed["metadata"]
        self.assertEqual(metadata["framework"]["name"], "scikit-learn")
        self.assertEqual((metadata["scores"], metadata["features"]), ({"f1": 0.93}, {"names": ["cpu"]}))
        self.assertEqual((metadata["seed"], metadata["team"], metadata["given"]), (7, "sre", {"version": "1.0.0"}))

    def test_what_swift_wrote_as_python_sees_it(self):
        self.apus("save", "a", self.file_of(1))
        self.apus("save", "a", self.file_of(2), "--no-promote")
        self.assertEqual(self.assert_both_agree(), [1, 2])
        self.assertEqual(apus_models.list_models_in_pvc(store=self.store), ["a"])
        self.assertEqual((slope_of(self.load()), slope_of(self.load(version=2))), (1, 2))

    def test_metadata_is_spelled_alike(self):
        self.save(line(1))
        self.apus("save", "a", self.file_of(1))
        ours, theirs = (self.read(f"a/v{number}/metadata.json") for number in (1, 2))
        shared = [key for key in ours if key in theirs]
        self.assertEqual(shared, [key for key in theirs if key in ours], "the same order")
        for key in ("name", "framework", "estimator", "file"):
            self.assertEqual(ours[key], theirs[key], key)
        for key in ("datatype", "shape"):
            self.assertEqual(ours["inputs"][0][key], theirs["inputs"][0][key])
        for key in ("created", "id", "sha256"):
            self.assertEqual([len(ours[key]), ours[key].lower()], [len(theirs[key]), ours[key].lower()], key)

    def test_history_goes_back_and_forth(self):
        self.save(line(1))
        self.apus("save", "a", self.file_of(2))
        self.save(line(3))
        self.assertEqual(self.top()["history"], [1, 2])
        self.apus("rollback", "a")
        self.assertEqual((slope_of(self.load()), self.top()["history"]), (2, [1]))
        self.save(line(4))
        self.apus("promote", "a", "v1")
        self.assertEqual((slope_of(self.load()), self.top()["history"]), (1, [1, 2, 4]))
        self.assert_both_agree()

    def test_each_repairs_what_the_other_left(self):
        """As a writer leaves it that was killed between its two renames."""
        top = self.store / "a" / "a_metadata.json"
        self.save(line(1))
        old = top.read_bytes()
        self.apus("save", "a", self.file_of(2))
        top.write_bytes(old)
        self.assertEqual((self.apus("show", "a")["version"], slope_of(self.load())), (2, 2))
        self.save(line(3), promote=False)
        repaired = {key: value for key, value in self.top().items() if key != "promoted"}
        self.assertEqual((repaired["version"], repaired["history"]), (2, [1]))
        top.write_bytes(old)
        self.apus("save", "a", self.file_of(4), "--no-promote")
        self.assertEqual({key: value for key, value in self.top().items() if key != "promoted"}, repaired)
        self.assert_both_agree()

    def test_deleted_numbers_stay_used(self):
        self.save(line(1))
        self.save(line(2), promote=False)
        self.apus("delete", "a", "v2")
        self.save(line(3), promote=False)
        self.assertEqual(sorted(path.name for path in (self.store / "a").glob("v*")), ["v1", "v2", "v3"])
        self.refuses("no v2 (versions: v1, v3;", self.load, version=2, error=FileNotFoundError)
        self.apus("delete", "a")
        self.assertEqual(apus_models.list_models_in_pvc(store=self.store), [])

    def test_migrations(self):
        self.write("swift.pkl", line(1))
        self.write("python.pkl", line(2))
        self.apus("migrate", "swift")
        apus_models.migrate_model_to_pvc("python", store=self.store)
        for name in ("swift", "python"):
            self.assertEqual(self.assert_both_agree(name), [1])
        self.assertEqual(sorted(os.listdir(self.store)), ["python", "swift"])

    def test_answers(self):
        path = Path(self.save(line(5)))
        rows = self.home / "rows.csv"
        rows.write_text("1\n3\n")
        done = subprocess.run([TOOL, "predict", path, "--input", rows], capture_output=True, text=True, timeout=60)
        answers = json.loads(done.stdout)["predictions"]
        self.assertTrue(numpy.allclose(answers, joblib.load(path).predict([[1.0], [3.0]])), done.stderr)


if __name__ == "__main__":
    unittest.main()
