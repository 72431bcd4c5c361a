"""Models for notebooks, in the store that Apus serves from.

One file that needs joblib alone: copy it beside a notebook, or put it on PYTHONPATH.

    from apus_models import load_model_from_pvc, save_model_to_pvc

    save_model_to_pvc(pipeline, "anomaly-detector", {"scores": {"f1": 0.93}})
    model = load_model_from_pvc("anomaly-detector")

A model is a folder of the store. `v1/`, `v2/`, ... hold its versions, `model.pkl` and `metadata.json` each, which never
change once written; `model.pkl` at the top is a copy of the promoted one, and what KServe and Apus serve. A save writes
a temporary folder, flushes it to the volume and renames it: readers see the old model or the new one, a notebook that
is killed leaves the old model, and writers on several hosts each get a number of their own without any lock.

Loading a pickle runs what is in it: load models only from a store whose writers you trust.
"""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import math
import mmap
import os
import re
import shutil
import sys
import tempfile
import time
import uuid
import warnings
from contextlib import contextmanager, suppress
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any, BinaryIO, Callable, Dict, Iterator, List, Mapping, NamedTuple, Optional, Union

import joblib

__version__ = "0.1.0"
__all__ = [
    "StoreError",
    "get_kserve_storage_uri",
    "list_models_in_pvc",
    "load_model_from_pvc",
    "migrate_model_to_pvc",
    "save_model_to_pvc",
    "save_model_to_s3",
    "validate_kserve_model_structure",
]

PathLike = Union[str, "os.PathLike[str]"]
Metadata = Dict[str, Any]

#: Where the volume of models is mounted: the store of every function that is not given one.
PVC_MODEL_PATH = Path(os.environ.get("APUS_STORE") or "/mnt/models")
#: Where workbenches kept models before: the first place that `migrate_model_to_pvc` looks at.
LOCAL_MODEL_PATH = Path("/opt/app-root/src/models")
#: The claim of the volume of models.
PVC_CLAIM = "model-storage-pvc"

logger = logging.getLogger("apus_models")


class StoreError(RuntimeError):
    """What the store refuses or could not do, as a sentence for people."""


def save_model_to_pvc(
    model: Any,
    model_name: str,
    metadata: Optional[Mapping[str, Any]] = None,
    overwrite: bool = True,
    validate_kserve: bool = True,
    use_subdirectory: bool = True,
    *,
    promote: bool = True,
    store: Optional[PathLike] = None,
) -> str:
    """Saves a fitted model as a new version and promotes it: servers that watch the store swap to it.

    The file is loaded again before anybody can see it. Earlier versions stay; nothing is ever written over.

    Args:
        model: the fitted object; one of standard classes, a Pipeline say, or servers cannot load it.
        model_name: 1 to 200 characters of A-Z a-z 0-9 . _ -, the first one a letter or digit.
        metadata: what else to keep: `scores`, `hyperparameters`, `features`, `data`, `seed`, or anything of your own.
        overwrite: False refuses to promote anything in the place of an existing model.
        validate_kserve: refuse a folder with other model files at its top, on which KServe would crash.
        use_subdirectory: False, the former flat layout, is no longer written: a warning, and a folder all the same.
        promote: False keeps what is promoted; the first version of a model is promoted all the same.
        store: the folder of all models; `PVC_MODEL_PATH` if not given.

    Returns:
        The path of the promoted `model.pkl`, or of the version's if it was not promoted.

    Raises:
        StoreError: the store is not mounted, full or read-only, the model cannot be loaded again, or several files at
            the top of its folder could be the model.
        FileExistsError: `overwrite` is False and there is a model.
        ValueError: the name breaks the rule.
    """
    folder = _ModelFolder(model_name, store)
    if not use_subdirectory:
        warnings.warn("use_subdirectory=False is ignored: each model is a folder of the store", stacklevel=2)
    if not overwrite and (folder.top_file() or folder.flat_file()):
        raise FileExistsError(f"{folder.path} holds a model, and overwrite=False keeps it as it is")
    if validate_kserve:
        folder.refuse_strays()
    with _explained(f"{model_name} was not saved"), folder.staging() as staged:
        checksum = _dump(model, staged / _MODEL_FILE)
        folder.adopt()
        number = folder.place(staged, _new_metadata(model_name, metadata, _facts(model), checksum))
    return folder.finish(number, promote)


