"""What the decisions teach: how much of the drafts was kept, what was rewritten, and rows to train on.

Only decisions that stand and that approve a page count for lines; the others are counted as decisions.
"""

from __future__ import annotations

import gzip
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from summarise.errors import RunError, UsageError
from summarise.records import Draft, Line
from summarise.review.decisions import APPROVED, Decision
from summarise.review.editing import BLOCKS, LISTS, diff, with_lines
from summarise.review.queue import Queue
from summarise.store import write_atomically

PARTS = ("headline", *LISTS, *BLOCKS)


@dataclass(frozen=True, slots=True)
class PartFigures:
    """How the lines of one part fared; `distance` is the mean share of words changed, 0 to 1."""

    part: str
    lines: int
    kept: int
    edited: int
    removed: int
    added: int
    distance: float

    @property
    def acceptance(self) -> float:
        """The share of drafted lines that were printed as they were drafted."""
        return self.kept / self.lines if self.lines else 0.0


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """How often lines of one rule were changed or removed."""

    rule: str
    lines: int
    changed: int


@dataclass(frozen=True, slots=True)
class Replaced:
    """A sentence of an article whose line an editor took out or replaced."""

    draft: str
    where: str
    sentence: str
    line: str
    after: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """The figures of a folder. `over_time` is the mean edit distance a day (ISO date)."""

    decisions: dict[str, int]
    editors: dict[str, int]
    parts: tuple[PartFigures, ...]
    rules: tuple[RuleFigures, ...]
    replaced: tuple[Replaced, ...]
    over_time: dict[str, float]
    reasons: dict[str, int]
    rows: tuple[dict[str, str], ...] = field(repr=False)
    skipped: int = 0

    def to_json(self) -> str:
        """Return the figures as JSON, the rows for training aside."""
        data = {name: value for name, value in asdict(self).items() if name != "rows"}
        for part, figures in zip(data["parts"], self.parts, strict=True):
            part["acceptance"] = round(figures.acceptance, 4)
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


@dataclass(frozen=True, slots=True)
class _Fate:
    """One drafted or added line on its way through a review."""

    day: str
    draft: str
    where: str
    rule: str
    sentence: str
    before: str | None
    after: str | None

    @property
    def distance(self) -> float:
        return distance(self.before or "", self.after or "")


def feedback(folder: Path) -> Feedback:
    """Return what the decisions of a folder say about its drafts.

    A decision whose draft was made anew or removed is counted, and its lines are left out (`skipped`).
    """
    queue = Queue(folder)
    known = {row.id: row for row in queue.rows()}
    standing = queue.decisions.latest()
    fates: list[_Fate] = []
    rows: list[dict[str, str]] = []
    skipped = 0
    for draft_id, decision in sorted(standing.items()):
        if decision.action not in APPROVED:
            continue
        if draft_id not in known or known[draft_id].warning:
            skipped += 1
            continue
        draft = queue.draft(draft_id)
        page = with_lines(draft, decision.lines) if decision.lines else draft
        fates += _fates(draft, page, decision)
        rows.append(_row(page))
    days = sorted({fate.day for fate in fates})
    return Feedback(
        decisions=dict(sorted(Counter(decision.action for decision in standing.values()).items())),
        editors=dict(sorted(Counter(decision.editor for decision in standing.values()).items())),
        parts=tuple(_part(name, fates) for name in PARTS),
        rules=_rules(fates),
        replaced=tuple(
            Replaced(f.draft, f.where, f.sentence, f.before, f.after or "")
            for f in fates
            if f.before and f.sentence and (f.after is None or f.distance > _REPLACED)
        ),
        over_time={day: _mean(fate.distance for fate in fates if fate.day == day) for day in days},
        reasons=dict(Counter(d.reason for d in standing.values() if d.reason and d.action not in APPROVED)),
        rows=tuple(rows),
        skipped=skipped,
    )


_REPLACED = 0.8
"""Share of words changed from which a line counts as replaced."""


