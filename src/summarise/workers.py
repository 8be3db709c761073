"""The hands of a batch: pages in, outcomes out in the same order, here or in other processes.

A page that kills its worker (a crash of the interpreter, too little memory) takes the
pages beside it down as well. They are done again one by one in a worker of their own, so
that only the culprit is recorded.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from multiprocessing import get_context
from time import perf_counter
from typing import Protocol

from summarise.errors import PageError
from summarise.records import Draft, Page, Provenance
from summarise.rendering import to_json, to_markdown
from summarise.settings import Settings
from summarise.store import Failure

CRASHED = "crashed"
"""The kind of a failure whose page killed its worker."""

INTERNAL = "internal"
"""The kind of a failure that is a fault of this program: any exception but PageError."""

_PAGES_AHEAD = 4  # pages in flight per worker: enough to keep it busy, few enough to hold in memory

RENDERERS: dict[str, Callable[[Draft], str]] = {"json": to_json, "md": to_markdown}
"""The formats in which a draft is kept, by suffix."""


class Drafter(Protocol):
    """What a worker needs of `pipeline.Summariser`."""

    @property
    def provenance(self) -> Provenance:
        """What decides the drafts, the pages apart."""

    @property
    def seconds(self) -> Mapping[str, float]:
        """Seconds spent so far, by stage."""

    def draft(self, page: Page) -> Draft:
        """Return the draft of a page, or raise PageError."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one page: the files of a draft by suffix, or a failure.

    `known` says that an earlier run decided it. `seconds` are those of each stage.
    """

    path: str
    sha256: str | None
    id: str | None = None
    open_blocks: int = 0
    failure: Failure | None = None
    known: bool = False
    files: Mapping[str, bytes] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)


Step = Page | Outcome
"""A page to be drafted, or an outcome that needs no drafting and only keeps its place in the order."""

Make = Callable[[Settings], Drafter]


class Desk:
    """One drafter, made when it is first needed, and what it makes of a page."""

    def __init__(self, make: Make, settings: Settings, formats: tuple[str, ...]) -> None:
        self._make, self._settings, self._formats = make, settings, formats
        self._drafter: Drafter | None = None

    @property
    def drafter(self) -> Drafter:
        """The drafter; the first call loads its models."""
        if self._drafter is None:
            self._drafter = self._make(self._settings)
        return self._drafter

    def work(self, page: Page) -> Outcome:
        """Return what became of a page; only an interruption can get out of here as an exception."""
        drafter = self.drafter
        before = dict(drafter.seconds)
        try:
            draft = drafter.draft(page)
            started = perf_counter()
            files = {name: RENDERERS[name](draft).encode() for name in self._formats}
        except PageError as error:
            return _failed(page, error.stage, error.kind, error, _spent(before, drafter))
        except Exception as error:  # whatever a page does to a stage, the run goes on
            return _failed(page, "pipeline", INTERNAL, error, _spent(before, drafter))
        return Outcome(
            path=page.path,
            sha256=page.sha256,
            id=draft.id,
            open_blocks=_open_blocks(draft),
            files=files,
            seconds={**_spent(before, drafter), "rendering": perf_counter() - started},
        )


class Here(AbstractContextManager["Here"]):
    """Works in this process."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __exit__(self, *_: object) -> None:
        """Nothing is held that would have to be given back."""

    def provenance(self) -> Provenance:
        """Return what decides the drafts."""
        return self._desk.drafter.provenance

    def outcomes(self, steps: Iterable[Step]) -> Iterator[Outcome]:
        """Yield one outcome for each step, in order."""
        for step in steps:
            yield step if isinstance(step, Outcome) else self._desk.work(step)


class Pool(AbstractContextManager["Pool"]):
    """Works in `workers` other processes, each with a drafter of its own."""

    def __init__(self, desk: Desk, workers: int) -> None:
        self._desk, self._workers = desk, workers
        self._executor = self._processes(workers)

    def __exit__(self, *_: object) -> None:
        """Stop the processes; pages that no worker has begun are given up."""
        self._executor.shutdown(wait=True, cancel_futures=True)

    def provenance(self) -> Provenance:
        """Return what decides the drafts, as a worker knows it."""
        return self._executor.submit(_provenance).result()

    def outcomes(self, steps: Iterable[Step]) -> Iterator[Outcome]:
        """Yield one outcome for each step, in order."""
        waiting: deque[tuple[Step, Future[Outcome]]] = deque()
        for step in steps:
            waiting.append((step, self._submit(step)))
            while waiting and (waiting[0][1].done() or len(waiting) > self._workers * _PAGES_AHEAD):
                yield self._next(waiting)
        while waiting:
            yield self._next(waiting)

    def _submit(self, step: Step) -> Future[Outcome]:
        future: Future[Outcome] = Future()
        if isinstance(step, Outcome):
            future.set_result(step)
            return future
        try:
            return self._executor.submit(_work, step)
        except BrokenProcessPool as error:
            future.set_exception(error)
            return future

    def _next(self, waiting: deque[tuple[Step, Future[Outcome]]]) -> Outcome:
        step, future = waiting.popleft()
        try:
            return future.result()
        except BrokenProcessPool:
            unfinished = [(step, future), *waiting]
            waiting.clear()
            waiting.extend(self._one_by_one(unfinished))
            self._executor = self._processes(self._workers)
            return waiting.popleft()[1].result()

    def _one_by_one(self, unfinished: Iterable[tuple[Step, Future[Outcome]]]) -> Iterator[tuple[Step, Future[Outcome]]]:
        """Do again what a broken pool left undone, each page alone in a process of its own."""
        self._executor.shutdown(wait=True, cancel_futures=True)
        for step, future in unfinished:
            if isinstance(step, Page) and _is_lost(future):
                future = Future()
                future.set_result(self._alone(step))
            yield step, future

    def _alone(self, page: Page) -> Outcome:
        with self._processes(1) as executor:
            try:
                return executor.submit(_work, page).result()
            except BrokenProcessPool as error:
                reason = "the page killed the process that read it: report it with the page"
                return _failed(page, "batch", CRASHED, type(error)(reason), {})

    def _processes(self, workers: int) -> ProcessPoolExecutor:
        context = get_context("spawn")  # the one way that every system has, and safe beside threads
        return ProcessPoolExecutor(workers, context, initializer=_sit_down, initargs=(self._desk,))


_desk: Desk | None = None  # of a worker process, set once by its initializer


def _sit_down(desk: Desk) -> None:
    """Take a desk in a new worker; an interruption is for the parent to handle."""
    global _desk
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _desk = desk


def _work(page: Page) -> Outcome:
    assert _desk is not None
    return _desk.work(page)


def _provenance() -> Provenance:
    assert _desk is not None
    return _desk.drafter.provenance


def _is_lost(future: Future[Outcome]) -> bool:
    return future.cancelled() or isinstance(future.exception(), BrokenProcessPool)


def _failed(page: Page, stage: str, kind: str, error: Exception, seconds: Mapping[str, float]) -> Outcome:
    message = str(error) or "no message: report it with the page"
    failure = Failure(page.path, stage, kind, type(error).__name__, message, page.sha256)
    return Outcome(page.path, page.sha256, failure=failure, seconds=seconds)


def _open_blocks(draft: Draft) -> int:
    blocks = (draft.why_this_matters, draft.what_this_means_for_you)
    return sum(block.status == "needs-editor" for block in blocks)


def _spent(before: Mapping[str, float], drafter: Drafter) -> dict[str, float]:
    return {stage: total - before.get(stage, 0.0) for stage, total in drafter.seconds.items()}
