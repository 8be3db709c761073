"""Whatever kills a run, the next completes it, and leaves the bytes of an uninterrupted one."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes import tree, write_pages

TESTS = Path(__file__).parent
PAGES = [f"Page {number}" if number % 7 else f"NOTHING {number}" for number in range(90)]
KILLS = 50

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc to find the workers")


def _start(given: Path, out: Path, workers: int = 2) -> subprocess.Popen[str]:
    command = [sys.executable, str(TESTS / "run_fakes.py"), str(given), str(out), str(workers)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def _run(given: Path, out: Path) -> tuple[int, str]:
    process = _start(given, out)
    _, said = process.communicate(timeout=60)
    return process.returncode, said


def _workers(process: subprocess.Popen[str]) -> list[int]:
    """Return the processes that draft for a run."""
    try:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        threads = Path(f"/proc/{process.pid}/task").iterdir()
        children = [child for thread in threads for child in (thread / "children").read_text().split()]
        return [int(pid) for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    except OSError:
        return []


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("given")
    write_pages(folder, *PAGES)
    return folder


@pytest.fixture(scope="module")
def whole(given: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What an uninterrupted run leaves."""
    out = tmp_path_factory.mktemp("whole")
    assert _run(given, out)[0] == 0
    return tree(out)


def test_fifty_kills_of_runs_and_workers_change_no_byte(given: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    chance = random.Random(8)
    out = tmp_path / "out"
    killed = {"run": 0, "worker": 0}
    while sum(killed.values()) < KILLS:
        process = _start(given, out)
        try:
            process.wait(timeout=chance.uniform(0.2, 1.4))
        except subprocess.TimeoutExpired:
            workers = _workers(process)
            victim = chance.choice([process.pid, *workers])
            os.kill(victim, signal.SIGKILL)
            killed["run" if victim == process.pid else "worker"] += 1
        process.communicate(timeout=60)
        if process.returncode == 0:
            assert tree(out) == whole
            shutil.rmtree(out)
    assert min(killed.values()) > 5
    assert _run(given, out)[0] == 0
    assert tree(out) == whole


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_signal_ends_a_run_in_order_and_the_next_completes_it(
    given: Path, whole: dict[str, bytes], tmp_path: Path, name: str
) -> None:
    out = tmp_path / "out"
    process = _start(given, out)
    while process.poll() is None and not list(out.glob("drafts/*.json")):
        pass
    process.send_signal(getattr(signal, name))
    process.communicate(timeout=60)
    told = json.loads((out / "run.json").read_text())
    assert (process.returncode, told["state"]) == (130, "interrupted")
    assert told["counts"]["drafted"] == len(list(out.glob("drafts/*.json")))
    assert told["counts"]["failed"].get("no-article", 0) == len((out / "failures.jsonl").read_bytes().splitlines())
    assert _run(given, out)[0] == 0
    assert tree(out) == whole


def test_a_second_run_into_the_same_output_says_so_and_stops(
    given: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    first = _start(given, out)
    while first.poll() is None and not list(out.glob("drafts/*.json")):
        pass
    code, said = _run(given, out)
    assert code == 3
    assert "Another run is writing" in said
    first.communicate(timeout=60)
    assert tree(out) == whole


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 300 kB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip("only an administrator of Linux can mount a small file system")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_disk_that_fills_up_ends_the_run_with_a_reason_and_the_next_completes_it(
    given: Path, whole: dict[str, bytes], small_disk: Path
) -> None:
    out = small_disk / "out"
    code, said = _run(given, out)
    assert code == 3
    assert "No space left on device" in said
    assert json.loads((out / "run.json").read_text())["state"] in ("unfinished", "failed")
    rows = (out / "ledger.jsonl").read_bytes().splitlines(keepends=True)
    assert rows
    assert all(json.loads(row) and row.endswith(b"\n") for row in rows)
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    assert _run(given, out)[0] == 0
    assert tree(out) == whole


@pytest.mark.parametrize("workers", [1, 7])
def test_the_output_is_the_same_for_any_number_of_workers(
    given: Path, whole: dict[str, bytes], tmp_path: Path, workers: int
) -> None:
    process = _start(given, tmp_path / "out", workers)
    process.communicate(timeout=60)
    assert tree(tmp_path / "out") == whole
