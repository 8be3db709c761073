"""The two labelled blocks: which matches of which rules become their sentences, or why a block stays open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from summarise.cut import finished
from summarise.house.kinds.catalogue import KINDS, SLOTS, Match
from summarise.house.rules import Rule, load, slots_of
from summarise.house.story import Story
from summarise.lines import evidence
from summarise.records import Block, Line, count_words

_SENTENCES = 3
_SURE = 0.35
"""Confidence below which a match is not worth a sentence: far from the story's matter, or cut too much."""
_TO_THE_READER = re.compile(r"\byour?\b", re.IGNORECASE)
_SUM = re.compile(r"[£€$]\d")
_DATE = re.compile(r"\d%|\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|Nov|Dec)")
"""A sum, or a share or a date, which a reader who is touched wants first."""
_OF_OTHERS = 0.6
"""What a figure counts for in a sentence that does not speak to the reader."""
_LIKE = 0.5
"""Cosine from which two sentences of a block say the same."""


@dataclass(frozen=True, slots=True)
class Length:
    """Fewest and most words of a block after its label (HOUSE_STYLE)."""

    fewest: int
    most: int


LENGTHS = {"why": Length(20, 45), "you": Length(20, 55)}


@dataclass(frozen=True, slots=True)
class Drafted:
    """One sentence that a rule wrote from one match."""

    rule: Rule
    match: Match
    text: str
    frame: int


def house_rules(own: Path | None = None) -> tuple[Rule, ...]:
    """Return the rules that the package ships, and those of a folder of own rules over them.

    Own rules are read at every call, since an editor may be writing them.
    """
    return _shipped() if own is None else load(SLOTS, own=own)


@cache
def _shipped() -> tuple[Rule, ...]:
    return load(SLOTS)


def draft_block(
    story: Story, block: str, rules: Sequence[Rule] | None = None, without: frozenset[int] = frozenset()
) -> Block:
    """Return the block as the rules write it; open, with the reason, when they cannot write enough of it.

    `without` holds sentences that it may not use, not even turned to the reader.
    """
    candidates = [drafted for drafted in fired(story, block, rules) if drafted.match.sentence.index not in without]
    if not candidates:
        return Block("needs-editor", reason=_why_open(story, block))
    chosen = _choose(story, candidates, LENGTHS[block])
    if not chosen:
        return Block("needs-editor", reason="what the rules could write is too short or too long for a block")
    return Block("drafted", tuple(_line(story, drafted) for drafted in chosen))


def fired(story: Story, block: str, rules: Sequence[Rule] | None = None) -> Iterator[Drafted]:
    """Yield what every rule of a block can write about a story, by the rules' priority."""
    for rule in house_rules() if rules is None else rules:
        if rule.block == block and refusal(rule, story) is None:
            for match in KINDS[rule.kind].find(story, rule):
                drafted = _framed(rule, match) if match.confidence >= _SURE else None
                if drafted is not None:
                    yield _as_view(drafted) if story.document.article.kind == "opinion" else drafted


def _as_view(drafted: Drafted) -> Drafted:
    """Return a sentence about an opinion piece as its writer's view, where it names nobody else for it."""
    if drafted.rule.block != "why" or _ATTRIBUTED.search(drafted.text):
        return drafted
    match = replace(drafted.match, edits=(*drafted.match.edits, "attribute-to-writer"))
    return replace(drafted, match=match, text=f"{drafted.text.rstrip('.')}, the writer argues.")


_ATTRIBUTED = re.compile(r"\b(?:said|says?|according to|argue[sd]?|warn(?:s|ed)?|claim(?:s|ed)?|told|tells?)\b")


def refusal(rule: Rule, story: Story) -> str | None:
    """Return why a rule is not for a story of this tone, country or subject; None where it is."""
    asked = rule.conditions()
    if rule.sober is not None and rule.sober != story.sober:
        return asked["sober"]
    if rule.british is not None and rule.british != story.british:
        return asked["british"]
    if rule.topics and not set(rule.topics) & story.topic_codes:
        return asked["topics"]
    return None


