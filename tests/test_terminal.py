"""A run shows how far it is: a bar on a terminal, plain lines elsewhere, a table at its end."""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console

from summarise.records import Fate, Sentence
from summarise.report import RunReport
from summarise.terminal import closing_table, fates_table, fates_tsv, reporter_for
from summarise.workers import Outcome


def _progress(console: Console, pages: int) -> None:
    reporter = reporter_for(console)
    report = RunReport(Path("out"), found=pages)
    reporter.start(pages)
    for _ in range(pages):
        report.add(Outcome("a.html", None, "id"))
        reporter.page(report)
    reporter.stop()


def _console(*, terminal: bool = False) -> tuple[Console, io.StringIO]:
    screen = io.StringIO()
    return Console(file=screen, force_terminal=terminal, width=120), screen


def test_without_a_terminal_progress_is_a_few_plain_lines() -> None:
    console, screen = _console()
    _progress(console, 200)
    lines = screen.getvalue().splitlines()
    assert lines[0] == "200 pages found"
    assert len(lines) == 11
    assert lines[-1].startswith("200 of 200 · ")
    assert lines[-1].endswith(" pages/s · drafted 200 · skipped 0 · failed 0")
    assert "\x1b" not in screen.getvalue()


def test_on_a_terminal_progress_is_a_bar_with_rate_and_counts() -> None:
    console, screen = _console(terminal=True)
    _progress(console, 3)
    assert "3/3" in screen.getvalue()
    assert "pages/s" in screen.getvalue()
    assert "drafted 3" in screen.getvalue()


def test_the_closing_table_tells_drafts_open_blocks_and_failures() -> None:
    console, screen = _console()
    report = RunReport(Path("out"), found=9, drafted=5, skipped=2, known_failures=1, duplicates=1)
    report.failed["too-short"] = 1
    report.open_blocks = 4
    report.wall_seconds = 1.26
    console.print(closing_table(report))
    assert [re.split(r" {2,}", line.strip()) for line in screen.getvalue().splitlines()] == [
        ["Drafted", "5"],
        ["Skipped, unchanged", "2 (1 of them failed before)"],
        ["Open blocks", "4"],
        ["Failed: too-short", "1"],
        ["Duplicates", "1"],
        ["Duration", "1.3 s"],
    ]


FATE = Fate(
    Sentence(3, 1, 0, 20, "Ferry\tfares [red]rise\x1b[0m."),
    0.5,
    (("position", 0.3), ("tfidf", 0.2)),
    "dropped",
    "repeats 1",
)


def test_fates_are_tab_separated_for_other_programs() -> None:
    header, row = fates_tsv([FATE]).splitlines()
    assert header.split("\t") == ["sentence", "text", "score", "parts", "fate", "reason"]
    assert row.split("\t") == [
        "3",
        "Ferry fares [red]rise[0m.",
        "0.500",
        "position=0.300 tfidf=0.200",
        "dropped",
        "repeats 1",
    ]


def test_the_table_of_fates_shows_markup_of_a_page_as_text() -> None:
    console, screen = _console()
    console.print(fates_table([FATE]))
    assert "[red]rise" in screen.getvalue()
    assert "position=0.300" in screen.getvalue()
