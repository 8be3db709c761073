"""How fast `summarise` is beside its peers, on the same pages in the same run: `make bench PAGES=folder`.

Passes take turns: every contender goes once over all pages, in a process of its own with one thread, then every
contender again. Figures are medians over the passes. Then come the command line's start, a second worker, and a
run in which nothing changed. docs/benchmarks.md says what the figures mean; `--write` puts them there.
"""

from __future__ import annotations

import os
import platform
import re
import statistics
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from benchmarks.contenders import CONTENDERS, REFERENCE, Contender, version
from benchmarks.one_pass import ROOT, Pass, page_files, run_pass
from benchmarks.runs import Rate, start_ups, unchanged_rate, worker_rates

BEGIN, END = "<!-- figures: begin -->\n", "<!-- figures: end -->\n"
BUSY = 1.1
"""Seconds on the clock for one of the processor above which other work disturbed the passes."""


@dataclass(frozen=True, slots=True)
class Row:
    """A contender's figures: medians over its passes, `ratio` the time for one unit of the reference's."""

    name: str
    pages_per_second: float
    milliseconds: float
    ratio: float
    summaries: int
    peak: int


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the report, with a sentence or more before it and notes after it."""

    title: str
    lead: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()

    def markdown(self) -> str:
        """Return the section as Markdown."""
        ruler = "|".join(["---", *["---:"] * (len(self.head) - 1)])
        table = [f"| {' | '.join(self.head)} |", f"|{ruler}|", *(f"| {' | '.join(row)} |" for row in self.rows)]
        notes = ["", *(f"- {note}" for note in self.notes)] if self.notes else []
        return "\n".join([f"### {self.title}", "", self.lead, "", *table, *notes, ""])

    def print(self, console: Console) -> None:
        """Print the section as a table of the terminal."""
        table = Table(title=self.title, title_justify="left", caption="\n".join(self.notes), caption_justify="left")
        for number, name in enumerate(self.head):
            table.add_column(name, justify="right" if number else "left")
        for row in self.rows:
            table.add_row(*row)
        console.print(self.lead, table, "", sep="\n")


# ------------------------------------------------------------ the contenders


def measure(names: Sequence[str], pages: Path, number: int) -> dict[str, list[Pass]]:
    """Return the passes of every contender over the pages; the contenders take turns, in another order each time."""
    passes: dict[str, list[Pass]] = {name: [] for name in names}
    for turn in range(number):
        for name in (*names[turn % len(names) :], *names[: turn % len(names)]):
            print(f"pass {turn + 1} of {number}: {name}", file=sys.stderr)
            passes[name].append(run_pass(name, pages))
    return passes


def figures(passes: Mapping[str, Sequence[Pass]]) -> list[Row]:
    """Return the figures of every contender, each held against the reference's pass of the same turn."""
    reference = passes[REFERENCE]
    rows = []
    for name, taken in passes.items():
        by_page = [statistics.median(times) for times in zip(*(one.seconds for one in taken), strict=True)]
        rows.append(
            Row(
                name,
                len(by_page) / statistics.median(one.total for one in taken),
                statistics.median(by_page) * 1000,
                statistics.median(one.total / base.total for one, base in zip(taken, reference, strict=True)),
                max(one.summaries for one in taken),
                max(one.peak for one in taken),
            )
        )
    return rows


def contenders_section(passes: Mapping[str, Sequence[Pass]], skipped: Sequence[Contender] = ()) -> Section:
    """Return the comparison as a table, with what was replaced, left out or went wrong."""
    pages, number = (len(passes[REFERENCE][0].seconds), len(passes[REFERENCE]))
    rows = tuple(
        (
            row.name,
            f"{row.pages_per_second:.1f}",
            f"{row.milliseconds:.1f}",
            f"{row.ratio:.2f}",
            f"{row.summaries} of {pages}",
            f"{row.peak / 2**20:.0f} MB",
        )
        for row in figures(passes)
    )
    return Section(
        "A page to a summary, on one core",
        f"{pages} pages, medians of {number} passes that took turns; processor's time; `{REFERENCE}`, which finds the "
        "body and the facts of a page and summarises nothing, is 1.",
        ("contender", "pages/s", "ms a page", "time, ratio", "gave a summary", "peak memory"),
        rows,
        tuple(_notes(passes, skipped)),
    )


def _notes(passes: Mapping[str, Sequence[Pass]], skipped: Sequence[Contender]) -> Iterable[str]:
    for replaced in dict.fromkeys(one.replaced for one in CONTENDERS if one.name in passes and one.replaced):
        names = [one.name for one in CONTENDERS if one.name in passes and one.replaced == replaced]
        yield f"Replaced for {', '.join(names)}: {replaced}."
    for one in skipped:
        yield f"{one.name} was left out: {one.missing}."
    for name, taken in passes.items():
        if taken[0].errors:
            yield f"{name}, no summary: " + ", ".join(f"{n} × {error}" for error, n in taken[0].errors.items()) + "."
    busy = max(one.wall / one.total for taken in passes.values() for one in taken)
    if busy > BUSY:
        yield f"The machine was busy: the worst pass took {busy:.2f} seconds of the clock for one of the processor."


