"""The style lint: what an editor would mark on a draft before reading it for sense.

A check is a small function from a draft to findings; `lint` runs them all. Errors are what
must not be printed, warnings what an editor should look at, and info what is worth knowing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from summarise.house.title_case import title_case
from summarise.houseform import americanisms
from summarise.records import BULLETS, Block, Draft, Finding, Line, Severity, count_words
from summarise.standing import VAGUE_OPENING, context_faults, form_faults, speech_faults
from summarise.wording import lists

KEY_POINT = (8, 22)
STANDFIRST = (12, 26)
WHY = (20, 45)
YOU = (20, 55)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SHORT_SUM = re.compile(r"[£$€]\d[\d.,]*(?:m|bn|k|tn)\b|\bper cent\b")
_SHARED_WORDS = 0.7
"""Share of common content words from which two lines repeat each other."""


def lint(draft: Draft) -> tuple[Finding, ...]:
    """Return every finding on a draft, in page order."""
    return tuple(finding for check in CHECKS for finding in check(draft))


def _finding(check: str, severity: Severity, message: str, where: str) -> Finding:
    return Finding(check=check, severity=severity, message=message, where=where)


def _lengths(draft: Draft) -> Iterator[Finding]:
    for name, lines, (fewest, most) in (
        ("standfirst", draft.standfirst, STANDFIRST),
        ("key_points", draft.key_points, KEY_POINT),
    ):
        for i, line in enumerate(lines):
            length = count_words(line.text)
            if not fewest <= length <= most:
                yield _finding("length", "error", f"{length} words; the house wants {fewest} to {most}", f"{name}[{i}]")
    for name, block, (fewest, most) in _blocks(draft):
        length = count_words(block.text)
        if block.status == "drafted" and not fewest <= length <= most:
            yield _finding("length", "error", f"{length} words; the house wants {fewest} to {most}", name)


def _blocks(draft: Draft) -> tuple[tuple[str, Block, tuple[int, int]], ...]:
    return (
        ("why_this_matters", draft.why_this_matters, WHY),
        ("what_this_means_for_you", draft.what_this_means_for_you, YOU),
    )


def _counts(draft: Draft) -> Iterator[Finding]:
    if len(draft.standfirst) != 2:
        yield _finding("count", "warning", f"{len(draft.standfirst)} sentences; the house wants 2", "standfirst")
    points = len(draft.key_points)
    if points < BULLETS:
        severity: Severity = "info" if points >= 3 else "warning"
        yield _finding(
            "count",
            severity,
            f"{points} key points; the house wants {BULLETS} where the article has them",
            "key_points",
        )
    for name, block, _ in _blocks(draft):
        if block.status == "needs-editor":
            yield _finding("open-block", "info", f"left open: {block.reason}", name)


def _standing(draft: Draft) -> Iterator[Finding]:
    for where, line in draft.lines():
        second_person = where.startswith("what_this_means_for_you")
        for fault in (*_context(where, line), *speech_faults(line.text), *form_faults(line.text)):
            if not (second_person and fault == "speaks to the reader"):
                yield _finding("stands-alone", "warning" if fault == VAGUE_OPENING else "error", fault, where)


def _context(where: str, line: Line) -> list[str]:
    """Context faults; a block may open with the story's own noun, which the headline above it has named."""
    faults = context_faults(line.text)
    if where.startswith("what"):
        faults = [fault for fault in faults if not fault.startswith("begins with “You")]
    if where.startswith(("why", "what")):
        faults = [fault for fault in faults if fault != VAGUE_OPENING and "“More broadly" not in fault]
    return faults


def _support(draft: Draft) -> Iterator[Finding]:
    """Every number of a line stands in the sentence that it comes from."""
    for where, line in draft.lines():
        source = " ".join(draft.article.paragraphs[e.paragraph][e.start : e.end] for e in line.evidence)
        known = set(_NUMBER.findall(source))
        for number in _NUMBER.findall(line.text):
            if number not in known and number.replace(",000", "") not in known:
                yield _finding("support", "error", f"the number {number} is not in the source sentence", where)
        if not source:
            yield _finding("support", "error", "the line has no source sentence", where)


def _repetition(draft: Draft) -> Iterator[Finding]:
    bags = [(where, _content(line.text)) for where, line in draft.lines()]
    for i, (where, bag) in enumerate(bags):
        for earlier, other in bags[:i]:
            if where.startswith(("why", "what")) != earlier.startswith(("why", "what")):
                continue
            if bag and other and len(bag & other) / min(len(bag), len(other)) >= _SHARED_WORDS:
                yield _finding("repetition", "error", f"tells again what {earlier} tells", where)


def _content(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"[a-z]{4,}|\d[\d,.]*", text.lower()))


def _wording(draft: Draft) -> Iterator[Finding]:
    for where, line in draft.lines():
        if short := _SHORT_SUM.search(line.text):
            yield _finding("number-form", "error", f"“{short.group()}” is not in house form", where)
        for american, british in americanisms(line.text):
            yield _finding("spelling", "warning", f"“{american}”: the house writes “{british}”", where)
        if word := _clickbait().search(line.text):
            yield _finding("wording", "error", f"“{word.group()}” is a word of advertising", where)
        if word := _adjectives().search(line.text):
            yield _finding("wording", "warning", f"“{word.group()}” judges; is it the source's?", where)


@cache
def _clickbait() -> re.Pattern[str]:
    return _phrases(lists()["banned"]["clickbait"])


@cache
def _adjectives() -> re.Pattern[str]:
    banned = lists()["banned"]
    return _phrases([*banned["adjectives"], *banned["nouns"]])


def _phrases(phrases: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(re.escape(phrase) for phrase in phrases)})\b", re.I)


def _headline(draft: Draft) -> Iterator[Finding]:
    if not draft.headline:
        yield _finding("headline", "error", "there is no headline", "headline")
    elif draft.headline.endswith(".") or "|" in draft.headline:
        yield _finding("headline", "warning", "ends with a full stop or holds a site name", "headline")
    elif title_case(draft.headline) != draft.headline:
        yield _finding("headline", "info", f"Title Case would be “{title_case(draft.headline)}”", "headline")


def _comment(draft: Draft) -> Iterator[Finding]:
    if draft.article.kind == "opinion":
        message = "an opinion piece: its lines are its writer's view, and the page has to say whose"
        yield _finding("comment", "warning", message, "headline")


CHECKS: tuple[Callable[[Draft], Iterator[Finding]], ...] = (
    _headline,
    _comment,
    _counts,
    _lengths,
    _standing,
    _support,
    _repetition,
    _wording,
)
