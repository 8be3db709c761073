"""What `data/processed` holds: drafts, tables, failures and the report of the run.

A file appears whole or not at all: it is written under a temporary name in its own folder,
flushed to the disk and renamed. `ledger.jsonl` remembers what became of the bytes of every
page, so that a later run can skip what has not changed.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from summarise.errors import RunError, UsageError
from summarise.records import Draft, draft_from_json
from summarise.tables import draft_row, rows_of, write_csv, write_parquet

_ID = re.compile(r"[a-z0-9-]+")
_TEMPORARY = ".part"
_SUFFIXES = ("json", "md")
_STALE = ".stale"

LOCK = ".lock"
"""The file that a run holds locked in its output."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a page gave no draft; the row of `failures.jsonl`.

    `sha256` is None where the page was not handed to a drafter, and `error` the name of the exception.
    """

    path: str
    stage: str
    kind: str
    error: str
    message: str
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of a page's bytes: the draft `id`, or the `failure` that kept it from one.

    `digest` stands for the settings, rules, models and version that decided it. `signature` is that of the story
    (see `likeness`), and `twin` the hash of the page that told the same before, where this one is a duplicate.
    """

    sha256: str
    digest: str
    id: str | None = None
    open_blocks: int = 0
    failure: Failure | None = None
    signature: str = ""
    twin: str | None = None


class Store:
    """A folder of drafts. `opened` comes first; every method raises RunError where the disk refuses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.drafts = folder / "drafts"
        self._ledger: dict[str, Entry] = {}
        self._names: set[str] = set()  # of the files in `drafts`

    @contextlib.contextmanager
    def opened(self) -> Iterator[None]:
        """Hold the folder for one run: raises RunError where another run holds it; a crash lets go of it."""
        from filelock import FileLock, Timeout

        with _refusals(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.folder / LOCK)
            try:
                lock.acquire(timeout=0)
            except Timeout as error:
                raise RunError(
                    f"Another run is writing to {self.folder}: wait until it ends, or choose another -o."
                ) from error
        try:
            self.prepare()
            yield
        finally:
            lock.release()

    def prepare(self) -> None:
        """Make the folders, prove that they can be written, and read the ledger of earlier runs."""
        with _refusals(self.folder):
            self.drafts.mkdir(parents=True, exist_ok=True)
            for folder in (self.folder, self.drafts):
                for left in folder.glob(f".*{_TEMPORARY}"):
                    left.unlink()
                probe = folder / f".probe{_TEMPORARY}"
                probe.write_bytes(b"")
                probe.unlink()
            for name in ("ledger.jsonl", "failures.jsonl", "run.json", "drafts.parquet", "drafts.csv"):
                if (self.folder / name).is_dir():
                    raise RunError(f"{self.folder / name} is a folder, and a file must go there: move it away")
            self._ledger = dict(_read_ledger(self.folder / "ledger.jsonl"))
            self._rewrite_ledger()
            self._names = {path.name for path in self.drafts.iterdir()}

    def recall(self, sha256: str, digest: str, formats: tuple[str, ...]) -> Entry | None:
        """Return what became of these bytes, if nothing has changed since and its files are all there."""
        entry = self._ledger.get(sha256)
        if entry is None or entry.digest != digest:
            return None
        if entry.id is not None and not all(f"{entry.id}.{suffix}" in self._names for suffix in formats):
            return None
        return entry

    def keep(self, entry: Entry, files: Mapping[str, bytes]) -> None:
        """Write a draft's files (suffix to content), remove what they supersede, and remember the entry."""
        with _refusals(self.folder):
            self._mark_stale()
            if entry.id is not None:
                for suffix, content in sorted(files.items()):
                    write_atomically(self._file(entry.id, suffix), content)
                    self._names.add(f"{entry.id}.{suffix}")
            self._remove_superseded(entry, files)
            self._ledger[entry.sha256] = entry
            _append(self.folder / "ledger.jsonl", _row(entry))

    def start_failures(self) -> None:
        """Begin an empty `failures.jsonl`, so that it never tells of another run than the latest."""
        with _refusals(self.folder):
            (self.folder / "failures.jsonl").write_bytes(b"")

    def add_failure(self, failure: Failure) -> None:
        """Add a row to `failures.jsonl`."""
        with _refusals(self.folder):
            _append(self.folder / "failures.jsonl", _row(failure))

    def write_tables(self, *, as_csv: bool = False) -> None:
        """Write `drafts.parquet`, and `drafts.csv` on request, from the drafts that the folder holds.

        Tables that tell of these drafts already stay as they are. The ledger is rewritten in order, so that two runs
        over the same pages leave the same bytes.
        """
        with _refusals(self.folder):
            self._rewrite_ledger()
            parquet, csv = self.folder / "drafts.parquet", self.folder / "drafts.csv"
            stale = (self.folder / _STALE).exists() or not parquet.exists()
            drafts = sum(name.endswith(".json") for name in self._names)
            if stale or rows_of(parquet) != drafts:
                write_with(parquet, lambda file: write_parquet(file, self._rows()))
            if (as_csv and (stale or not csv.exists())) or (stale and csv.exists()):
                write_with(csv, lambda file: write_csv(file, self._rows()))
            (self.folder / _STALE).unlink(missing_ok=True)

    def _mark_stale(self) -> None:
        """Note that the tables no longer tell of all drafts; the note outlives a crash."""
        if not (self.folder / _STALE).exists():
            (self.folder / _STALE).touch()

    def write_run(self, report: Mapping[str, Any]) -> None:
        """Write `run.json`."""
        with _refusals(self.folder):
            text = json.dumps(report, ensure_ascii=False, indent=2) + "\n"
            write_atomically(self.folder / "run.json", text.encode())

    def _rows(self) -> Iterator[dict[str, Any]]:
        """Yield the row of every draft that the folder holds, sorted by id."""
        for path in sorted(self.drafts.glob("*.json")):
            try:
                yield draft_row(json.loads(path.read_bytes()))
            except (ValueError, KeyError, TypeError) as error:
                raise RunError(f"{path} is no draft of this version ({error!r}): delete it and run again") from error

    def _rewrite_ledger(self) -> None:
        """Write the ledger in order and without the row that a crash may have cut short."""
        rows = b"".join(_row(self._ledger[key]) for key in sorted(self._ledger))
        write_atomically(self.folder / "ledger.jsonl", rows)

    def _file(self, draft_id: str, suffix: str) -> Path:
        if not _ID.fullmatch(draft_id):
            raise RunError(f"{draft_id!r} is no id of a draft: only a-z, 0-9 and hyphens may stand in a file name")
        return self.drafts / f"{draft_id}.{suffix}"

    def _remove_superseded(self, entry: Entry, files: Mapping[str, bytes]) -> None:
        """Remove an earlier draft of the same bytes: under another id, or in a format not asked for."""
        old = self._ledger.get(entry.sha256)
        for suffix in _SUFFIXES:
            if old and old.id is not None and old.id != entry.id:
                self._remove(old.id, suffix)
            if entry.id is not None and suffix not in files:
                self._remove(entry.id, suffix)

    def _remove(self, draft_id: str, suffix: str) -> None:
        self._file(draft_id, suffix).unlink(missing_ok=True)
        self._names.discard(f"{draft_id}.{suffix}")


