"""The hands of a batch: pages in, outcomes out in the same order, here or in other processes.

A page that kills its worker (a crash of the interpreter, too little memory) is given to a
new worker once more; if that one dies as well the page is recorded, and the rest goes on.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
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

_PAGES_AHEAD = 4  # per worker, pages begun before their turn: few enough to hold in memory
_TRIES = 2  # a process may die for another's fault, such as memory running out; twice is the page's

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
            path=page.where,
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


class Seat:
    """One worker process with at most one page before it.

    Each seat is an executor of its own: with one page in flight, a process that dies names
    its page, and the pages of the other seats are safe. (An executor of several processes
    can wait for ever when one dies while another is being started: CPython before 3.12.)
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._executor = self._open()

    def provenance(self) -> Provenance:
        """Return what decides the drafts, as the worker knows it."""
        return self._executor.submit(_provenance).result()

    def submit(self, page: Page) -> Future[Outcome]:
        """Put a page before the worker; one that has died is replaced first."""
        try:
            return self._executor.submit(_work, page)
        except BrokenProcessPool:
            self.close()
            self._executor = self._open()
            return self._executor.submit(_work, page)

    def close(self) -> None:
        """Stop the worker once it has finished its page."""
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _open(self) -> ProcessPoolExecutor:
        context = get_context("spawn")  # the one way that every system has, and safe beside threads
        return ProcessPoolExecutor(1, context, initializer=_sit_down, initargs=(self._desk,))


@dataclass(slots=True)
class _Ticket:
    """A step's place in the order; `tries` counts the workers that its page was given to."""

    step: Step
    outcome: Outcome | None = None
    tries: int = 0


def _settled(waiting: deque[_Ticket]) -> Iterator[Outcome]:
    """Take the settled tickets off the front of the queue."""
    while waiting and (outcome := waiting[0].outcome):
        waiting.popleft()
        yield outcome


class Pool(AbstractContextManager["Pool"]):
    """Works in `workers` other processes, each with a drafter of its own."""

    def __init__(self, desk: Desk, workers: int) -> None:
        self._seats = [Seat(desk) for _ in range(workers)]
        self._free = list(self._seats)
        self._busy: dict[Future[Outcome], tuple[Seat, _Ticket]] = {}

    def __exit__(self, *_: object) -> None:
        """Stop the workers; pages that no worker has begun are given up."""
        for seat in self._seats:
            seat.close()

    def provenance(self) -> Provenance:
        """Return what decides the drafts, as a worker knows it."""
        return self._seats[0].provenance()

    def outcomes(self, steps: Iterable[Step]) -> Iterator[Outcome]:
        """Yield one outcome for each step, in order; a slow page lets others overtake it, within bounds."""
        coming = iter(steps)
        waiting: deque[_Ticket] = deque()
        while step := next(coming, None):
            waiting.append(self._begin(step))
            yield from _settled(waiting)
            while self._busy and (not self._free or len(waiting) >= len(self._seats) * _PAGES_AHEAD):
                self._settle()
                yield from _settled(waiting)
        while self._busy:
            self._settle()
            yield from _settled(waiting)

    def _begin(self, step: Step) -> _Ticket:
        if isinstance(step, Outcome):
            return _Ticket(step, outcome=step)
        ticket = _Ticket(step)
        self._give(self._free.pop(), ticket)
        return ticket

    def _give(self, seat: Seat, ticket: _Ticket) -> None:
        assert isinstance(ticket.step, Page)
        ticket.tries += 1
        self._busy[seat.submit(ticket.step)] = (seat, ticket)

    def _settle(self) -> None:
        """Wait until a worker is done with its page, and free the seat."""
        for future in wait(self._busy, return_when=FIRST_COMPLETED).done:
            seat, ticket = self._busy.pop(future)
            try:
                ticket.outcome = future.result()
            except BrokenProcessPool as error:
                if ticket.tries < _TRIES:
                    self._give(seat, ticket)
                    continue
                ticket.outcome = _crashed(ticket.step, error)
            self._free.append(seat)


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


def _crashed(step: Step, error: BrokenProcessPool) -> Outcome:
    assert isinstance(step, Page)
    reason = "the page killed the process that read it: report it with the page"
    return _failed(step, "batch", CRASHED, type(error)(reason), {})


def _failed(page: Page, stage: str, kind: str, error: Exception, seconds: Mapping[str, float]) -> Outcome:
    message = str(error) or "no message: report it with the page"
    failure = Failure(page.where, stage, kind, type(error).__name__, message, page.sha256)
    return Outcome(page.where, page.sha256, failure=failure, seconds=seconds)


def _open_blocks(draft: Draft) -> int:
    blocks = (draft.why_this_matters, draft.what_this_means_for_you)
    return sum(block.status == "needs-editor" for block in blocks)


def _spent(before: Mapping[str, float], drafter: Drafter) -> dict[str, float]:
    return {stage: total - before.get(stage, 0.0) for stage, total in drafter.seconds.items()}
