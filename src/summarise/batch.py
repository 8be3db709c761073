"""Many pages into one output: what is skipped, what is drafted, what is put aside, and the report.

Pages are read in sorted order and their outcomes kept in that order, whatever the number
of workers, so that the output does not depend on it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count, islice
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol, Self

from summarise.engines import Engine, cores, opened, outcomes
from summarise.errors import DuplicatePage, PageError, RunError, UnreadablePage
from summarise.likeness import Stories
from summarise.records import Page, Provenance
from summarise.report import RunReport
from summarise.settings import Settings
from summarise.store import Entry, Failure, Store
from summarise.workers import INTERNAL, RENDERERS, Desk, Drafter, Make, Outcome, Step, digest

_PAGES_A_CHUNK = 8
_CHUNKS_A_WORKER = 8
"""At least so many chunks go to each worker, so that no worker waits long for the last."""

_REPORT_SECONDS = 2.0
"""How old `run.json` may be while a run goes on."""


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
    workers: int | None = None,
    engine: Engine = "local",
    scheduler: str | None = None,
    formats: Sequence[str] = ("md", "json"),
    overwrite: bool = False,
    keep_duplicates: bool = False,
    limit: int | None = None,
    reporter: Reporter | None = None,
    make: Make | None = None,
) -> RunReport:
    """Draft every page of the inputs into the folder `out` and return the report.

    `workers` processes draft side by side, as many as there are cores without it; 0 is this process, without limits.
    `formats` may add "csv" (a table); JSON is always written, being the draft itself. `limit` takes the first pages
    only. A story that another page of the run told is no draft of its own unless `keep_duplicates`. An interruption
    (SIGINT, SIGTERM) ends the run early and is told by the report's state. Raises UsageError for an input that does
    not exist or a mistake in a rule, and RunError for an output that cannot be written or that another run is writing
    to, both before any work.
    """
    from summarise.pages import find_inputs

    if settings.own_rules:
        from summarise.house.blocks import house_rules

        house_rules(settings.own_rules)  # a mistake in them is told before the output of an earlier run is touched
    paths = list(islice(dict.fromkeys(find_inputs(inputs)), limit))
    store = Store(out)
    suffixes = tuple(name for name in RENDERERS if name == "json" or name in formats)
    desk = Desk(make or summariser, settings, suffixes)
    crew = _Crew(engine, scheduler, cores() if workers is None else workers)
    with store.opened(), _Interruption() as interruption:
        report = RunReport(out, found=len(paths))
        job = _Job(store, desk, crew, report, interruption, overwrite, keep_duplicates, limit)
        job.run(paths, reporter or Silence(), "csv" in formats)
    return job.report


class _Interruption(contextlib.AbstractContextManager["_Interruption"]):
    """Ends a run by KeyboardInterrupt on SIGINT and SIGTERM, but never between a draft and its record.

    Where the caller is no main thread, signals are not for it to handle.
    """

    def __init__(self) -> None:
        self._held = self._asked = False
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        """Listen for both signals."""
        if threading.current_thread() is threading.main_thread():
            self._before = {name: signal.signal(name, self._interrupt) for name in (signal.SIGINT, signal.SIGTERM)}
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the signals to whoever listened before."""
        for name, handler in self._before.items():
            signal.signal(name, handler)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Put an interruption off until the end of the block."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
        if self._asked:
            raise KeyboardInterrupt

    def _interrupt(self, *_: object) -> None:
        self._asked = True
        if not self._held:
            raise KeyboardInterrupt


