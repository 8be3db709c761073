"""What `data/processed` holds: drafts, tables, failures and the report of the run.

A file appears whole or not at all: it is written under a temporary name in its own folder,
flushed to the disk and renamed. `ledger.jsonl` remembers what became of the bytes of every
page, so that a later run can skip what has not changed.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from summarise.errors import RunError, UsageError
from summarise.records import Draft, draft_from_json
from summarise.tables import csv_bytes, draft_row, parquet_bytes

_ID = re.compile(r"[a-z0-9-]+")
_TEMPORARY = ".part"
_SUFFIXES = ("json", "md")


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

    `digest` stands for the settings, rules, models and version that decided it.
    """

    sha256: str
    digest: str
    id: str | None = None
    open_blocks: int = 0
    failure: Failure | None = None


class Store:
    """A folder of drafts. `prepare` comes first; every method raises RunError where the disk refuses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.drafts = folder / "drafts"
        self._ledger: dict[str, Entry] = {}

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

    def recall(self, sha256: str, digest: str, formats: tuple[str, ...]) -> Entry | None:
        """Return what became of these bytes, if nothing has changed since and its files are all there."""
        entry = self._ledger.get(sha256)
        if entry is None or entry.digest != digest:
            return None
        if entry.id is not None and not all(self._file(entry.id, suffix).is_file() for suffix in formats):
            return None
        return entry

    def keep(self, entry: Entry, files: Mapping[str, bytes]) -> None:
        """Write a draft's files (suffix to content), remove what they supersede, and remember the entry."""
        with _refusals(self.folder):
            if entry.id is not None:
                for suffix, content in sorted(files.items()):
                    write_atomically(self._file(entry.id, suffix), content)
            self._remove_superseded(entry, files)
            self._ledger[entry.sha256] = entry
            with (self.folder / "ledger.jsonl").open("ab") as ledger:
                ledger.write(_row(entry))

    def start_failures(self) -> None:
        """Begin an empty `failures.jsonl`, so that it never tells of another run than the latest."""
        with _refusals(self.folder):
            (self.folder / "failures.jsonl").write_bytes(b"")

    def add_failure(self, failure: Failure) -> None:
        """Add a row to `failures.jsonl`."""
        with _refusals(self.folder), (self.folder / "failures.jsonl").open("ab") as failures:
            failures.write(_row(failure))

    def write_tables(self, *, as_csv: bool = False) -> None:
        """Write `drafts.parquet`, and `drafts.csv` on request, from the drafts that the folder holds.

        The ledger is rewritten in order, so that two runs over the same pages leave the same bytes.
        """
        with _refusals(self.folder):
            self._rewrite_ledger()
            rows = list(self._rows())
            write_atomically(self.folder / "drafts.parquet", parquet_bytes(rows))
            if as_csv or (self.folder / "drafts.csv").exists():
                write_atomically(self.folder / "drafts.csv", csv_bytes(rows))

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
                self._file(old.id, suffix).unlink(missing_ok=True)
            if entry.id is not None and suffix not in files:
                self._file(entry.id, suffix).unlink(missing_ok=True)


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
    temporary = path.with_name(f".{path.name}{_TEMPORARY}")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


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
