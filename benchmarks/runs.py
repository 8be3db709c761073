"""`summarise` from outside, as a desk runs it: how fast it starts, what a second worker gives, and an unchanged run.

Everything goes through the command line, so that the figures hold whatever is behind it. Times are those of the
clock. A run pays for its start, models included; a run of two pages tells how much that is, and rates are given
with and without it.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter

from benchmarks.one_pass import page_files

TINY = 2
"""Pages of the run whose time counts as the start: one for each of two workers."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A run of `pages` in `seconds`, and a run of `TINY` pages of the same kind in `start` seconds."""

    name: str
    pages: int
    seconds: float
    start: float

    @property
    def whole(self) -> float:
        """Pages a second, the start included."""
        return self.pages / self.seconds

    @property
    def steady(self) -> float:
        """Pages a second once the run has started; not a number where noise makes the small run the longer one."""
        seconds = self.seconds - self.start
        return (self.pages - TINY) / seconds if seconds > 0 else float("nan")


def start_ups(rounds: int) -> dict[str, float]:
    """Return the median seconds of commands that only start, by command; they take turns."""
    commands = {
        "summarise --help": [program(), "--help"],
        'python -c "import typer"': [sys.executable, "-c", "import typer"],
        'python -c ""': [sys.executable, "-c", ""],
    }
    for command in commands.values():
        _seconds(command)  # the first time reads the disk
    taken = [{name: _seconds(command) for name, command in commands.items()} for _ in range(rounds)]
    return {name: statistics.median(turn[name] for turn in taken) for name in commands}


def worker_rates(pages: Path, number: int, rounds: int, workers: Sequence[int] = (1, 2)) -> list[Rate]:
    """Return the rates of runs that draft `number` copies with one worker and with more, which take turns."""
    with tempfile.TemporaryDirectory() as folder:
        many, few = _copies(pages, Path(folder) / "many", number), _copies(pages, Path(folder) / "few", TINY)

        def run(source: Path, count: int) -> Callable[[int], float]:
            return lambda turn: _run(source, Path(folder) / f"{source.name}-{count}-{turn}", count)

        runs = {(source, count): run(source, count) for source in (few, many) for count in workers}
        taken = [{key: one(turn) for key, one in runs.items()} for turn in range(rounds)]
        median = {key: statistics.median(turn[key] for turn in taken) for key in runs}
    return [Rate("1 worker" if n == 1 else f"{n} workers", number, median[many, n], median[few, n]) for n in workers]


def unchanged_rate(pages: Path, number: int, rounds: int) -> Rate:
    """Return the rate of a run over `number` copies of which none has changed since the run before."""
    with tempfile.TemporaryDirectory() as folder:
        many, few = _copies(pages, Path(folder) / "many", number), _copies(pages, Path(folder) / "few", TINY)
        outs = {source: Path(folder) / f"{source.name}-out" for source in (few, many)}
        for source, out in outs.items():
            _run(source, out, workers=2)
        taken = [{source: _run(source, out, unchanged=True) for source, out in outs.items()} for _ in range(rounds)]
        seconds = {source: statistics.median(turn[source] for turn in taken) for source in outs}
    return Rate("nothing changed", number, seconds[many], seconds[few])


def program() -> str:
    """Return the command `summarise` of the environment that runs this."""
    return str(Path(sys.executable).with_name("summarise"))


def _copies(pages: Path, folder: Path, number: int) -> Path:
    """Fill a folder with `number` pages: those of `pages` over and over, each made a new one by a comment."""
    folder.mkdir()
    for copy, source in enumerate(islice(cycle(page_files(pages)), number)):
        comment = f"\n<!-- copy {copy} -->\n".encode()
        (folder / f"{copy:06}.html").write_bytes(source.read_bytes() + comment)
    return folder


def _run(source: Path, out: Path, workers: int = 1, unchanged: bool = False) -> float:
    """Return the seconds of a run, having asked its report whether it did what was meant."""
    command = [program(), "run", str(source), "--out", str(out), "--workers", str(workers), "--fail-on", "never"]
    seconds = _seconds(command)
    counts = json.loads((out / "run.json").read_text(encoding="utf-8"))["counts"]
    if unchanged != (counts["skipped"] == counts["found"]):
        raise RuntimeError(f"A run was to find {'nothing' if unchanged else 'every page'} changed, and found: {counts}")
    return seconds


def _seconds(command: Sequence[str]) -> float:
    started = perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, cwd=tempfile.gettempdir())
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return perf_counter() - started
