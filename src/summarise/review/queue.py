"""The queue of drafts as an editor works through it: rows with status, the worst first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from summarise.errors import UsageError
from summarise.records import BULLETS, Draft, draft_from_json
from summarise.review.claims import Claims
from summarise.review.decisions import Clock, Decision, Decisions, draft_hash, now
from summarise.wording import read_yaml

Status = Literal["to do", "in work", "approved", "approved-with-edits", "sent-back", "spiked", "skipped"]
Order = Literal["worst", "headline", "subject", "age", "findings", "open_blocks", "confidence", "status"]

STATUSES: tuple[Status, ...] = (
    *("to do", "in work", "approved", "approved-with-edits", "sent-back", "spiked", "skipped"),
)
WAITING = ("to do", "in work", "skipped")
"""The statuses of drafts that wait for a decision."""

_SENTENCES = 2
_BLOCKS = ("why_this_matters", "what_this_means_for_you")


@dataclass(frozen=True, slots=True)
class Row:
    """One draft of the queue. `age` is in days since the article was published, or since it was drafted."""

    id: str
    headline: str
    subject: str
    age: float
    errors: int
    warnings: int
    open_blocks: int
    confidence: float
    status: Status
    editor: str = ""
    claimed_by: str = ""
    warning: str = ""
    words: str = field(default="", repr=False, compare=False)

    @property
    def findings(self) -> int:
        """The errors and warnings of the style lint together."""
        return self.errors + self.warnings


@dataclass(frozen=True, slots=True)
class _Known:
    """What a draft's file says, kept until the file changes."""

    stamp: tuple[int, int]
    hash: str
    published: float
    row: Row


class Queue:
    """The drafts of a folder (`data/processed`); files that have not changed are not read again."""

    def __init__(self, folder: Path, clock: Clock = now) -> None:
        self.folder = folder
        self.clock = clock
        self.decisions = Decisions(folder, clock)
        self.claims = Claims(folder, clock)
        self.unreadable: list[str] = []
        """Files of `drafts/` that are no drafts; the queue goes on without them."""
        self._known: dict[str, _Known] = {}

    def rows(self) -> list[Row]:
        """Return a row for every draft as things stand now, the worst first."""
        latest, claims, at_work = self.decisions.latest(), self.claims.all(), self.decisions.at_work()
        today = self.clock().timestamp()
        found = []
        for known in self._read():
            row = known.row
            decision = latest.get(row.id)
            claim = claims.get(row.id)
            status: Status = "in work" if claim or row.id in at_work else "to do"
            if decision is not None and decision.action != "undone":
                status = decision.action
            found.append(
                replace(
                    row,
                    age=max(0.0, (today - known.published) / 86_400),
                    status=status,
                    editor=decision.editor if decision else at_work.get(row.id, ""),
                    claimed_by=claim.editor if claim else "",
                    warning=_warning(decision, known.hash),
                )
            )
        return sort(found)

    def draft(self, draft_id: str) -> Draft:
        """Return one draft. Raises UsageError where it is not there or is no draft."""
        path = self.folder / "drafts" / f"{draft_id}.json"
        try:
            return draft_from_json(json.loads(path.read_bytes()))
        except OSError as error:
            raise UsageError(f"{path} cannot be read ({error.strerror}): reload the queue.") from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsageError(f"{path} is no JSON draft ({error!r}): run `summarise run` again.") from error

    def next(self, after: str | None = None, rows: Iterable[Row] | None = None, editor: str = "") -> Row | None:
        """Return the next draft that waits for a decision and that no other editor holds."""
        ordered = list(self.rows() if rows is None else rows)
        start = next((i + 1 for i, row in enumerate(ordered) if row.id == after), 0)
        free = (r for r in [*ordered[start:], *ordered[:start]] if r.status in WAITING and r.id != after)
        return next((row for row in free if row.claimed_by in ("", editor)), None)

    def _read(self) -> Iterator[_Known]:
        self.unreadable = []
        seen: dict[str, _Known] = {}
        for path in sorted((self.folder / "drafts").glob("*.json")):
            try:
                stat = path.stat()
                stamp = (stat.st_mtime_ns, stat.st_size)
                known = self._known.get(path.name)
                if known is None or known.stamp != stamp:
                    known = _known(json.loads(path.read_bytes()), stamp)
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                self.unreadable.append(path.name)
                continue
            seen[path.name] = known
        self._known = seen
        yield from seen.values()