def _framed(rule: Rule, match: Match) -> Drafted | None:
    """Return the match in the frame that its length chooses among those whose slots it fills."""
    usable = [(i, frame) for i, frame in enumerate(rule.frames) if set(slots_of(frame)) <= set(match.slots)]
    if not usable:
        return None
    # The variant is chosen by content: the evidence's place in the article, so that one batch does not open alike.
    number, frame = usable[match.sentence.index % len(usable)]
    return Drafted(rule, match, finished(frame.format(**match.slots)), number)


def _worth(story: Story, drafted: Drafted) -> float:
    prominence = float(story.maker.salience.prominence[drafted.match.sentence.index])
    figures = 0.0
    if drafted.rule.block == "you":
        figures = 0.8 * (_SUM.search(drafted.text) is not None) + 0.4 * (_DATE.search(drafted.text) is not None)
        figures *= 1.0 if _TO_THE_READER.search(drafted.text) else _OF_OTHERS
    return 2.0 * drafted.match.confidence + 1.7 * prominence - 0.5 * drafted.rule.priority + figures


def _choose(story: Story, candidates: Sequence[Drafted], length: Length) -> list[Drafted]:
    """Return up to three sentences of different evidence and rules that fit the block's length together."""
    ranked = sorted(candidates, key=lambda drafted: (-_worth(story, drafted), drafted.match.sentence.index))
    for opener in ranked:
        if opener.rule.part == "second" or count_words(opener.text) > length.most or _is_told(story, opener):
            continue
        chosen = [opener]
        for other in ranked:
            if len(chosen) == _SENTENCES or _words(chosen) >= length.fewest + 8:
                break
            if _is_filler(other.rule) and (_words(chosen) >= length.fewest or opener.rule.priority > _STRONG):
                continue
            if _fits(story, chosen, other, length):
                chosen.append(other)
        if length.fewest <= _words(chosen) <= length.most:
            return chosen
    return []


def _is_filler(rule: Rule) -> bool:
    """Whether a rule only completes a block that would be too short."""
    return rule.part == "second" and rule.priority >= _FILLS


_STRONG = 3
"""Priority up to which a first sentence is worth completing."""
_FILLS = 5
"""Priority from which a rule for a second sentence only fills."""


def _is_told(story: Story, drafted: Drafted) -> bool:
    """Whether the page above tells already what a sentence in the third person says."""
    if drafted.rule.block != "why":
        return False
    index = drafted.match.sentence.index
    return any(story.maker.salience.similarity(index, told) >= _LIKE for told in story.taken if told != index)


def _fits(story: Story, chosen: Sequence[Drafted], other: Drafted, length: Length) -> bool:
    index = other.match.sentence.index
    if other.rule.part == "first" or _words([*chosen, other]) > length.most or _is_told(story, other):
        return False
    for drafted in chosen:
        if drafted.match.sentence.index == index or (drafted.rule.id == other.rule.id and not other.rule.repeats):
            return False
        if story.maker.salience.similarity(drafted.match.sentence.index, index) >= _LIKE:
            return False
        if drafted.text.split()[:3] == other.text.split()[:3]:
            return False
    return True


def _words(chosen: Sequence[Drafted]) -> int:
    return sum(count_words(drafted.text) for drafted in chosen)


def _line(story: Story, drafted: Drafted) -> Line:
    index = drafted.match.sentence.index
    parts = story.maker.salience.parts_of(index)
    return Line(
        text=drafted.text,
        evidence=tuple(evidence(sentence) for sentence in (drafted.match.sentence, drafted.match.also) if sentence),
        edits=tuple(dict.fromkeys(drafted.match.edits)),
        rule=drafted.rule.id,
        score=round(float(story.maker.salience.total[index]), 6),
        parts=parts,
    )


def _why_open(story: Story, block: str) -> str:
    if block == "you" and story.sober:
        return "a sober story without advice, a contact or a next step for readers"
    if block == "you" and not story.british:
        return "a story from abroad that states nothing for readers in Britain"
    return "no rule found evidence in the article for this block"
