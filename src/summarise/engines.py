"""Who does the work of a run: any `concurrent.futures.Executor`, of this machine or of a Dask cluster.

The task is the same for every engine (`seats.work`), and what comes back is put in the order of what was asked, so
that the output does not depend on the engine nor on the number of workers.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from summarise.errors import Crashed, SummariseError, UsageError
from summarise.records import Page
from summarise.seats import close_seats, work
from summarise.workers import Desk, Outcome, Step, failed

Engine = Literal["local", "dask"]

_TASKS_AHEAD = 4  # per worker, begun before their turn: few enough to hold in memory
_TRIES = 2
_SETTLED_AT_ONCE = 64


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def opened(engine: Engine, desk: Desk, workers: int, scheduler: str | None = None) -> Iterator[Executor]:
    """Open an executor; leaving it stops whatever is still at work.

    `scheduler` is the address of a Dask scheduler; without it the engine "dask" starts `workers` of its own.
    No workers means this very process, without limits, where a debugger can follow.
    Raises UsageError where Dask is not installed or nobody answers at the address.
    """
    if engine == "dask":
        with _dask(workers, scheduler) as executor:
            yield executor
        return
    if not workers:
        yield _Here()
        return
    executor = ThreadPoolExecutor(workers)
    try:
        yield executor
    finally:
        close_seats(desk)
        executor.shutdown(wait=True, cancel_futures=True)


class _Here(Executor):
    """Does at once what is submitted, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Return a future that is done."""
        desk, pages = args
        future: Future[Any] = Future()
        future.set_result([desk.work(page) for page in pages])
        return future


@contextmanager
def _dask(workers: int, scheduler: str | None) -> Iterator[Executor]:
    try:
        import dask
        import distributed
    except ImportError as error:
        raise UsageError("--engine dask needs Dask: pip install 'summarise[dask]'.") from error
    client_of: Any = distributed.Client
    cluster_of: Any = distributed.LocalCluster
    # A page is drafted in a process of its own, which a daemon could not start.
    with dask.config.set({"distributed.worker.daemon": False}):
        if scheduler is None:
            with (
                cluster_of(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster,
                client_of(cluster) as client,
            ):
                yield client.get_executor()
            return
        try:
            client = client_of(scheduler, timeout="10s")
        except (OSError, ValueError) as error:
            raise UsageError(f"--scheduler {scheduler}: no Dask scheduler answers ({error}).") from error
        with client:
            yield client.get_executor()


@dataclass(slots=True)
class _Chunk:
    """Some steps in a row, and the task that drafts their pages."""

    steps: list[Step] = field(default_factory=list)
    future: Future[list[Outcome]] | None = None
    tries: int = 0

    @property
    def pages(self) -> list[Page]:
        return [step for step in self.steps if isinstance(step, Page)]


def outcomes(executor: Executor, desk: Desk, steps: Iterable[Step], size: int, workers: int) -> Iterator[Outcome]:
    """Yield one outcome for each step, in order; `size` pages travel together."""
    waiting: deque[_Chunk] = deque()
    for chunk in _chunks(steps, size):
        _begin(executor, desk, chunk)
        waiting.append(chunk)
        while waiting and (len(waiting) > max(workers, 1) * _TASKS_AHEAD or _is_done(waiting[0])):
            yield from _outcomes_of(executor, desk, waiting.popleft())
    while waiting:
        yield from _outcomes_of(executor, desk, waiting.popleft())


def _chunks(steps: Iterable[Step], size: int) -> Iterator[_Chunk]:
    chunk = _Chunk()
    for step in steps:
        chunk.steps.append(step)
        if len(chunk.pages) >= size or len(chunk.steps) >= _SETTLED_AT_ONCE:
            yield chunk
            chunk = _Chunk()
    if chunk.steps:
        yield chunk


def _begin(executor: Executor, desk: Desk, chunk: _Chunk) -> None:
    if chunk.pages:
        chunk.tries += 1
        chunk.future = executor.submit(work, desk, chunk.pages)


def _is_done(chunk: _Chunk) -> bool:
    return chunk.future is None or chunk.future.done()


def _outcomes_of(executor: Executor, desk: Desk, chunk: _Chunk) -> list[Outcome]:
    """Wait for a chunk; a worker that was lost with it is replaced by another, once."""
    try:
        drafted = iter(chunk.future.result() if chunk.future else ())
    except (SummariseError, CancelledError):
        raise
    except Exception as error:  # whatever takes a worker away, the run goes on
        if chunk.tries < _TRIES:
            _begin(executor, desk, chunk)
            return _outcomes_of(executor, desk, chunk)
        drafted = iter([_lost(page, error) for page in chunk.pages])
    return [next(drafted) if isinstance(step, Page) else step for step in chunk.steps]


def _lost(page: Page, error: Exception) -> Outcome:
    return failed(page, Crashed(f"{page.where} was lost with its workers ({error!r}): report it with the page."))
