"""What the helpers leave behind when they are killed, refused by the system, or run several at once."""

import contextlib
import errno
import os
import resource
import signal
import time
import unittest
from pathlib import Path
from unittest import mock

from support import StoreTestCase, apus_models, model, processes, seeded, sha256

KILLS = int(os.environ.get("APUS_PYTHON_KILLS") or 200)


def in_child(body, *arguments):
    """Starts a process that runs a function, and waits until it begins."""
    begun = processes.Event()

    def run():
        begun.set()
        body(*arguments)

    child = processes.Process(target=run)
    child.start()
    begun.wait()
    return child


class Steps:
    """Counts the changes that the helpers ask the system for, and interrupts one of them."""

    def __init__(self, at=None, action=None):
        self.at = at
        self.action = action
        self.count = 0

    def __enter__(self):
        self.stack = contextlib.ExitStack()
        for owner, name, original in [
            (os, "rename", os.rename),
            (os, "fsync", os.fsync),
            (os, "makedirs", os.makedirs),
            (apus_models, "open", open),
        ]:
            replacement = self.counted(original)
            self.stack.enter_context(mock.patch.object(owner, name, replacement, create=owner is apus_models))
        return self

    def __exit__(self, *_):
        self.stack.close()

    def counted(self, original):
        def call(*arguments, **options):
            is_reading = original is open and arguments[1] == "rb"
            if not is_reading:
                self.count += 1
                if self.count == self.at:
                    self.action()
            return original(*arguments, **options)

        return call


class KillTests(StoreTestCase):
    def test_at_random_moments(self):
        generator = seeded(f"{KILLS} kills")
        self.save(model(0))
        start = time.perf_counter()
        for number in range(1, 6):
            in_child(self.save, model(number)).join()
        usual = (time.perf_counter() - start) / 5
        killed = unfinished = 0
        for number in range(6, 6 + KILLS):
            before = len(self.assert_whole())
            child = in_child(self.save, model(number))
            time.sleep(generator.uniform(0, usual))
            os.kill(child.pid, signal.SIGKILL)
            child.join()
            after = len(self.assert_whole())
            self.assertIn(after - before, (0, 1))
            killed += child.exitcode == -signal.SIGKILL
            unfinished += after == before
        print(f"{killed} of {KILLS} saves were killed before their end, {unfinished} of them left no version")
        self.assertGreater(killed, KILLS // 4)
        self.assertTrue(0 < unfinished < killed)
        self.assert_next_save_tidies(after)

    def assert_next_save_tidies(self, count):
        long_ago = time.time() - 4000
        for path in self.leftovers():
            for part in [*path.glob("*"), path]:
                os.utime(part, (long_ago, long_ago))
        self.save(model(10_000), promote=False)
        self.assertEqual(len(self.assert_whole()), count + 1)
        self.assertEqual(self.leftovers(), [])
        self.assertTrue(apus_models.validate_kserve_model_structure(self.store / "a", "a"))

    def test_before_every_step(self):
        """First save, second save, and the adoption of files that others wrote: killed at each change they make."""
        starts = {
            "first": lambda name: None,
            "second": lambda name: self.save(model(1), name),
            "adoption": lambda name: self.write(f"{name}/forest.joblib", model(1)),
            "flat": lambda name: self.write(f"{name}.pkl", model(1)),
        }
        for start, prepare in starts.items():
            step = 0
            finished = False
            while not finished:
                step += 1
                name = f"{start}-{step}"
                prepare(name)
                child = in_child(self.save_killed_at, step, name)
                child.join()
                finished = child.exitcode == 0
                self.assertIn(child.exitcode, (0, -signal.SIGKILL))
                with self.subTest(start=start, step=step):
                    self.assert_old_or_new(name, start)
            self.assertGreater(step, 15, "the steps of a save")

    def save_killed_at(self, step, name):
        with Steps(step, lambda: os.kill(os.getpid(), signal.SIGKILL)):
            self.save(model(2), name)

    def assert_old_or_new(self, name, start):
        if (self.store / name / "model.pkl").exists():
            self.assert_whole(name)
            self.assertIn(self.load(name), (model(1), model(2)))
        elif start != "first":
            self.assertEqual(self.load(name), model(1))
        self.save(model(3), name)
        self.assert_whole(name)
        self.assertEqual(self.load(name), model(3))
        self.assertTrue(apus_models.validate_kserve_model_structure(self.store / name, name))
        if start != "first":
            self.assertEqual(self.load(name, version=1), model(1))


class FlushTests(StoreTestCase):
    def test_what_is_renamed_was_flushed(self):
        """A crash of the host must not leave a name without its bytes, nor lose a version that was reported."""
        self.save(model(1))
        flushed, renamed = set(), []

        def fsync(descriptor, original=os.fsync):
            flushed.add(os.readlink(f"/proc/self/fd/{descriptor}"))
            original(descriptor)

        def rename(source, destination, original=os.rename):
            inside = {str(path) for path in Path(source).rglob("*")}
            self.assertLessEqual({str(source), *inside}, flushed)
            flushed.discard(str(self.store / "a"))
            original(source, destination)
            renamed.append(Path(destination).name)

        with mock.patch.object(os, "fsync", fsync), mock.patch.object(os, "rename", rename):
            self.save(model(2))
        self.assertEqual(renamed, ["v2", "model.pkl", "a_metadata.json"])
        self.assertIn(str(self.store / "a"), flushed)


class SystemRefusalTests(StoreTestCase):
    def test_every_step_refused(self):
        """Whatever is refused, and where: a sentence, no temporary file, and one whole model."""
        sentences = {
            errno.ENOSPC: "the volume is full",
            errno.EDQUOT: "quota is used up",
            errno.EROFS: "the volume is read-only",
            errno.EACCES: "there is no permission",
        }
        outcomes = ("was not saved", "is saved, but not promoted", "is promoted, but a_metadata.json")
        seen = set()
        for code, sentence in sentences.items():
            self.save(model(0))
            promoted = sha256(self.store / "a" / "model.pkl")
            step = 0
            while True:
                step += 1
                error = OSError(code, os.strerror(code))
                with Steps(step, mock.Mock(side_effect=error)) as steps:
                    try:
                        self.save(model(step))
                        break
                    except apus_models.StoreError as refusal:
                        message = str(refusal)
                self.assertGreaterEqual(steps.count, step)
                self.assertIn(sentence, message)
                outcome = next(text for text in outcomes if text in message)
                seen.add(outcome)
                is_old = sha256(self.store / "a" / "model.pkl") == promoted
                # A rename may be done though the folder could not be flushed after it.
                self.assertTrue(is_old or outcome != "was not saved", message)
                promoted = sha256(self.store / "a" / "model.pkl")
                self.assertEqual(self.leftovers(), [])
                self.assert_whole()
            self.assertGreater(step, 15, "the steps of a save")
        self.assertEqual(seen, set(outcomes))

    def test_first_save_leaves_no_folder(self):
        with Steps(3, mock.Mock(side_effect=OSError(errno.ENOSPC, "full"))):
            self.refuses("a was not saved: the volume is full", self.save, model(1))
        self.assertEqual(os.listdir(self.store), [])

    def test_folder_without_permission(self):
        self.save(model(1))
        (self.store / "a").chmod(0o555)
        self.addCleanup((self.store / "a").chmod, 0o755)
        self.home.chmod(0o755)
        child = in_child(self.expect_refusal, "a was not saved: there is no permission", True)
        child.join()
        self.assertEqual(child.exitcode, 0)
        self.assertEqual((self.assert_whole(), self.leftovers()), ([1], []))

    def test_write_that_fails_in_the_middle(self):
        self.save(model(1))
        child = in_child(self.expect_refusal, "a was not saved: the file is larger", False, 50_000)
        child.join()
        self.assertEqual(child.exitcode, 0)
        self.assertEqual((self.assert_whole(), self.leftovers()), ([1], []))

    def expect_refusal(self, sentence, as_nobody, maximum_size=None):
        if maximum_size is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (maximum_size, maximum_size))
        if as_nobody and os.getuid() == 0:
            os.setuid(65534)
        self.refuses(sentence, self.save, model(2, size=200_000))