def load_model_from_pvc(model_name: str, *, version: Optional[int] = None, store: Optional[PathLike] = None) -> Any:
    """Loads the promoted model, or one of its versions, once its bytes agree with the sha256 that was saved.

    A folder that others wrote, without versions, and the flat file `<store>/<name>.pkl` are read too.

    Raises:
        FileNotFoundError: there is no such model or version; the message names those there are.
        StoreError: the file is not the one that was saved, or several could be the model.
    """
    folder = _ModelFolder(model_name, store)
    # Read through one handle: what was compared is what is loaded, whatever is renamed meanwhile.
    file = folder.open(lambda: folder.model_file(version))
    if file is None:
        wanted = "no promoted version" if version is None else f"no v{version}"
        versions = ", ".join(f"v{number}" for number in folder.versions()) or "none"
        models = ", ".join(list_models_in_pvc(store=store)) or "none"
        raise FileNotFoundError(f"{folder.path}: {wanted} (versions: {versions}; models in the store: {models})")
    with file:
        folder.refuse_altered(Path(file.name), _checksum(file))
        file.seek(0)
        model = joblib.load(file)
    logger.info("loaded %s", file.name)
    return model


def list_models_in_pvc(*, store: Optional[PathLike] = None) -> List[str]:
    """The names of all models of the store, sorted; none if there is no store."""
    root = _store_path(store)
    names = set()
    for entry in _entries(root):
        path = Path(entry.path)
        is_flat = path.suffix == ".pkl" and entry.is_file()
        name = path.stem if is_flat else entry.name
        if _NAME.fullmatch(name) and _is_inside(root, path) and (is_flat or _holds_model(path)):
            names.add(name)
    return sorted(names)


def get_kserve_storage_uri(model_name: str, use_subpath: bool = True, *, claim: str = PVC_CLAIM) -> str:
    """The `storageUri` of an InferenceService for a model: `pvc://model-storage-pvc/anomaly-detector`.

    KServe mounts a folder, so this names the model's folder, never its file. `use_subpath=False` names the whole claim,
    from which every model in it is served.
    """
    _check_name(model_name)
    return f"pvc://{claim}/{model_name}" if use_subpath else f"pvc://{claim}"


def migrate_model_to_pvc(
    model_name: str,
    source_path: Optional[PathLike] = None,
    *,
    promote: bool = True,
    store: Optional[PathLike] = None,
) -> str:
    """Takes a model file from elsewhere into the store, byte for byte, as a new version.

    Without a source it is looked for where models used to be: `LOCAL_MODEL_PATH/<name>.pkl`, then the flat file
    `<store>/<name>.pkl`, which is moved, then a file at the top of the model's folder that is no version yet. A
    `<name>_metadata.json` beside the source is kept as metadata.

    Returns:
        The path of the promoted `model.pkl`, or of the version's if it was not promoted.

    Raises:
        FileNotFoundError: there is no file to migrate.
        StoreError: the file cannot be loaded, or the store cannot be written.
    """
    folder = _ModelFolder(model_name, store)
    folder.refuse_strays()
    local, flat, top = LOCAL_MODEL_PATH / f"{model_name}.pkl", folder.flat_file(), folder.top_file()
    source = Path(source_path) if source_path is not None else local if local.is_file() else flat or top
    if source is None or not source.is_file():
        raise FileNotFoundError(f"no model file to migrate: {source or f'{local}, {folder.path}.pkl'}")
    served = top or flat
    if served is not None and os.path.samefile(source, served):
        with _explained(f"{model_name} was not migrated"):
            folder.adopt(_facts_of_file)
        return str(folder.path / _MODEL_FILE)
    sidecar = source.with_name(f"{model_name}_metadata.json")
    with _explained(f"{model_name} was not migrated"), folder.staging() as staged:
        checksum = _copy(source, staged / _MODEL_FILE)
        facts = _facts_of_file(staged / _MODEL_FILE, source)
        folder.adopt()
        number = folder.place(staged, _new_metadata(model_name, _told_beside(sidecar, checksum), facts, checksum))
    path = folder.finish(number, promote)
    if source == flat:
        with _explained(f"{model_name} v{number} is saved, but {source} is still there"):
            source.unlink()
            sidecar.unlink(missing_ok=True)
    return path


