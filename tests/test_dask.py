"""A run on a Dask cluster leaves what a local run leaves, also when a worker is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes import FakeSummariser, SlowSummariser, tree, write_pages
from summarise import batch
from summarise.errors import UsageError
from summarise.report import RunReport
from summarise.settings import Settings

distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")

pytestmark = pytest.mark.loopback

TESTS = Path(__file__).parent
PAGES = [f"Page {number}" if number % 7 else f"NOTHING {number}" for number in range(120)]


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return write_pages(tmp_path_factory.mktemp("given"), *PAGES)


@pytest.fixture(scope="module")
def whole(given: list[str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a local run leaves."""
    out = tmp_path_factory.mktemp("whole")
    batch.run(given, Settings(), out, workers=2, make=FakeSummariser)
    return tree(out)


def _dask(*arguments: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path])}
    command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, each a process on loopback: the address, and the workers."""
    file = tmp_path / "scheduler.json"
    scheduler = _dask(
        "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)
    )
    workers = [
        _dask("worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-nanny", "--no-dashboard")
        for _ in range(2)
    ]
    try:
        with distributed.Client(scheduler_file=str(file), timeout="30s") as client:
            client.wait_for_workers(2, timeout=30)
            yield client.scheduler.address, workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


class KillsAWorker:
    """A reporter that kills a process when the run is well under way."""

    def __init__(self, victim: subprocess.Popen[bytes]) -> None:
        self._victim = victim
        self.killed = False

    def start(self, found: int) -> None:
        """Wait for the first pages."""

    def page(self, report: RunReport) -> None:
        if report.done > 20 and not self.killed:
            self._victim.send_signal(signal.SIGKILL)
            self.killed = True

    def stop(self) -> None:
        """Nothing is left to do."""


def test_a_cluster_that_loses_a_worker_leaves_what_a_local_run_leaves(
    given: list[str], whole: dict[str, bytes], tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, workers = cluster
    killer = KillsAWorker(workers[0])
    report = batch.run(
        given,
        Settings(),
        tmp_path / "out",
        engine="dask",
        scheduler=address,
        workers=2,
        make=SlowSummariser,
        reporter=killer,
    )
    assert killer.killed
    assert report.done == len(PAGES)
    assert tree(tmp_path / "out") == whole


def test_without_an_address_a_cluster_is_started_here(
    given: list[str], whole: dict[str, bytes], tmp_path: Path
) -> None:
    batch.run(given, Settings(), tmp_path / "out", engine="dask", workers=2, make=FakeSummariser)
    assert tree(tmp_path / "out") == whole


def test_an_address_where_nobody_answers_is_an_error_of_usage(given: list[str], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no Dask scheduler answers"):
        batch.run(
            given, Settings(), tmp_path / "out", engine="dask", scheduler="tcp://127.0.0.1:9", make=FakeSummariser
        )
