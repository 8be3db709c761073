"""Where a page is drafted: a process of its own, with limits, replaced when it dies.

A chunk of pages goes to the process in one message, and the outcomes come back one by one, so that it is always
known which page a process is at. A page over the time limit is given up with its process. A page whose process dies
is given to a new one, because a process may be killed for another's fault; when several die of it, the page is
recorded as the cause. The process ends by itself when nobody is left to hear it.
"""

from __future__ import annotations

import faulthandler
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from summarise.errors import Crashed, OverMemory, OverTime, RunError
from summarise.records import Page
from summarise.workers import Desk, Outcome, failed

_TRIES = 3
"""Processes that a page may take with it before it is held to be the cause."""

_PAGES_A_PROCESS = 2_000
"""After so many pages a process makes room for a fresh one: what libraries remember of every page is forgotten."""

_GRACE = 10.0
"""Seconds after the limit at which a process that nobody stopped stops itself."""


class _LeftError(Exception):
    """The seat was closed while a page was before it."""


class Seat:
    """One process and what is before it; `close` may be called from another thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._seconds = desk.settings.limits.seconds
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._served = 0
        self._closed = False

    def work(self, pages: Sequence[Page]) -> list[Outcome]:
        """Return one outcome a page, in order; raises SummariseError where no drafter can be made."""
        left = deque(pages)
        outcomes: list[Outcome] = []
        tries = 0
        while left:
            before = len(left)
            try:
                outcomes.extend(self._serve(left))
            except (EOFError, OSError):
                self._stop()
                tries = 1 if len(left) < before else tries + 1
                if tries == _TRIES:
                    outcomes.append(_crashed(left.popleft()))
                    tries = 0
        return outcomes

    def close(self) -> None:
        """Stop the process at once, whatever is before it."""
        self._closed = True
        if self._process is not None:
            self._process.kill()

    def _serve(self, left: deque[Page]) -> Iterator[Outcome]:
        """Take pages off the front as their outcomes come; EOFError tells that the process died of the next."""
        connection = self._ready()
        connection.send(list(left))
        while left:
            if not connection.poll(self._seconds):
                self._stop()
                yield _over_time(left.popleft(), self._seconds)
                return
            outcome: Outcome = connection.recv()
            left.popleft()
            self._served += 1
            yield outcome
            if outcome.failure and outcome.failure.kind == OverMemory.kind:
                self._stop()
                return

    def _ready(self) -> Connection:
        """Return the way to a process that waits for pages."""
        if self._served >= _PAGES_A_PROCESS:
            self._stop()
        if self._closed:
            raise _LeftError
        if self._connection is None:
            self._connection = self._start()
        if self._closed:  # while the process was being started
            self._stop()
        return self._connection

    def _start(self) -> Connection:
        context = get_context("spawn")  # the one way that every system has, and safe beside threads
        here, there = context.Pipe()
        process = context.Process(target=_sit, args=(self._desk, there), daemon=True)
        try:
            process.start()
        except AssertionError as error:  # a daemon may have no children: the default of a Dask worker
            raise RunError(
                "The worker is a daemon and can start no process of its own: "
                "start it with DASK_DISTRIBUTED__WORKER__DAEMON=False in its environment."
            ) from error
        self._process = process
        there.close()
        self._served = 0
        problem = here.recv()
        if problem is not None:
            raise problem
        return here

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._connection is not None:
            self._connection.close()
        self._process = self._connection = None
        self._served = 0
        if self._closed:
            raise _LeftError


class Seats:
    """The seats of one desk: as many as there are callers at the same time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._all: list[Seat] = []
        self._free: list[Seat] = []
        self._lock = threading.Lock()

    @contextmanager
    def seat(self) -> Iterator[Seat]:
        """Lend a seat; a new one where all are taken."""
        with self._lock:
            if not self._free:
                self._all.append(Seat(self._desk))
                self._free.append(self._all[-1])
            seat = self._free.pop()
        yield seat
        with self._lock:
            self._free.append(seat)

    def close(self) -> None:
        """Stop every process."""
        with self._lock:
            for seat in self._all:
                seat.close()


_seats: dict[Desk, Seats] = {}
"""Of this process: a task brings its desk along, and finds the seats that earlier tasks left."""

_guard = threading.Lock()


def work(desk: Desk, pages: Sequence[Page]) -> list[Outcome]:
    """Return one outcome a page, from a process of this machine: the task that every engine runs."""
    with _guard:
        seats = _seats.setdefault(desk, Seats(desk))
    with seats.seat() as seat:
        return seat.work(pages)


def close_seats(desk: Desk) -> None:
    """Stop every process of this one that drafts for a desk."""
    with _guard:
        seats = _seats.pop(desk, None)
    if seats is not None:
        seats.close()


# In the process ---------------------------------------------------------------------------------


def _sit(desk: Desk, connection: Connection) -> None:
    """Answer chunks of pages with outcomes until there is nobody to answer; an interruption is for the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bound_memory(desk.settings.limits.megabytes)
    try:
        desk.load()
    except Exception as error:
        connection.send(error)
        return
    seconds = desk.settings.limits.seconds + _GRACE
    try:
        connection.send(None)
        while True:
            for page in connection.recv():
                faulthandler.dump_traceback_later(seconds, exit=True)
                connection.send(desk.work(page))
            faulthandler.cancel_dump_traceback_later()
    except (EOFError, OSError):
        return


def _bound_memory(megabytes: int) -> None:
    """Let allocations beyond the limit fail, where the system can do that (Linux)."""
    if sys.platform == "linux":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_DATA, (wanted if most < 0 else min(wanted, most), most))


def _over_time(page: Page, seconds: float) -> Outcome:
    message = f"{page.where} was not drafted within {seconds:g} s: report it with the page, or raise `limits.seconds`."
    return failed(page, OverTime(message))


def _crashed(page: Page) -> Outcome:
    message = f"{page.where} killed {_TRIES} processes that read it: report it with the page."
    return failed(page, Crashed(message))