def validate_kserve_model_structure(model_dir: PathLike, model_name: str) -> bool:
    """Whether a model's folder is one that KServe and Apus serve: True, or an error that says what to do.

    Raises:
        FileNotFoundError: no such folder, or no `.pkl` at its top.
        StoreError: several model files at the top, an empty one, or metadata that is not true of it.
    """
    path = Path(model_dir)
    folder = _ModelFolder(model_name, path.parent, path)
    if not path.is_dir():
        raise FileNotFoundError(f"no such folder: {path}")
    folder.refuse_strays()
    file = folder.top_file()
    if file is None or file.suffix != ".pkl":
        raise FileNotFoundError(f"{path} has no .pkl at its top, and KServe needs exactly one: save a model there")
    if os.path.getsize(folder.inside(file)) == 0:
        raise StoreError(f"{file} is empty: save the model again")
    complaint = folder.untrue_metadata()
    for _ in range(20):
        if complaint is None:
            return True
        # Between the two renames of somebody's promotion the metadata is a moment behind.
        time.sleep(0.1)
        complaint = folder.untrue_metadata()
    raise StoreError(complaint)


def save_model_to_s3(model: Any, model_name: str, bucket: str = "model-storage", *, key: Optional[str] = None) -> str:
    """Uploads a fitted model to S3 and returns its address: `s3://<bucket>/<name>.pkl`, unless a key is given.

    Credentials are found as boto3 does; of KServe's variables AWS_ENDPOINT_URL, S3_ENDPOINT, S3_USE_HTTPS,
    S3_VERIFY_SSL and S3_USER_VIRTUAL_BUCKET are followed. The object carries the file's sha256.

    Raises:
        ImportError: boto3 is not installed.
        StoreError: the upload failed, with the server's reason.
        ValueError: the name breaks the rule.
    """
    _check_name(model_name)
    try:
        import boto3
        from boto3.exceptions import Boto3Error
        from botocore.exceptions import BotoCoreError, ClientError
    except ImportError as error:
        raise ImportError("save_model_to_s3 needs boto3: pip install boto3 (save_model_to_pvc does without)") from error
    key = key or f"{model_name}.pkl"
    address = f"s3://{bucket}/{key}"
    with _explained(f"{address} was not saved"), tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / _MODEL_FILE
        checksum = _dump(model, path)
        try:
            client = boto3.client("s3", **_s3_settings(os.environ))
            client.upload_file(str(path), bucket, key, ExtraArgs={"Metadata": {"sha256": checksum.sha256}})
            size = client.head_object(Bucket=bucket, Key=key)["ContentLength"]
        except (Boto3Error, BotoCoreError, ClientError) as error:
            raise StoreError(f"{address} was not saved: {error}") from error
    if size != checksum.size:
        raise StoreError(f"{address} has {size} bytes, but {checksum.size} were sent: save it again")
    logger.info("saved %s", address)
    return address


# --- the layout of a store ---------------------------------------------------------------------------------------

_MODEL_FILE = "model.pkl"
_METADATA_FILE = "metadata.json"
_TOMBSTONE = "deleted.json"
_TEMPORARY = ".tmp-"
_PREFERRED = ("model.pkl", "model.joblib", "model.pickle")
_ENDINGS = (".joblib", ".pickle", ".pkl")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
_VERSION = re.compile(r"v?([1-9][0-9]{0,8})")
#: Numbers of versions promoted before that are remembered.
_MAXIMUM_HISTORY = 32
_MAXIMUM_METADATA_BYTES = 1 << 20
_MAXIMUM_METADATA_DEPTH = 64
#: The age from which a temporary file is a dead writer's.
_LEFTOVER_SECONDS = 3600
_CHUNK_BYTES = 1 << 20

#: What metadata says of a model, in this order, between what the store says of the file.
_DESCRIPTION = "framework estimator inputs outputs features data seed hyperparameters scores champion".split()
#: The keys that are the store's own.
_OWN = "name version id created file size sha256 written_by promoted history".split()

_PROBLEMS = {
    errno.ENOSPC: "the volume is full",
    errno.EDQUOT: "the volume's quota is used up",
    errno.EFBIG: "the file is larger than is allowed",
    errno.EROFS: "the volume is read-only",
    errno.EACCES: "there is no permission",
    errno.EPERM: "there is no permission",
}


class _Checksum(NamedTuple):
    sha256: str
    #: In bytes.
    size: int

    def agrees(self, metadata: Optional[Metadata]) -> bool:
        return metadata is not None and (metadata.get("sha256"), metadata.get("size")) == self


class _Promoted(NamedTuple):
    """What the file at the top of a model's folder is, found by its bytes."""

    path: Path
    checksum: _Checksum
    #: The version it is a copy of, if any.
    number: Optional[int]
    #: Whether the metadata beside it says so.
    is_told: bool


