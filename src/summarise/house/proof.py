"""A draft as a proof-reader has it: every text with its place, and what several checks ask of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from summarise.house.stylebook import Rule
from summarise.records import Draft, Line
from summarise.standing import VAGUE_OPENING, context_faults, form_faults, speech_faults

BLOCKS = ("why_this_matters", "what_this_means_for_you")
_FILLER = "~"
"""Stands for every character that a rule does not read, so that places in the text stay what they are."""


class Hit(NamedTuple):
    """One place at which a rule fires; `write` is the text put right, empty where it cannot be told."""

    where: str
    values: Mapping[str, object] = {}
    write: str = ""


class Printed(NamedTuple):
    """A text of the page: its place, the part that it belongs to, and the sentences that it comes from."""

    where: str
    part: str
    text: str
    source: str = ""


class Proof:
    """The texts of a draft."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.lines = tuple(
            Printed(where, where.split("[")[0], line.text, _source(draft, line)) for where, line in draft.lines()
        )
        self._filled: dict[re.Pattern[str], tuple[Printed, ...]] = {}

    def texts(self, rule: Rule) -> Iterator[Printed]:
        """Yield the texts of the parts that a rule reads, with what is exempt filled over."""
        if "headline" in rule.parts:
            yield Printed("headline", "headline", self.draft.headline)
        for printed in self._readable(rule.exempt) if rule.exempt else self.lines:
            if printed.part in rule.parts:
                yield printed
        if "body" in rule.parts:
            for i, paragraph in enumerate(self.draft.article.paragraphs):
                yield Printed(f"body[{i}]", "body", paragraph)

    def _readable(self, exempt: re.Pattern[str]) -> tuple[Printed, ...]:
        if exempt not in self._filled:
            self._filled[exempt] = tuple(
                printed._replace(text=exempt.sub(lambda match: _FILLER * len(match.group()), printed.text))
                for printed in self.lines
            )
        return self._filled[exempt]

    @cached_property
    def faults(self) -> dict[str, list[str]]:
        """The faults of every line that keep it from standing alone, by place."""
        return {
            printed.where: [*_context(printed), *_speech(printed), *form_faults(printed.text)] for printed in self.lines
        }

    @cached_property
    def article(self) -> str:
        """The article as one text."""
        return "\n".join((self.draft.article.headline, *self.draft.article.paragraphs))


def _source(draft: Draft, line: Line) -> str:
    """Return the sentences of the article that a line names; one that is not there counts as none."""
    paragraphs = draft.article.paragraphs
    return " ".join(paragraphs[e.paragraph][e.start : e.end] for e in line.evidence if e.paragraph < len(paragraphs))


def _context(printed: Printed) -> list[str]:
    """Context faults; a block may open with the story's own noun, which the headline above it has named."""
    faults = context_faults(printed.text)
    if printed.part == "what_this_means_for_you":
        faults = [fault for fault in faults if not fault.startswith("begins with “You")]
    if printed.part in BLOCKS:
        faults = [fault for fault in faults if fault != VAGUE_OPENING and "“More broadly" not in fault]
    return faults


def _speech(printed: Printed) -> list[str]:
    """Traces of direct speech; the block for the reader speaks to the reader."""
    second_person = printed.part == "what_this_means_for_you"
    return [f for f in speech_faults(printed.text) if not (second_person and f == "speaks to the reader")]


def excused(text: str, match: re.Match[str], rule: Rule) -> bool:
    """Whether the passage of `unless` covers a match."""
    return rule.unless is not None and any(
        other.start() <= match.start() < other.end() for other in rule.unless.finditer(text)
    )
