"""Many pages into one output: what is skipped, what is drafted, what is put aside, and the report.

Pages are read in sorted order and their outcomes kept in that order, whatever the number
of workers, so that the output does not depend on it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from itertools import count, islice
from pathlib import Path
from time import perf_counter
from typing import Protocol

from summarise.errors import DuplicatePage, PageError, RunError, UnreadablePage
from summarise.records import Page, Provenance
from summarise.report import RunReport
from summarise.settings import Settings
from summarise.store import Entry, Failure, Store
from summarise.workers import CRASHED, INTERNAL, RENDERERS, Desk, Drafter, Here, Make, Outcome, Pool, Step

_TRIED_AGAIN = (CRASHED, INTERNAL)
"""Failures that say nothing about the page: each run tries it again."""


class Reporter(Protocol):
    """Who is told how the run goes."""

    def start(self, found: int) -> None:
        """The pages have been counted."""

    def page(self, report: RunReport) -> None:
        """One more page has been dealt with."""

    def stop(self) -> None:
        """The run is over, however it ended."""


class Silence:
    """A reporter that says nothing."""

    def start(self, found: int) -> None:
        """Say nothing."""

    def page(self, report: RunReport) -> None:
        """Say nothing."""

    def stop(self) -> None:
        """Say nothing."""


def summariser(settings: Settings) -> Drafter:
    """Return the real pipeline; its libraries are imported in the process that uses them."""
    from summarise.pipeline import Summariser

    return Summariser(settings)


def run(
    inputs: Sequence[str],
    settings: Settings,
    out: Path,
    *,
    workers: int = 1,
    formats: Sequence[str] = ("md", "json"),
    overwrite: bool = False,
    limit: int | None = None,
    reporter: Reporter | None = None,
    make: Make = summariser,
) -> RunReport:
    """Draft every page of the inputs into the folder `out` and return the report.

    `formats` may add "csv" (a table); JSON is always written, being the draft itself.
    `limit` takes the first pages only. An interruption (SIGINT) ends the run early and is
    told by the report's state. Raises UsageError for an input that does not exist or a
    mistake in a rule, and RunError for an output that cannot be written, both before any work.
    """
    from summarise.pages import find_inputs

    if settings.own_rules:
        from summarise.house.blocks import house_rules

        house_rules(settings.own_rules)  # a mistake in them is told before the output of an earlier run is touched
    paths = list(islice(dict.fromkeys(find_inputs(inputs)), limit))
    store = Store(out)
    store.prepare()
    suffixes = tuple(name for name in RENDERERS if name == "json" or name in formats)
    job = _Job(store, settings, suffixes, overwrite, RunReport(out, found=len(paths)), limit)
    job.run(paths, Desk(make, settings, suffixes), workers, reporter or Silence(), "csv" in formats)
    return job.report


class _Job:
    """One run: its store, its report, and the bytes that it has met."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        suffixes: tuple[str, ...],
        overwrite: bool,
        report: RunReport,
        limit: int | None,
    ) -> None:
        self.report, self._limit = report, limit
        self._store, self._settings, self._suffixes, self._overwrite = store, settings, suffixes, overwrite
        self._provenance: Provenance | None = None
        self._digest = ""
        self._met: dict[str, str] = {}  # sha256 to the path where the bytes were met first

    def run(self, paths: Sequence[Path], desk: Desk, workers: int, reporter: Reporter, as_csv: bool) -> None:
        """Work through the pages and leave the output in a state that `run.json` describes truly."""
        started = perf_counter()
        self._write_report(started)
        self._store.start_failures()
        reporter.start(self.report.found)
        try:
            self._work(paths, desk, workers, reporter)
            self.report.state = "finished"
        except KeyboardInterrupt:
            self.report.state = "interrupted"
        except BaseException:
            self.report.state = "failed"
            with contextlib.suppress(RunError):
                self._write_report(started)
            raise
        finally:
            reporter.stop()
        self._store.write_tables(as_csv=as_csv)
        self._write_report(started)

    def _work(self, paths: Sequence[Path], desk: Desk, workers: int, reporter: Reporter) -> None:
        with Pool(desk, workers) if workers > 1 else Here(desk) as crew:
            started = perf_counter()
            self._provenance = crew.provenance()
            self.report.spend("loading", perf_counter() - started)
            self._digest = digest(self._provenance)
            for outcome in crew.outcomes(islice(self._steps(paths), self._limit)):
                self._keep(outcome)
                self.report.add(outcome)
                reporter.page(self.report)

    def _steps(self, paths: Sequence[Path]) -> Iterator[Step]:
        """Yield the pages of all files; what needs no drafting becomes an outcome at once.

        A file counts as one page until its others are met: an archive tells their number only by being read.
        """
        for path in paths:
            steps = self._steps_of(path)
            for number in count():
                started = perf_counter()
                step = next(steps, None)
                self.report.spend("reading", perf_counter() - started)
                if step is None:
                    break
                if number and (self._limit is None or self.report.found < self._limit):
                    self.report.found += 1
                yield step

    def _steps_of(self, path: Path) -> Iterator[Step]:
        from summarise.pages import read_pages

        shown = os.fsencode(path).decode(errors="backslashreplace")
        empty = True
        try:
            for found in read_pages(path, self._settings.max_page_bytes):
                empty = False
                yield self._settled(found, shown)
            if empty:
                raise UnreadablePage(f"{shown} holds no page: an archive needs HTML responses, rows need text.")
        except PageError as error:
            yield _refused(shown, error.stage, error.kind, error)
        except Exception as error:  # whatever a file does to the reader, the run goes on
            yield _refused(shown, "pages", INTERNAL, error)

    def _settled(self, found: Page | UnreadablePage, path: str) -> Step:
        if isinstance(found, UnreadablePage):
            return _refused(path, found.stage, found.kind, found)
        page = replace(found, path=path)
        shown = page.where
        first = self._met.setdefault(page.sha256, shown)
        if first != shown:
            message = f"{shown} holds the same bytes as {first}: the draft is made from the first."
            error = DuplicatePage(message)
            return _refused(shown, error.stage, error.kind, error)
        entry = None if self._overwrite else self._store.recall(page.sha256, self._digest, self._suffixes)
        if entry is None:
            return page
        failure = replace(entry.failure, path=shown) if entry.failure else None
        return Outcome(shown, page.sha256, entry.id, entry.open_blocks, failure, known=True)

    def _keep(self, outcome: Outcome) -> None:
        started = perf_counter()
        failure = outcome.failure
        if failure:
            self._store.add_failure(failure)
        settled = failure is None or failure.kind not in _TRIED_AGAIN
        if outcome.sha256 and settled and not outcome.known:
            entry = Entry(outcome.sha256, self._digest, outcome.id, outcome.open_blocks, failure)
            self._store.keep(entry, outcome.files)
        self.report.spend("writing", perf_counter() - started)

    def _write_report(self, started: float) -> None:
        self.report.wall_seconds = perf_counter() - started
        self._store.write_run(self.report.as_dict(self._settings, self._provenance))


def digest(provenance: Provenance) -> str:
    """Return a short hash of whatever decides a draft besides the page itself."""
    canonical = json.dumps(asdict(provenance), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def _refused(path: str, stage: str, kind: str, error: Exception) -> Outcome:
    message = str(error) or type(error).__name__
    return Outcome(path, None, failure=Failure(path, stage, kind, type(error).__name__, message))