class _ModelFolder:
    """The folder of one model."""

    def __init__(self, name: str, store: Optional[PathLike], path: Optional[Path] = None) -> None:
        _check_name(name)
        self.name = name
        self.store = _store_path(store)
        self.path = path or self.store / name
        self.top_metadata = self.path / f"{name}_metadata.json"
        self.inside(self.path)

    def inside(self, path: Path) -> Path:
        """The path, unless it leads out of the store."""
        if not _is_inside(self.store, path):
            raise StoreError(f"{path} leads out of the store {self.store}, to {os.path.realpath(path)}: not followed")
        return path

    # Reading

    def top_file(self) -> Optional[Path]:
        return _model_file(self.path)

    def flat_file(self) -> Optional[Path]:
        """The file of the former layout, `<store>/<name>.pkl`."""
        path = self.store / f"{self.name}.pkl"
        return self.inside(path) if path.is_file() else None

    def versions(self) -> Dict[int, Path]:
        """The folders of the versions that were not deleted, oldest first; `v3` rather than `3`."""
        found: Dict[int, Path] = {}
        for entry in _entries(self.path):
            match = _VERSION.fullmatch(entry.name)
            if match and entry.is_dir() and not os.path.exists(os.path.join(entry.path, _TOMBSTONE)):
                if entry.name.startswith("v") or int(match[1]) not in found:
                    found[int(match[1])] = Path(entry.path)
        return dict(sorted(found.items()))

    def model_file(self, number: Optional[int]) -> Optional[Path]:
        """The file of a version, or else of the promoted model."""
        if number is None:
            return self.top_file() or self.flat_file()
        folder = self.versions().get(number)
        return folder and _model_file(self.inside(folder))

    def open(self, find: Callable[[], Optional[Path]]) -> Optional[BinaryIO]:
        """Opens the file that is found, or another one if a writer gives it another name meanwhile."""
        while True:
            path = find()
            if path is None:
                return None
            with suppress(FileNotFoundError):
                return open(self.inside(path), "rb")

    def metadata(self, number: int) -> Metadata:
        """The metadata of a version; of one that others wrote without a sha256, what its file tells."""
        folder = self.versions().get(number)
        if folder is None:
            raise StoreError(f"{self.path} has no v{number}")
        metadata = _read_json(self.inside(folder / _METADATA_FILE))
        path = _model_file(self.inside(folder))
        if path is None or (metadata is not None and "sha256" in metadata):
            return metadata or {}
        created = os.path.getmtime(self.inside(path))
        return {**_new_metadata(self.name, metadata, {}, _checksum_of(path), created), "version": number}

    def version_of(self, checksum: _Checksum) -> Optional[int]:
        """The newest version with these bytes."""
        for number in reversed(list(self.versions())):
            with suppress(StoreError, OSError):
                if checksum.agrees(self.metadata(number)):
                    return number
        return None

    def promoted(self) -> Optional[_Promoted]:
        file = self.open(self.top_file)
        if file is None:
            return None
        with file:
            checksum = _checksum(file)
        told = _read_json(self.inside(self.top_metadata)) or {}
        if checksum.agrees(told) and type(told.get("version")) is int:
            return _Promoted(Path(file.name), checksum, told["version"], True)
        return _Promoted(Path(file.name), checksum, self.version_of(checksum), False)

    def refuse_altered(self, path: Path, checksum: _Checksum) -> None:
        """Throws if a file that is about to be loaded has other bytes than were saved."""
        if path.parent == self.store:
            return
        is_version = path.parent != self.path
        metadata = self.inside(path.parent / _METADATA_FILE if is_version else self.top_metadata)
        told = _read_json(metadata)
        if checksum.agrees(told) or (not is_version and self.version_of(checksum) is not None):
            return
        if is_version and told is None and os.path.exists(metadata):
            raise StoreError(f"{metadata} is no JSON object, so {path} cannot be compared with what was saved")
        if told is not None and "sha256" in told:
            raise StoreError(
                f"{path} is not what was saved: it is damaged, or another program wrote it. Load another version, "
                f"or take it as a new one with migrate_model_to_pvc({self.name!r}, {str(path)!r})"
            )

    def refuse_strays(self) -> None:
        names = _model_files(self.path)
        if len(names) > 1:
            raise _ambiguous(self.path, names)

    def untrue_metadata(self) -> Optional[str]:
        """What is not true in the metadata at the top, and what to do; None if all is."""
        told = _read_json(self.inside(self.top_metadata))
        if told is None and os.path.exists(self.top_metadata):
            return f"{self.top_metadata} is no JSON object: the next save writes it anew"
        promoted = self.promoted()
        is_foreign = not self.versions() and "sha256" not in (told or {})
        if promoted is None or promoted.is_told or is_foreign:
            return None
        actual = "no version" if promoted.number is None else f"v{promoted.number}"
        return f"{self.top_metadata} does not tell that {_MODEL_FILE} is {actual}: the next save writes it anew"

    # Writing

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """A temporary folder to write a version into; removed if it is not placed."""
        if not self.store.is_dir():
            raise StoreError(f"{self.store} is not mounted: mount the claim {PVC_CLAIM} there, or pass store=...")
        is_new = not self.path.exists()
        staged = self.path / _temporary("version")
        try:
            os.makedirs(staged)
            if is_new:
                _sync_folder(self.store)
            # The volume's clock, not this host's, tells the age of leftovers.
            now = os.stat(staged).st_mtime
            _sweep(self.path, now)
            _sweep(self.store, now)
            yield staged
        finally:
            shutil.rmtree(staged, ignore_errors=True)
            if is_new:
                with suppress(OSError):
                    os.rmdir(self.path)

    def place(self, staged: Path, metadata: Metadata, adopting: Optional[_Checksum] = None) -> int:
        """Makes a staged folder the next version: a rename onto an existing folder fails, so no number is taken twice.

        `adopting` are the bytes of a file that several writers may take for a version at once: the first one wins.
        """
        number = 0
        while True:
            taken = (_VERSION.fullmatch(entry.name) for entry in _entries(self.path))
            number = max([number, *(int(match[1]) for match in taken if match)]) + 1
            adopted = adopting and self.version_of(adopting)
            if adopted is not None:
                return adopted
            _write(staged / _METADATA_FILE, _json({**metadata, "version": number}))
            _sync_folder(staged)
            if self._rename(staged, self.path / f"v{number}", metadata["id"]):
                _sync_folder(self.path)
                return number

    def _rename(self, staged: Path, version: Path, identity: str) -> bool:
        """Whether the staged folder became the version; False if the number is taken."""
        try:
            os.rename(staged, version)
        except OSError as error:
            if error.errno not in (errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR, errno.ENOENT):
                raise
            # NFS may send a rename twice, and report that the second one failed: then the version is ours.
            is_ours = (_read_json(version / _METADATA_FILE) or {}).get("id") == identity
            if error.errno == errno.ENOENT and not is_ours:
                raise
            return is_ours
        return True

    def finish(self, number: int, promote: bool) -> str:
        """Promotes a version that was placed, if wanted or if nothing is promoted yet; the path of its file."""
        logger.info("saved %s v%d", self.name, number)
        if not promote and self.top_file() is not None:
            return str(self.path / f"v{number}" / _MODEL_FILE)
        self._promote(number)
        return str(self.path / _MODEL_FILE)

    def _promote(self, number: int) -> None:
        version = self.path / f"v{number}" / _MODEL_FILE
        with _explained(f"{self.name} v{number} is saved, but not promoted"):
            with self._replacing(self.path / _MODEL_FILE) as copy:
                if not _copy(version, copy).agrees(self.metadata(number)):
                    raise StoreError(f"{version} is not what was saved: not promoted")
        with _explained(f"{self.name} v{number} is promoted, but {self.top_metadata.name} could not be written"):
            self._tell(number)
        logger.info("promoted %s v%d", self.name, number)

    def _tell(self, number: int) -> None:
        """Writes the metadata at the top; again if another writer promoted meanwhile, for it has to be true at last."""
        while True:
            history = _history(_read_json(self.inside(self.top_metadata)), number)
            with self._replacing(self.top_metadata) as temporary:
                _write(temporary, _json({**self.metadata(number), "promoted": _time(), "history": history}))
            promoted = self.promoted()
            if promoted is None or promoted.is_told or promoted.number is None:
                return
            number = promoted.number

    @contextmanager
    def _replacing(self, destination: Path) -> Iterator[Path]:
        """A temporary path for a file that then takes the place of another at once."""
        temporary = self.path / _temporary("promote")
        try:
            yield temporary
            os.rename(temporary, destination)
            _sync_folder(self.path)
        finally:
            with suppress(OSError):
                os.unlink(temporary)

    def adopt(self, facts: Callable[[Path, Path], Metadata] = lambda copy, source: {}) -> None:
        """Makes the file that is served a version if it is none, so that a rollback can return to it.

        That is the file at the top, which is then called `model.pkl`, or without one the flat file, which is moved. The
        metadata of the promoted version is written anew if a killed writer left that behind.
        """
        while True:
            # Of several writers that adopt a file, one is the first to move it: the others look again.
            with suppress(FileNotFoundError):
                promoted, flat = self.promoted(), self.flat_file()
                if promoted is not None:
                    self._settle(promoted, facts)
                elif flat is not None:
                    sidecar = self.store / self.top_metadata.name
                    number = self._adopt(flat, sidecar, facts)
                    if self.top_file() is None:
                        self._promote(number)
                    sidecar.unlink(missing_ok=True)
                    flat.unlink()
                return

    def _settle(self, promoted: _Promoted, facts: Callable[[Path, Path], Metadata]) -> None:
        number = promoted.number
        if number is None and promoted.checksum.size > 0:
            number = self._adopt(promoted.path, self.top_metadata, facts)
        if promoted.path.name != _MODEL_FILE:
            # Renamed, not copied: there is one model file at any moment.
            os.rename(promoted.path, self.path / _MODEL_FILE)
        if number is not None and not promoted.is_told:
            self._tell(number)

    def _adopt(self, path: Path, sidecar: Path, facts: Callable[[Path, Path], Metadata]) -> int:
        with self.staging() as staged:
            copy = staged / _MODEL_FILE
            checksum = _copy(path, copy)
            told = _told_beside(self.inside(sidecar), checksum)
            metadata = _new_metadata(self.name, told, facts(copy, path), checksum, os.path.getmtime(path))
            return self.place(staged, metadata, adopting=checksum)