def write_rows(rows: Iterable[dict[str, str]], path: Path) -> None:
    """Write rows of {article, summary} for `summarise train salience --also`; the same rows give the same bytes."""
    sink = io.BytesIO()
    with gzip.GzipFile(fileobj=sink, mode="wb", mtime=0) as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False).encode(errors="backslashreplace") + b"\n")
    if not path.name.endswith(".jsonl.gz"):
        raise UsageError(f"{path} is no name for rows: end it with .jsonl.gz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, sink.getvalue())
    except OSError as error:
        raise RunError(f"{path} cannot be written ({error.strerror}): choose another file") from error


def distance(before: str, after: str) -> float:
    """Return the share of words in which two texts differ: 0 for the same, 1 for nothing in common."""
    words: dict[str, int] = {"same": 0, "removed": 0, "added": 0}
    for op, text in diff(before, after):
        words[op] += len(text.split())
    changed = max(words["removed"], words["added"])
    return round(changed / (changed + words["same"]), 4) if changed else 0.0


def _fates(draft: Draft, page: Draft, decision: Decision) -> Iterator[_Fate]:
    day = decision.at[:10]
    yield _Fate(day, draft.id, "headline", "", "", draft.headline, page.headline)
    for part in (*LISTS, *BLOCKS):
        yield from _of_part(draft, part, _lines(draft, part), _lines(page, part), day)


def _of_part(draft: Draft, part: str, old: tuple[Line, ...], new: tuple[Line, ...], day: str) -> Iterator[_Fate]:
    """Yield the fate of each line; lines that were only moved are kept, the others are paired in order."""
    texts = [line.text for line in new]
    kept = Counter(line.text for line in old) & Counter(texts)
    left = kept.copy()
    fresh = [text for text in texts if not _take(left, text)]
    left = kept.copy()
    for i, line in enumerate(old):
        after = line.text if _take(left, line.text) else (fresh.pop(0) if fresh else None)
        yield _Fate(day, draft.id, f"{part}[{i}]", line.rule, _source(draft, line), line.text, after)
    for text in fresh:
        yield _Fate(day, draft.id, part, "", "", None, text)


def _take(left: Counter[str], text: str) -> bool:
    if left[text] < 1:
        return False
    left[text] -= 1
    return True


def _part(name: str, fates: list[_Fate]) -> PartFigures:
    of_part = [fate for fate in fates if fate.where.split("[")[0] == name]
    drafted = [fate for fate in of_part if fate.before is not None]
    return PartFigures(
        part=name,
        lines=len(drafted),
        kept=sum(fate.after == fate.before for fate in drafted),
        edited=sum(fate.after is not None and fate.after != fate.before for fate in drafted),
        removed=sum(fate.after is None for fate in drafted),
        added=sum(fate.before is None for fate in of_part),
        distance=_mean(fate.distance for fate in drafted),
    )


def _rules(fates: list[_Fate]) -> tuple[RuleFigures, ...]:
    """Return the rules of changed lines, those most often changed first."""
    lines = Counter(fate.rule for fate in fates if fate.rule)
    changed = Counter(fate.rule for fate in fates if fate.rule and fate.after != fate.before)
    return tuple(RuleFigures(rule, lines[rule], n) for rule, n in sorted(changed.items(), key=lambda x: (-x[1], x[0])))


def _row(page: Draft) -> dict[str, str]:
    """Return the article, and as its summary what was printed of the standfirst and the key points."""
    lines = (*page.standfirst, *page.key_points)
    return {"article": "\n".join(page.article.paragraphs), "summary": "\n".join(line.text for line in lines)}


def _lines(draft: Draft, part: str) -> tuple[Line, ...]:
    value = getattr(draft, part)
    found: tuple[Line, ...] = value.sentences if part in BLOCKS else value
    return found


def _source(draft: Draft, line: Line) -> str:
    paragraphs = draft.article.paragraphs
    return " ".join(paragraphs[e.paragraph][e.start : e.end] for e in line.evidence if e.paragraph < len(paragraphs))


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return round(sum(found) / len(found), 4) if found else 0.0