@dataclass(frozen=True, slots=True)
class _Crew:
    """Who drafts: the engine that tasks go to, and how many work side by side."""

    engine: Engine
    scheduler: str | None
    workers: int

    def outcomes(self, desk: Desk, steps: Iterable[Step], found: int) -> Iterator[Outcome]:
        """Yield one outcome for each step, in order; the first page to be drafted starts the engine."""
        coming = iter(steps)
        for step in coming:
            if isinstance(step, Page):
                size = max(1, min(_PAGES_A_CHUNK, found // (max(self.workers, 1) * _CHUNKS_A_WORKER)))
                with opened(self.engine, desk, self.workers, self.scheduler) as executor:
                    yield from outcomes(executor, desk, chain([step], coming), size, self.workers)
                return
            yield step


class _Job:
    """One run: its store, its report, and what it has met."""

    def __init__(
        self,
        store: Store,
        desk: Desk,
        crew: _Crew,
        report: RunReport,
        interruption: _Interruption,
        overwrite: bool,
        keep_duplicates: bool,
        limit: int | None,
    ) -> None:
        self.report, self._interruption, self._limit = report, interruption, limit
        self._store, self._desk, self._crew, self._overwrite = store, desk, crew, overwrite
        self._provenance: Provenance | None = None
        self._digest = ""
        self._met: dict[str, str] = {}  # sha256 to the path where the bytes were met first
        self._stories = None if keep_duplicates else Stories()
        self._told = 0.0  # when run.json was written last

    def run(self, paths: Sequence[Path], reporter: Reporter, as_csv: bool) -> None:
        """Work through the pages and leave the output in a state that `run.json` describes truly."""
        started = perf_counter()
        self._write_report(started)
        self._store.start_failures()
        reporter.start(self.report.found)
        try:
            self._work(paths, reporter, started)
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

    def _work(self, paths: Sequence[Path], reporter: Reporter, started: float) -> None:
        loading = perf_counter()
        self._provenance = self._desk.make(self._desk.settings).provenance
        self._digest = digest(self._provenance)
        desk = replace(self._desk, digest=self._digest)
        self.report.spend("loading", perf_counter() - loading)
        for outcome in self._crew.outcomes(desk, islice(self._steps(paths), self._limit), self.report.found):
            with self._interruption.held():
                self.report.add(self._keep(outcome))
            reporter.page(self.report)
            if perf_counter() - self._told > _REPORT_SECONDS:
                self._write_report(started)

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
            for found in read_pages(path, self._desk.settings.max_page_bytes):
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
        entry = None if self._overwrite else self._store.recall(page.sha256, self._digest, self._desk.formats)
        if entry is None or (entry.twin is not None and not self._still_told(entry.twin)):
            return page
        failure = replace(entry.failure, path=shown) if entry.failure else None
        signed = "" if entry.twin else entry.signature
        return Outcome(shown, page.sha256, entry.id, entry.open_blocks, failure, known=True, signature=signed)

    def _still_told(self, twin: str) -> bool:
        """Whether the page that told the same story comes before this one in this run as well."""
        return self._stories is not None and twin in self._met

    def _keep(self, outcome: Outcome) -> Outcome:
        """Write down what became of a page, and return it as it was written: perhaps as a duplicate."""
        started = perf_counter()
        outcome, twin = self._compared(outcome)
        failure = outcome.failure
        if failure:
            self._store.add_failure(failure)
        if outcome.sha256 and not outcome.known and (failure is None or failure.kind != INTERNAL):
            entry = Entry(
                outcome.sha256, self._digest, outcome.id, outcome.open_blocks, failure, outcome.signature, twin
            )
            self._store.keep(entry, outcome.files)
        self.report.spend("writing", perf_counter() - started)
        return outcome

    def _compared(self, outcome: Outcome) -> tuple[Outcome, str | None]:
        """Return a draft as a duplicate where a page before it told the same story, and the hash of that page.

        A draft that an earlier run made stays: an editor may be at work on it.
        """
        if self._stories is None or not outcome.signature or outcome.sha256 is None:
            return outcome, None
        like = None if outcome.known else self._stories.like(outcome.signature)
        if like is None:
            self._stories.add(outcome.sha256, outcome.signature)
            return outcome, None
        twin, share = like
        error = DuplicatePage(
            f"{outcome.path} tells the same story as {self._met[twin]} ({share:.0%} of its phrases): the draft is made "
            "from that. --keep-duplicates drafts both."
        )
        return replace(
            outcome,
            id=None,
            open_blocks=0,
            files={},
            failure=Failure(outcome.path, error.stage, error.kind, type(error).__name__, str(error), outcome.sha256),
        ), twin

    def _write_report(self, started: float) -> None:
        self._told = perf_counter()
        self.report.wall_seconds = self._told - started
        self._store.write_run(self.report.as_dict(self._desk.settings, self._provenance))


def _refused(path: str, stage: str, kind: str, error: Exception) -> Outcome:
    message = str(error) or type(error).__name__
    return Outcome(path, None, failure=Failure(path, stage, kind, type(error).__name__, message))
