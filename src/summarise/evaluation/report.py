"""What both reports show (worst lines, drift against the recorded values, scores by subject), and the Markdown one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from summarise.evaluation.catalogue import BY_NAME
from summarise.evaluation.gate import drift
from summarise.evaluation.lines import CheckedLine
from summarise.evaluation.quality_file import Quality
from summarise.evaluation.scoring import Evaluation
from summarise.evaluation.table import ARROWS, failures, grouped, ranked, shown
from summarise.evaluation.words import mean
from summarise.rendering import plain

WORST = 10
BLIND = "gate"
"""The split whose lines no report shows, so that nobody tunes to it."""


@dataclass(frozen=True, slots=True)
class Drift:
    """A metric as recorded and as measured now."""

    name: str
    then: float
    now: float

    @property
    def better(self) -> bool | None:
        """Whether it got better; None where it is as good as the same or is better neither way."""
        change, better = self.now - self.then, BY_NAME[self.name].better
        if better == "neither" or abs(change) < 0.0005:
            return None
        return (change > 0) == (better == "higher")


def worst_lines(parts: Mapping[str, Evaluation]) -> list[tuple[str, CheckedLine]]:
    """Return the worst lines with their cases' slugs, the worst first; lines of gate cases are never among them."""
    cases = [case for part in parts.values() for case in part.cases if case.split != BLIND]
    found = [(case.slug, line) for case in cases for line in case.lines]
    return sorted(found, key=lambda pair: (-pair[1].badness, pair[0], pair[1].where))[:WORST]


def drifts(parts: Mapping[str, Evaluation], quality: Quality | None) -> list[Drift]:
    """Return how the gate cases' metrics moved since the floors were set; empty where nothing was recorded."""
    part = parts.get(BLIND)
    if part is None or quality is None:
        return []
    return [Drift(name, then, now) for name, (then, now) in drift(part, quality).items()]


def subject_scores(part: Evaluation) -> list[tuple[str, int, float | None]]:
    """Return (subject, cases, mean score) of a part."""
    return [(name, len(cases), mean(case.score for case in cases)) for name, cases in part.by_subject().items()]


def faults_of(line: CheckedLine) -> list[str]:
    """Return what is wrong with a line, in words."""
    found = [f"{check}: {fault}" for check, faults in line.faults.items() for fault in faults]
    if line.content is not None and line.content < 1:
        found.append(f"{1 - line.content:.0%} of the content words are not in the evidence")
    return found


# ---------------------------------------------------------------- Markdown


def to_markdown(parts: Mapping[str, Evaluation], quality: Quality | None = None) -> str:
    """Return the report as Markdown; what comes from pages is escaped."""
    return "\n".join(_markdown(parts, quality)) + "\n"


def _markdown(parts: Mapping[str, Evaluation], quality: Quality | None) -> Iterator[str]:
    yield "# Quality of the drafts\n"
    yield from _metric_rows(parts)
    for name, part in parts.items():
        yield f"\n## Cases: {name}\n\n| Case | Subject | Score | Facts carried |\n|---|---|--:|--:|"
        for case in ranked(part):
            facts = shown(case.values.get("fact_recall"))
            yield _row(markdown_text(case.slug), markdown_text(case.subject), shown(case.score), facts)
        yield f"\n## Subjects: {name}\n\n| Subject | Cases | Score |\n|---|--:|--:|"
        yield from (_row(markdown_text(s), str(count), shown(score)) for s, count, score in subject_scores(part))
        yield from (f"\n- {markdown_text(slug)} gave no draft: {markdown_text(why)}" for slug, why in failures(part))
    yield from _drift_rows(drifts(parts, quality))
    yield from _worst(parts)


def _metric_rows(parts: Mapping[str, Evaluation]) -> Iterator[str]:
    yield _row("Metric", "", *(f"{name} ({len(part.cases)} cases)" for name, part in parts.items()))
    yield "|---|---|" + "--:|" * len(parts)
    for title, metrics in grouped(parts):
        yield _row(f"**{title}**", "", *("" for _ in parts))
        for m in metrics:
            yield _row(m.label, ARROWS[m.better], *(shown(part.value(m.name), m) for part in parts.values()))
    yield _row("**Score**", "↑", *(shown(part.score) for part in parts.values()))


def _drift_rows(moved: list[Drift]) -> Iterator[str]:
    if moved:
        yield "\n## Drift since the floors were set\n\n| Metric | Then | Now | Change |\n|---|--:|--:|--:|"
    for d in moved:
        metric = BY_NAME[d.name]
        yield _row(
            metric.label, shown(d.then, metric), shown(d.now, metric), shown(d.now - d.then, metric, signed=True)
        )


def _worst(parts: Mapping[str, Evaluation]) -> Iterator[str]:
    yield "\n## Worst lines\n"
    yield "Lines of gate cases are not shown, so that nobody tunes to them."
    for slug, line in worst_lines(parts):
        yield f"\n**{markdown_text(slug)}**, {line.where}\n"
        yield f"- line: {markdown_text(line.text)}"
        yield f"- evidence: {markdown_text(line.evidence)}"
        yield from (f"- {markdown_text(fault)}" for fault in faults_of(line))


def markdown_text(text: str) -> str:
    """Return a text on one line with everything escaped that Markdown could read as markup or as a link."""
    text = plain(text).replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(r"[\\`*_\[\]~$|#>!]|(?<=:)//|(?<=www)\.|^[-+=:]", r"\\\g<0>", text)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"