def read_drafts(paths: Iterable[Path]) -> Iterator[tuple[Path, Draft]]:
    """Yield the drafts in JSON files, and in the JSON files of folders, in order.

    Raises UsageError for a file that cannot be read or does not keep the contract.
    """
    for given in paths:
        for path in sorted(given.glob("*.json")) if given.is_dir() else [given]:
            try:
                yield path, draft_from_json(json.loads(path.read_bytes()))
            except OSError as error:
                raise UsageError(f"{path} cannot be read ({error.strerror}): give a JSON draft") from error
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise UsageError(f"{path} is no JSON draft ({error!r}): give a file of drafts/") from error


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that its name never holds less than the whole content."""
    write_with(path, lambda file: file.write(content))


def write_with(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Let `write` fill a file under a temporary name, flush it to the disk, and give it its name."""
    temporary = path.with_name(f".{path.name}{_TEMPORARY}")
    try:
        with temporary.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def _append(path: Path, row: bytes) -> None:
    """Add a row to a file, or leave the file as it was where the disk is full."""
    with path.open("ab", buffering=0) as file:
        length = file.tell()
        try:
            written = file.write(row)
        except OSError:
            file.truncate(length)
            raise
        if written != len(row):
            file.truncate(length)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))


def _row(record: Entry | Failure) -> bytes:
    """Return a record as a line of JSON; a file name that is no UTF-8 shows its bytes as escapes."""
    line = json.dumps(asdict(record), ensure_ascii=False, separators=(",", ":"))
    return line.encode(errors="backslashreplace") + b"\n"


def _read_ledger(path: Path) -> Iterator[tuple[str, Entry]]:
    """Yield the entries of a ledger; a row that a crash cut short is passed over, and its page redone."""
    if not path.exists():
        return
    for line in path.read_bytes().splitlines():
        with contextlib.suppress(ValueError, TypeError, KeyError):
            row = json.loads(line)
            failure = Failure(**row.pop("failure")) if row["failure"] else row.pop("failure")
            entry = Entry(**row, failure=failure)
            yield entry.sha256, entry


@contextlib.contextmanager
def _refusals(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        place = error.filename or folder
        raise RunError(f"{place} cannot be written ({error.strerror or error}): choose another -o") from error
