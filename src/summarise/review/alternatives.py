"""What could stand on a page instead: the other sentences, already shortened, and what other rules would write.

A draft's JSON tells no cross-headings, so they are guessed: short paragraphs without a full stop from which no line was
drafted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from summarise.records import Article, Draft, Evidence, Line, RuleFate, count_words

if TYPE_CHECKING:
    from summarise.pipeline import Summariser

_HEADING = 10
"""Words that a cross-heading has at most."""
_PARTS = {"why": "why_this_matters", "you": "what_this_means_for_you"}


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What an editor can choose from.

    `key_points` are best first, those fit to print before the others; `blocks` holds by part a line for each rule that
    fired and each sentence that it fired on.
    """

    key_points: tuple[Line, ...]
    blocks: dict[str, tuple[Line, ...]]


def article_of(draft: Draft) -> Article:
    """Return the article of a draft that was read from JSON, with its cross-headings as far as they can be told."""
    told = {e.paragraph for _, line in draft.lines() for e in line.evidence}
    headings = frozenset(
        i for i, text in enumerate(draft.article.paragraphs) if i not in told and _looks_like_heading(text)
    )
    return replace(draft.article, headings=draft.article.headings or headings)


def alternatives(draft: Draft, summariser: Summariser) -> Alternatives:
    """Return what could stand on the page of a draft instead of what stands there; takes about a second."""
    ranked, fates = summariser.alternatives(article_of(draft))
    used = {line.text for _, line in draft.lines()}
    told = {(e.paragraph, e.start) for line in (*draft.standfirst, *draft.key_points) for e in line.evidence}
    return Alternatives(
        key_points=tuple(line for line in ranked if not {(e.paragraph, e.start) for e in line.evidence} & told),
        blocks={
            part: tuple(_line(fate) for fate in fates if fate.block == block and fate.text and fate.text not in used)
            for block, part in _PARTS.items()
        },
    )


def _line(fate: RuleFate) -> Line:
    evidence = tuple(Evidence(s.index, s.paragraph, s.start, s.end) for s in fate.evidence)
    return Line(fate.text, evidence, ("alternative",), fate.rule)


def _looks_like_heading(text: str) -> bool:
    return count_words(text) <= _HEADING and not text.rstrip().endswith((".", "!", "?", "”", '"', "’", ":", "…"))