def counts(rows: Iterable[Row]) -> dict[Status, int]:
    """Return how many drafts have each status, those with none included."""
    found = Counter(row.status for row in rows)
    return {status: found[status] for status in STATUSES}


def progress(rows: Iterable[Row]) -> tuple[int, int]:
    """Return how many drafts are decided, and how many there are."""
    statuses = [row.status for row in rows]
    return sum(status not in WAITING for status in statuses), len(statuses)


def sort(rows: Iterable[Row], by: Order = "worst", *, descending: bool = False) -> list[Row]:
    """Return rows in an order; the worst are those waiting with the least confidence and the most errors."""

    def worst(row: Row) -> tuple[Any, ...]:
        return (row.status not in WAITING, row.status == "skipped", row.confidence, -row.errors, row.id)

    if by == "worst":
        return sorted(rows, key=worst, reverse=descending)
    if by == "status":
        return sorted(rows, key=lambda row: (STATUSES.index(row.status), row.id), reverse=descending)
    return sorted(rows, key=lambda row: (getattr(row, by), row.id), reverse=descending)


def filtered(
    rows: Iterable[Row],
    *,
    search: str = "",
    status: Iterable[str] = (),
    subject: str = "",
    open_only: bool = False,
    findings_only: bool = False,
) -> list[Row]:
    """Return the rows that meet every condition given; every word searched for must stand in the draft."""
    wanted, terms = set(status), search.casefold().split()
    return [
        row
        for row in rows
        if (not wanted or row.status in wanted)
        and (not subject or row.subject == subject)
        and (not open_only or row.open_blocks)
        and (not findings_only or row.findings)
        and all(term in row.words for term in terms)
    ]


def confidence(draft: Mapping[str, Any]) -> float:
    """Return how sure a draft is, from 0 to 1.

    One, less what each shortfall takes (data/confidence.yaml): a missing sentence of the standfirst, a missing key
    point, an open block, an error or a warning of the lint, and every edit that was made to a source sentence. It
    ranks drafts by the work that they are likely to need; it is no probability.
    """
    cost = _costs()
    severities = [finding["severity"] for finding in draft["findings"]]
    standfirst, points = draft["standfirst"]["sentences"], draft["key_points"]
    lines = [*standfirst, *points, *(line for name in _BLOCKS for line in draft[name]["sentences"])]
    lost: float = (
        cost["missing_standfirst"] * max(0, _SENTENCES - len(standfirst))
        + cost["missing_key_point"] * max(0, BULLETS - len(points))
        + cost["open_block"] * sum(draft[name]["status"] != "drafted" for name in _BLOCKS)
        + cost["error"] * severities.count("error")
        + cost["warning"] * severities.count("warning")
        + cost["edit"] * sum(len(line["edits"]) for line in lines)
    )
    return round(max(0.0, 1.0 - lost), 3)


@cache
def _costs() -> dict[str, float]:
    text = resources.files("summarise").joinpath("review/data/confidence.yaml").read_text(encoding="utf-8")
    return {name: float(cost) for name, cost in read_yaml(text).items()}


def _known(data: Mapping[str, Any], stamp: tuple[int, int]) -> _Known:
    severities = [finding["severity"] for finding in data["findings"]]
    lines = [*data["standfirst"]["sentences"], *data["key_points"]]
    lines += [line for name in _BLOCKS for line in data[name]["sentences"]]
    topics = data["topics"]
    published = data["article"]["published"]
    when = datetime.fromisoformat(published).replace(tzinfo=UTC).timestamp() if published else stamp[0] / 1e9
    row = Row(
        id=data["id"],
        headline=data["headline"],
        subject=topics[0]["name"] if topics else "",
        age=0.0,
        errors=severities.count("error"),
        warnings=severities.count("warning"),
        open_blocks=sum(data[name]["status"] != "drafted" for name in _BLOCKS),
        confidence=confidence(data),
        status="to do",
        words=" ".join([data["id"], data["headline"], *(line["text"] for line in lines)]).casefold(),
    )
    return _Known(stamp, draft_hash(data), when, row)


def _warning(decision: Decision | None, hash_now: str) -> str:
    if decision is None or decision.draft_hash == hash_now:
        return ""
    return f"the draft was made anew after {decision.editor} decided on it ({decision.action}, {decision.at[:16]})"