# --- names and folders -------------------------------------------------------------------------------------------


def _check_name(name: str) -> None:
    if not isinstance(name, str) or _NAME.fullmatch(name) is None:
        raise ValueError(
            f"{str(name)[:60]!r} cannot be the name of a model: a name has 1 to 200 letters (A-Z, a-z), digits, '.', "
            "'_' or '-', and starts with a letter or a digit"
        )


def _store_path(store: Optional[PathLike]) -> Path:
    return PVC_MODEL_PATH if store is None else Path(store)


def _is_inside(store: Path, path: Path) -> bool:
    root = os.path.realpath(store)
    return os.path.commonpath([root, os.path.realpath(path)]) == root


def _temporary(what: str) -> str:
    return f"{_TEMPORARY}{what}-{uuid.uuid4()}"


def _entries(folder: Path) -> List["os.DirEntry[str]"]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return []


def _model_files(folder: Path) -> List[str]:
    """The names of the files in a folder that KServe could take for the model."""
    names = (entry.name for entry in _entries(folder) if entry.is_file())
    return sorted(name for name in names if name.endswith(_ENDINGS) and not name.startswith("."))


def _model_file(folder: Path) -> Optional[Path]:
    """The model file of a folder: the one with a preferred name, else the only one."""
    names = _model_files(folder)
    preferred = [name for name in _PREFERRED if name in names]
    if len(names) > 1 and not preferred:
        raise _ambiguous(folder, names)
    return next((folder / name for name in preferred + names), None)