# ------------------------------------------------------------ the command line


def start_section(seconds: Mapping[str, float]) -> Section:
    """Return how long commands take that only start."""
    base = seconds['python -c "import typer"']
    rows = tuple((f"`{name}`", f"{value * 1000:.0f}", f"{value / base:.2f}") for name, value in seconds.items())
    return Section(
        "The start of the command line",
        "Milliseconds on the clock; the library of the command line alone is 1.",
        ("command", "ms", "ratio"),
        rows,
    )


def workers_section(rates: Sequence[Rate]) -> Section:
    """Return what more workers give, as rates and as ratios to one worker."""
    first = rates[0]
    return Section(
        "Two workers against one",
        f"`summarise run` over {first.pages} copies, each with a comment of its own; times on the clock. "
        "The start, of models in every worker, counts in the first two columns and is taken off in the last two.",
        ("run", "pages/s, whole", "ratio", "pages/s, started", "ratio"),
        tuple(
            (
                rate.name,
                *(_rate(rate.whole), _times(rate.whole, first.whole)),
                *(_rate(rate.steady), _times(rate.steady, first.steady)),
            )
            for rate in rates
        ),
    )


def unchanged_section(rate: Rate) -> Section:
    """Return how fast a run is in which nothing changed."""
    return Section(
        "A run in which nothing changed",
        f"`summarise run` again over {rate.pages} pages, one worker; times on the clock.",
        ("run", "seconds", "start, seconds", "pages/s, whole", "pages/s, started"),
        ((rate.name, f"{rate.seconds:.2f}", f"{rate.start:.2f}", _rate(rate.whole), _rate(rate.steady)),),
    )


def _rate(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}"


def _times(value: float, base: float) -> str:
    return f"{value / base:.2f}"


# ------------------------------------------------------------ the report


def conditions(pages: Path) -> str:
    """Return the machine, the versions and the pages of the measurement, as Markdown."""
    packages = dict.fromkeys(package for one in CONTENDERS for package in one.packages)
    versions = ", ".join(f"{package} {found}" for package in packages if (found := version(package)))
    size = sum(path.stat().st_size for path in page_files(pages)) / 2**20
    return (
        f"Measured on {date.today():%-d %B %Y}, on {len(page_files(pages))} pages ({size:.1f} MB). "
        f"{processor()}, {os.cpu_count()} cores, {memory() / 2**30:.0f} GB of memory, {platform.system()}. "
        f"{platform.python_implementation()} {platform.python_version()}; {versions}.\n"
    )


def processor() -> str:
    """Return the processor's name, as far as the system tells it."""
    file = Path("/proc/cpuinfo")
    named = re.search(r"^model name\s*: (.+)$", file.read_text(), re.MULTILINE) if file.exists() else None
    return named[1] if named else platform.processor() or platform.machine()


def memory() -> int:
    """Return the bytes of memory of the machine."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def with_figures(text: str, figures: str) -> str:
    """Return a page of the manual with other figures between its two marks; raises ValueError where it has none."""
    before, _, rest = text.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"The page lacks the marks {BEGIN.strip()} and {END.strip()}.")
    return before + BEGIN + figures + END + after


def main(
    pages: Annotated[Path, typer.Option(help="A folder of pages (*.html).")] = Path("data/raw"),
    passes: Annotated[int, typer.Option(help="How often every contender goes over the pages.", min=1)] = 5,
    rounds: Annotated[int, typer.Option(help="How often a command of `summarise` is timed.", min=1)] = 3,
    run_pages: Annotated[int, typer.Option(help="Pages of the runs with one worker and two.", min=3)] = 120,
    unchanged_pages: Annotated[int, typer.Option(help="Pages of the run in which nothing changed.", min=3)] = 400,
    write: Annotated[Path | None, typer.Option(help="A page of Markdown whose figures are replaced.")] = None,
) -> None:
    """Compare pages a second, memory and start-up with peers."""
    if not page_files(pages):
        print(f"There are no pages in {pages}: those of data/raw are taken.", file=sys.stderr)
        pages = ROOT / "data" / "raw"
    skipped = [one for one in CONTENDERS if one.missing]
    told = conditions(pages)
    sections = [
        contenders_section(measure([one.name for one in CONTENDERS if not one.missing], pages, passes), skipped),
        start_section(start_ups(5 * rounds)),
        workers_section(worker_rates(pages, run_pages, rounds)),
        unchanged_section(unchanged_rate(pages, unchanged_pages, rounds)),
    ]
    console = Console(width=110)
    console.print(told)
    for section in sections:
        section.print(console)
    if write:
        report = "\n".join([told, *(section.markdown() for section in sections)])
        write.write_text(with_figures(write.read_text(encoding="utf-8"), report), encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
