"""What is shown on a terminal: the progress of a run, its closing table, the tables of `explain` and `rules`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column, Table
from rich.text import Text

from summarise.batch import Reporter
from summarise.house.rules import BLOCKS, Rule
from summarise.records import Fate, RuleFate
from summarise.rendering import LABELS, plain
from summarise.report import RunReport

if TYPE_CHECKING:
    from summarise.review.feedback import Feedback

_LINES = 10
"""How many lines of progress a run prints, at most, where there is no terminal."""


def reporter_for(console: Console) -> Reporter:
    """Return the reporter that suits a console: a bar for a terminal, else a line now and then."""
    return Bar(console) if console.is_terminal else Lines(console)


class Bar:
    """A progress bar with pages per second and the counts so far."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("Drafting"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[counts]}"),
            TimeRemainingColumn(),
            console=console,
        )
        self._task = self._progress.add_task("", total=None, counts="loading models")
        self._started = monotonic()

    def start(self, found: int) -> None:
        """Show the bar."""
        self._progress.update(self._task, total=found)
        self._progress.start()

    def page(self, report: RunReport) -> None:
        """Move the bar on."""
        self._progress.update(
            self._task, total=report.found, completed=report.done, counts=_counts(report, self._started)
        )

    def stop(self) -> None:
        """Leave the bar as it stands."""
        self._progress.stop()


class Lines:
    """A line of counts each time that another tenth of the pages is done."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._started = monotonic()
        self._step = 1

    def start(self, found: int) -> None:
        """Say how much there is to do."""
        self._step = max(1, -(-found // _LINES))
        self._print(f"{found:,} pages found")

    def page(self, report: RunReport) -> None:
        """Say how far the run is, if it is time to."""
        if report.done % self._step == 0 or report.done == report.found:
            self._print(f"{report.done:,} of {report.found:,} · {_counts(report, self._started)}")

    def stop(self) -> None:
        """Nothing is left open."""

    def _print(self, line: str) -> None:
        self._console.print(line, highlight=False, markup=False, soft_wrap=True)


def closing_table(report: RunReport) -> Table:
    """Return the table that ends a run."""
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(justify="left")
    table.add_column(justify="right")
    table.add_row("Drafted", f"{report.drafted:,}")
    table.add_row("Skipped, unchanged", f"{report.skipped:,}{_known(report)}")
    table.add_row("Open blocks", f"{report.open_blocks:,}")
    for kind, count in sorted(report.failed.items()):
        table.add_row(f"Failed: {kind}", f"{count:,}")
    if report.duplicates:
        table.add_row("Duplicates", f"{report.duplicates:,}")
    table.add_row("Duration", f"{report.wall_seconds:.1f} s")
    return table


def fates_table(fates: Iterable[Fate]) -> Table:
    """Return the table of sentences, scores and fates for a reader."""
    table = Table(show_lines=True)
    for title in ("#", "Sentence", "Score", "Parts", "Fate", "Reason"):
        table.add_column(title, justify="right" if title in ("#", "Score") else "left")
    for fate in fates:
        table.add_row(*(Text(cell) for cell in _cells(fate, "\n")))
    return table


def fates_tsv(fates: Iterable[Fate]) -> str:
    """Return the same table as tab-separated values, for other programs."""
    rows = [("sentence", "text", "score", "parts", "fate", "reason"), *(_cells(fate, " ") for fate in fates)]
    return "".join("\t".join(row) + "\n" for row in rows)


def _cells(fate: Fate, between: str) -> tuple[str, ...]:
    parts = between.join(f"{name}={value:.3f}" for name, value in fate.parts)
    sentence = fate.sentence
    return (
        str(sentence.index),
        plain(sentence.text),
        f"{fate.score:.3f}",
        parts,
        fate.fate,
        plain(fate.reason),
    )


def rules_table(rules: Iterable[Rule]) -> list[Table]:
    """Return the table of rules for a reader; of several frames the first."""
    table = Table(
        "Rule", "Block", "Kind", Column("Priority", justify="right"), "Stories", "Frame", "Reason", show_lines=True
    )
    for rule in rules:
        stories = "; ".join(rule.conditions().values()) or "any"
        row = (rule.id, rule.block, rule.kind, str(rule.priority), stories, rule.frames[0], rule.reason)
        table.add_row(*_texts(*row))
    return [table]


def rule_fates_tables(fates: Iterable[RuleFate]) -> list[Table]:
    """Return a table for each block: what its rules wrote and could have written, and why the others are silent."""
    fates = list(fates)
    return [_rule_fates(label, [fate for fate in fates if BLOCKS[fate.block] == name]) for label, name in LABELS]


def _rule_fates(label: str, fates: Iterable[RuleFate]) -> Table:
    """Return the table of one block, where rules that are silent for the same reason share a row."""
    table = Table("Fate", "Rule", "Sentence", "Evidence", "Reason", title=label.rstrip(":"), show_lines=True)
    silent: dict[str, list[str]] = {}
    for fate in fates:
        if fate.fate == "silent":
            silent.setdefault(fate.reason, []).append(fate.rule)
        else:
            evidence = " / ".join(f"[{sentence.index}] {sentence.text}" for sentence in fate.evidence)
            table.add_row(*_texts(fate.fate, fate.rule, fate.text, evidence, fate.reason))
    for reason, rules in silent.items():
        table.add_row(*_texts("silent", ", ".join(rules), "", "", reason))
    return table


def feedback_tables(found: Feedback) -> list[Table]:
    """Return the tables of `summarise feedback`: decisions, parts, the rules and the sentences most changed."""
    decisions = Table("Decision", Column("Drafts", justify="right"), title="Decisions")
    for action, count in found.decisions.items():
        decisions.add_row(action, f"{count:,}")
    numbers = ("Lines", "Kept", "Edited", "Removed", "Added", "Acceptance", "Edit distance")
    parts = Table("Part", *(Column(name, justify="right") for name in numbers), title="Lines of approved drafts")
    for part in found.parts:
        row = (part.lines, part.kept, part.edited, part.removed, part.added)
        parts.add_row(part.part, *(f"{n:,}" for n in row), f"{part.acceptance:.0%}", f"{part.distance:.3f}")
    rules = Table("Rule", Column("Lines", justify="right"), Column("Changed", justify="right"), title="Rules")
    for rule in found.rules[:_LINES]:
        rules.add_row(plain(rule.rule), f"{rule.lines:,}", f"{rule.changed:,}")
    replaced = Table("Draft", "Place", "Sentence", "Printed instead", title="Sentences replaced", show_lines=True)
    for one in found.replaced[:_LINES]:
        replaced.add_row(*_texts(one.draft, one.where, one.sentence, one.after or "—"))
    return [decisions, parts, rules, replaced]


def _texts(*cells: str) -> Iterator[Text]:
    return (Text(plain(cell)) for cell in cells)


def _known(report: RunReport) -> str:
    return f" ({report.known_failures:,} of them failed before)" if report.known_failures else ""


def _counts(report: RunReport, started: float) -> str:
    rate = report.done / max(monotonic() - started, 1e-6)
    failed = report.failed.total()
    return f"{rate:,.1f} pages/s · drafted {report.drafted:,} · skipped {report.skipped:,} · failed {failed:,}"