def _ambiguous(folder: Path, names: List[str]) -> StoreError:
    return StoreError(
        "More than one model file is detected, Only one is allowed within model_dir: "
        f"{[folder / name for name in names]}: keep one and move the others out of {folder}"
    )


def _holds_model(folder: Path) -> bool:
    return bool(
        _model_files(folder) or _ModelFolder(folder.name, folder.parent).versions() or (folder / "MLmodel").is_file()
    )


# --- files, as durable as the volume makes them ------------------------------------------------------------------


def _flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _write(path: Path, content: bytes) -> None:
    with open(path, "wb") as file:
        file.write(content)
        _flush(file)


def _copy(source: Path, destination: Path) -> _Checksum:
    """Copies the bytes, as shared volumes restrict hard links; the checksum is of what was read."""
    with open(source, "rb") as reader, open(destination, "xb") as writer:
        checksum = _checksum(reader, writer.write)
        _flush(writer)
    return checksum


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(folder: Path, now: float) -> None:
    """Removes what dead writers left; what resists is left to the next writer."""
    for entry in _entries(folder):
        if not entry.name.startswith(_TEMPORARY):
            continue
        with suppress(OSError):
            is_folder = entry.is_dir(follow_symlinks=False)
            parts = [entry, *(_entries(Path(entry.path)) if is_folder else [])]
            if now - max(part.stat(follow_symlinks=False).st_mtime for part in parts) > _LEFTOVER_SECONDS:
                (shutil.rmtree if is_folder else os.unlink)(entry.path)


