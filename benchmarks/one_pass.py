"""One contender over one folder of pages, in a process of its own: `python -m benchmarks.one_pass NAME FOLDER`.

Prints one line of JSON, a `Pass`. The models are loaded and some other pages summarised before the clock starts.
Every pass is a new process, so that it sees every page for the first time: libraries keep dates, words and lines
that they have met, and would be up to a tenth faster on pages that they know.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, NoReturn

from benchmarks.contenders import Summarise, contender
from summarise.records import Page

ROOT = Path(__file__).parent.parent
WARM_UP = 10
"""How many pages of the fixture corpus come before the clock; none of them is measured."""

ALONE = {
    # One core: nothing computes on a second thread.
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1"),
    # tldextract (newspaper4k) asks no server for its list, and leaves no file behind.
    "TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS": "",
    "TLDEXTRACT_CACHE": "",
    "PYTHONHASHSEED": "0",
}


@dataclass(frozen=True, slots=True)
class Pass:
    """What one pass gave: processor's seconds of every page, how many had a summary, the peak of memory in bytes.

    `wall` is the seconds that went by on the clock; `errors` are the exceptions by name.
    """

    seconds: tuple[float, ...]
    summaries: int
    peak: int
    wall: float
    errors: dict[str, int]

    @property
    def total(self) -> float:
        """Processor's seconds of all pages."""
        return sum(self.seconds)


def run_pass(name: str, folder: Path) -> Pass:
    """Return a pass of a contender over a folder, run in a new process on one thread; raises RuntimeError."""
    command = [sys.executable, "-m", "benchmarks.one_pass", name, str(folder.resolve())]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **ALONE}, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{name} did not get through the pages:\n{done.stderr[-2000:]}")
    data: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return Pass(**{**data, "seconds": tuple(data["seconds"])})


def timed(work: Summarise, pages: Sequence[Page], clock: Callable[[], float] = process_time) -> Pass:
    """Return the pass of a contender over pages; an exception is a page without a summary."""
    seconds, summaries, errors = [], 0, dict[str, int]()
    began = perf_counter()
    for page in pages:
        started = clock()
        try:
            summaries += bool(work(page))
        except Exception as error:  # whatever a page does to a contender, the pass goes on
            errors[type(error).__name__] = errors.get(type(error).__name__, 0) + 1
        seconds.append(clock() - started)
    return Pass(tuple(seconds), summaries, peak_memory(), perf_counter() - began, errors)


def peak_memory() -> int:
    """Return the most memory that this process has held, in bytes.

    Linux keeps `ru_maxrss` of the process that started this one, hence /proc where there is one.
    """
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def page_files(folder: Path) -> list[Path]:
    """Return the pages of a folder in order."""
    return sorted(folder.glob("*.html"))


def _refuse(*_: object) -> NoReturn:
    raise OSError("the benchmark stays offline")


def main(name: str, folder: Path) -> None:
    """Run one pass and print it."""
    from summarise.pages import read_page

    socket.socket.connect = _refuse  # type: ignore[method-assign]  # a contender that would download fails
    work = contender(name).make()
    timed(work, [read_page(path) for path in sorted((ROOT / "tests" / "corpus").glob("*/page.html"))[:WARM_UP]])
    print(json.dumps(asdict(timed(work, [read_page(path) for path in page_files(folder)]))))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