class SeveralWritersTests(StoreTestCase):
    def save_many(self, gate, first, count):
        gate.wait()
        for number in range(first, first + count):
            self.save(model(number))

    def run_writers(self, body, *arguments):
        """Runs a function in a process for each arguments, all let go at once."""
        gate = processes.Barrier(len(arguments))
        children = [processes.Process(target=body, args=(gate, *given)) for given in arguments]
        for child in children:
            child.start()
        for child in children:
            child.join()
        self.assertEqual([child.exitcode for child in children], [0] * len(children))

    def test_two_write_fifty_versions_each(self):
        self.run_writers(self.save_many, (1000, 50), (2000, 50))
        numbers = self.assert_whole()
        self.assertEqual(numbers, list(range(1, 101)))
        saved = [self.load(version=number)["number"] for number in numbers]
        for first in (1000, 2000):
            of_one = [number for number in saved if first <= number < first + 50]
            self.assertEqual(of_one, list(range(first, first + 50)), "each writer's in the order it saved them")
        turns = sum((left < 2000) != (right < 2000) for left, right in zip(saved, saved[1:]))
        print(f"two writers took turns {turns} times in 100 versions")
        self.assertGreater(turns, 1)
        self.assertTrue(apus_models.validate_kserve_model_structure(self.store / "a", "a"))
        self.assertEqual(self.leftovers(), [])

    def test_many_adopt_one_file(self):
        for round_number in range(20):
            name = f"round-{round_number}"
            place = f"{name}.pkl" if round_number % 2 else f"{name}/forest.joblib"
            before = sha256(self.write(place, model(0)))
            self.run_writers(self.save_one, *[(name, number) for number in range(1, 7)])
            numbers = self.assert_whole(name)
            sums = [sha256(self.store / name / f"v{number}" / "model.pkl") for number in numbers]
            self.assertEqual((len(numbers), sums.count(before)), (7, 1))
            self.assertTrue(apus_models.validate_kserve_model_structure(self.store / name, name))

    def save_one(self, gate, name, number):
        gate.wait()
        self.save(model(number), name)

    def test_readers_meet_a_whole_model_always(self):
        self.save(model(0))
        writer = in_child(lambda: [self.save(model(number)) for number in range(1, 60)])
        reads = 0
        while writer.is_alive():
            found = self.load()
            self.assertEqual(found, model(found["number"]))
            reads += 1
        self.assertEqual(writer.exitcode, 0)
        self.assertGreater(reads, 10)


if __name__ == "__main__":
    unittest.main()