def _checksum(file: BinaryIO, consume: Callable[[bytes], Any] = len) -> _Checksum:
    """The checksum of the rest of a file, whose bytes are handed on."""
    digest, size = hashlib.sha256(), 0
    for chunk in iter(lambda: file.read(_CHUNK_BYTES), b""):
        digest.update(chunk)
        consume(chunk)
        size += len(chunk)
    return _Checksum(digest.hexdigest(), size)


def _checksum_of(path: Path) -> _Checksum:
    with open(path, "rb") as file:
        return _checksum(file)


@contextmanager
def _explained(outcome: str) -> Iterator[None]:
    """Turns what the system refuses into a sentence that says what has happened and what has not."""
    try:
        yield
    except OSError as error:
        reason = _PROBLEMS.get(error.errno or 0) or error.strerror or str(error)
        place = f" ({error.filename})" if error.filename else ""
        raise StoreError(f"{outcome}: {reason}{place}") from error


# --- metadata ----------------------------------------------------------------------------------------------------


def _read_json(path: Path) -> Optional[Metadata]:
    """A JSON object from a file; None if there is no file, or something else is in it."""
    try:
        with open(path, "rb") as file:
            content = file.read(_MAXIMUM_METADATA_BYTES + 1)
        value = json.loads(content) if len(content) <= _MAXIMUM_METADATA_BYTES else None
    except (FileNotFoundError, NotADirectoryError, ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _json(metadata: Metadata) -> bytes:
    content = json.dumps(metadata, indent=2, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace") + b"\n"
    if len(content) > _MAXIMUM_METADATA_BYTES:
        raise StoreError(f"the metadata has {len(content)} bytes, more than {_MAXIMUM_METADATA_BYTES}")
    return content


def _time(seconds: Optional[float] = None) -> str:
    moment = datetime.now(timezone.utc) if seconds is None else datetime.fromtimestamp(seconds, timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _new_metadata(
    name: str,
    given: Optional[Mapping[str, Any]],
    facts: Metadata,
    checksum: _Checksum,
    created: Optional[float] = None,
) -> Metadata:
    """The metadata of a version that has no number yet.

    What the caller gives wins over the facts. What it gives under one of the store's own keys, or in a shape that
    readers do not expect under a key they know, is kept under `given`.
    """
    described: Metadata = dict(facts)
    others: Metadata = {}
    misfits: Metadata = {}
    for key, value in _plain(given or {}).items():
        if key == "features" and isinstance(value, list):
            value = {"names": value}
        fits = key not in _OWN and _is_readable(key, value)
        (misfits if not fits else described if key in _DESCRIPTION else others)[key] = value
    return {
        "name": name,
        "version": 0,
        "id": str(uuid.uuid4()),
        "created": _time(created),
        **{key: described[key] for key in _DESCRIPTION if key in described},
        "file": _MODEL_FILE,
        "size": checksum.size,
        "sha256": checksum.sha256,
        "written_by": f"apus_models.py {__version__}",
        **others,
        **({"given": misfits} if misfits else {}),
    }


def _is_readable(key: str, value: Any) -> bool:
    """Whether a value has the shape that readers of metadata insist on."""
    if key == "framework":
        return isinstance(value, dict) and isinstance(value.get("name"), str) and _is_text(value.get("version", ""))
    if key in ("inputs", "outputs"):
        return isinstance(value, list) and all(map(_is_tensor, value))
    if key == "seed":
        return type(value) is int
    return key != "estimator" or isinstance(value, str)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_tensor(value: Any) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("shape"), list):
        return False
    return all(_is_text(value.get(key)) for key in ("name", "datatype")) and all(type(n) is int for n in value["shape"])


def _told_beside(sidecar: Path, checksum: _Checksum) -> Optional[Metadata]:
    """What is told beside a file that becomes a version; not what a store told of another file."""
    told = _read_json(sidecar)
    if told is None or "sha256" not in told:
        return told
    return {key: value for key, value in told.items() if key not in _OWN} if checksum.agrees(told) else None


def _history(told: Optional[Metadata], number: int) -> List[int]:
    """The numbers promoted before, oldest first, when a version is promoted after what the metadata told.

    If it is the last of them, it came back by a rollback that was killed before it told so.
    """
    if told is None or "sha256" not in told or type(told.get("version")) is not int:
        return []
    before = told.get("history")
    history = [n for n in before if type(n) is int] if isinstance(before, list) else []
    if history[-1:] == [number]:
        history.pop()
    elif told["version"] != number:
        history.append(told["version"])
    return history[-_MAXIMUM_HISTORY:]


def _plain(value: Any, depth: int = 0) -> Any:
    """A value as JSON has it: numpy's numbers and arrays as lists, times as text, what is not finite as null."""
    if depth > _MAXIMUM_METADATA_DEPTH:
        raise ValueError(f"the metadata nests deeper than {_MAXIMUM_METADATA_DEPTH} levels")
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return int(value) if -(1 << 63) <= value < 1 << 63 else str(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): _plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item, depth + 1) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return _plain(value.tolist(), depth + 1) if hasattr(value, "tolist") else str(value)


# --- models ------------------------------------------------------------------------------------------------------


def _dump(model: Any, path: Path) -> _Checksum:
    """Writes a model, uncompressed, and loads it again."""
    with open(path, "xb") as writer:
        joblib.dump(model, writer)
        _flush(writer)
    _load(path, "the model was written, but cannot be loaded again, so it was not saved")
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find(b"__main__") >= 0:
            warnings.warn(
                "the model holds a class or function of this notebook, and a pickle holds only its name: no server can "
                "load it. Use scikit-learn's, or those of a module that is installed where the model is served",
                stacklevel=3,
            )
        return _Checksum(hashlib.sha256(content).hexdigest(), len(content))


def _load(path: Path, complaint: str) -> Any:
    try:
        return joblib.load(path)
    except Exception as error:
        raise StoreError(f"{complaint}: {type(error).__name__}: {error}") from error


def _facts(model: Any) -> Metadata:
    """What a fitted object says of itself: the framework and its version, its class, columns and parameters."""
    kind = type(model)
    facts: Metadata = {"estimator": f"{kind.__module__}.{kind.__qualname__}"}
    for root in (base.__module__.partition(".")[0] for base in kind.__mro__):
        version = getattr(sys.modules.get(root), "__version__", None)
        if isinstance(version, str) and root != "__main__":
            facts["framework"] = {"name": "scikit-learn" if root == "sklearn" else root, "version": version}
            break
    columns, names = (_plain(getattr(model, key, None)) for key in ("n_features_in_", "feature_names_in_"))
    if isinstance(columns, int):
        facts["inputs"] = [{"name": "input", "datatype": "FP64", "shape": [-1, columns]}]
    if isinstance(names, list):
        facts["features"] = {"names": names}
    # An estimator that does not keep to scikit-learn's rules is saved all the same.
    with suppress(Exception):
        parameters = model.get_params().items()
        facts["hyperparameters"] = {
            key: value for key, value in parameters if value is None or isinstance(value, (bool, int, float, str))
        }
    return {key: _plain(value) for key, value in facts.items()}


def _facts_of_file(path: Path, source: Path) -> Metadata:
    """The facts of a model that another version of its framework may have written."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        facts = _facts(_load(path, f"{source} cannot be loaded here, so it was not migrated"))
    for warning in caught:
        version = getattr(warning.message, "original_sklearn_version", None)
        if isinstance(version, str):
            facts["framework"] = {"name": "scikit-learn", "version": version}
    return facts


def _s3_settings(environment: Mapping[str, str]) -> Dict[str, Any]:
    """The arguments of boto3's client that KServe's variables ask for."""
    from botocore.config import Config

    def is_set(name: str, default: bool) -> bool:
        value = environment.get(name)
        return value.strip().lower() in ("1", "true", "yes") if value else default

    endpoint = environment.get("AWS_ENDPOINT_URL")
    if not endpoint and environment.get("S3_ENDPOINT"):
        endpoint = f"{'https' if is_set('S3_USE_HTTPS', True) else 'http'}://{environment['S3_ENDPOINT']}"
    style = "virtual" if is_set("S3_USER_VIRTUAL_BUCKET", False) else "path" if endpoint else "auto"
    settings: Dict[str, Any] = {"config": Config(s3={"addressing_style": style})}
    if endpoint:
        settings["endpoint_url"] = endpoint
    if not is_set("S3_VERIFY_SSL", True):
        settings["verify"] = False
    return settings
