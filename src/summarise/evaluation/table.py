"""The scores of a corpus as tables for a terminal, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from rich.table import Table
from rich.text import Text

from summarise.evaluation.catalogue import CATALOGUE, GROUPS, Metric
from summarise.evaluation.comparison import Interval, WayScores
from summarise.evaluation.gate import Fall, Verdict
from summarise.evaluation.scoring import CaseScores, Evaluation
from summarise.rendering import plain

ARROWS = {"higher": "↑", "lower": "↓", "neither": ""}
"""How a table shows which way is better."""
_ROUGE = {"rouge1": "R1", "rouge2": "R2", "rougeLsum": "RLsum"}


def shown(value: float | None, metric: Metric | None = None, *, signed: bool = False) -> str:
    """Return a value as reports show it: three decimals, two for counts, a dash for nothing."""
    if value is None:
        return "–"
    decimals = 2 if metric is not None and metric.name == "lint_errors" else 3
    return f"{value:+.{decimals}f}" if signed else f"{value:.{decimals}f}"


def metrics_table(parts: Mapping[str, Evaluation]) -> Table:
    """Return one row a metric and one column a part of the corpus ("dev", "gate", or all of it)."""
    table = Table(title_justify="left", pad_edge=False, box=None)
    table.add_column("Metric")
    table.add_column("")
    for name, part in parts.items():
        table.add_column(f"{name} ({len(part.cases)})", justify="right")
        table.add_column("cases", justify="right", style="dim")
    for title, metrics in grouped(parts):
        table.add_row(Text(title, style="bold"))
        for metric in metrics:
            cells = [(shown(part.value(metric.name), metric), str(part.count(metric.name))) for part in parts.values()]
            table.add_row("  " + metric.label, ARROWS[metric.better], *chain.from_iterable(cells))
    scores = [(shown(part.score), "") for part in parts.values()]
    table.add_row(Text("Score", style="bold"), ARROWS["higher"], *chain.from_iterable(scores))
    return table


def grouped(parts: Mapping[str, Evaluation]) -> Iterator[tuple[str, list[Metric]]]:
    """Yield the titles of the groups with their metrics that at least one part could measure."""
    measured = {name for part in parts.values() for name in part.values()}
    for group, title in GROUPS.items():
        metrics = [metric for metric in CATALOGUE if metric.group == group and metric.name in measured]
        if metrics:
            yield title, metrics


def cases_table(evaluation: Evaluation) -> Table:
    """Return one row a case, the lowest score first."""
    table = Table(pad_edge=False, box=None)
    for title in ("Case", "Split", "Subject", "Score", "Facts", "Support", "Context", "Slots", "Body"):
        table.add_column(title, justify="left" if title in {"Case", "Split", "Subject"} else "right")
    for case in ranked(evaluation):
        values = (
            case.values.get(name) for name in ("fact_recall", "support", "context", "slots_right", "extraction_f1")
        )
        cells = (plain(case.slug), case.split, plain(case.subject), shown(case.score), *map(shown, values))
        table.add_row(*map(Text, cells), style="red" if case.failure else "")
    return table


def comparison_tables(scores: Sequence[WayScores], lines: int) -> tuple[Table, Table]:
    """Return ROUGE of every way of choosing lines by outlet, and its distance from the lead, both with intervals."""
    title = f"ROUGE F1 × 100, {lines} lines a summary, with 95 % bootstrap intervals"
    return _ways(title, [(s, s.rouge) for s in scores], ""), _ways(
        "Over the lead", [(s, s.over_lead) for s in scores], "+"
    )


def _ways(title: str, rows: Iterable[tuple[WayScores, Mapping[str, Interval]]], sign: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for name in ("Outlet", "Way", "Articles", "Words", *_ROUGE.values()):
        table.add_column(name, justify="left" if name in {"Outlet", "Way"} else "right", no_wrap=True)
    for s, intervals in rows:
        ends = [_interval(intervals[name], sign) for name in _ROUGE]
        table.add_row(*map(Text, (plain(s.outlet), s.way, f"{s.articles:,}", f"{s.words:.1f}", *ends)))
    return table


def _interval(interval: Interval, sign: str) -> str:
    return f"{interval.mean:{sign}.1f} [{interval.low:{sign}.1f}, {interval.high:{sign}.1f}]"


def verdict_lines(verdict: Verdict) -> Iterator[str]:
    """Yield what the gate has to say, a line each."""
    for split in verdict.changed:
        yield f"The {split} cases are not those that the floors were set on: look at the change, then --repin."
    for fall in verdict.falls:
        yield _fall_line(fall)
        yield from (f"    {plain(slug)}: {old:.4f} → {new:.4f} ({new - old:+.4f})" for slug, old, new in fall.cases)
    yield "The gate is passed." if verdict.passed else "The gate is NOT passed."


def _fall_line(fall: Fall) -> str:
    if fall.floor is None:
        return f"{fall.metric.name}: there is no floor yet: set it with --repin."
    if fall.value is None:
        return f"{fall.metric.name}: can no longer be measured; its floor is {fall.floor:.4f}."
    word = "below" if fall.metric.better == "higher" else "above"
    place = f"{fall.value:.4f} is {word} its floor {fall.floor:.4f} ({fall.value - fall.floor:+.4f})"
    return f"{fall.metric.name} ({fall.metric.label}): {place}"


def ranked(evaluation: Evaluation) -> list[CaseScores]:
    """Return the cases, the lowest score first."""
    return sorted(evaluation.cases, key=lambda case: (-1.0 if case.score is None else case.score, case.slug))


def failures(evaluation: Evaluation) -> list[tuple[str, str]]:
    """Return the cases that gave no draft, with the reason."""
    return [(case.slug, case.failure) for case in evaluation.cases if case.failure]


def to_json(parts: Mapping[str, Evaluation]) -> str:
    """Return the scores as JSON: by part, the metrics of the whole and of every case."""
    return json.dumps({name: _part(part) for name, part in parts.items()}, ensure_ascii=False, indent=1) + "\n"


def _part(part: Evaluation) -> dict[str, Any]:
    return {
        "corpus": part.corpus,
        "score": _rounded(part.score),
        "metrics": {name: _rounded(value) for name, value in part.values().items()},
        "cases": [
            {
                "slug": case.slug,
                "split": case.split,
                "subject": case.subject,
                "score": _rounded(case.score),
                "failure": case.failure,
                "metrics": {name: _rounded(value) for name, value in case.values.items()},
            }
            for case in part.cases
        ],
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
