"""The kinds of check that a rule of the style lint can ask for.

A kind is a small function from the proof of a page and a rule to hits: where, what the rule's message says
about it, and the text put right where that can be told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from summarise.house import hedging, line_checks
from summarise.house.introductions import bare_surnames
from summarise.house.proof import BLOCKS, Hit, Proof
from summarise.house.stylebook import DRAFTED, Rule, Shape
from summarise.house.title_case import title_case
from summarise.records import Block, count_words

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


# ---------------------------------------------------------------- the page as a whole


def _count(proof: Proof, rule: Rule) -> Iterator[Hit]:
    """A part has too few or too many lines, or a number of them that the rule names."""
    fewest, most = rule.bounds
    for part in DRAFTED:
        number = sum(printed.part == part for printed in proof.lines)
        if part in rule.parts and (number in rule.counts if rule.counts else not fewest <= number <= most):
            yield Hit(part, {"number": number})


def _line_length(proof: Proof, rule: Rule) -> Iterator[Hit]:
    for printed in proof.texts(rule):
        yield from _length(printed.where, printed.text, rule)


def _block_length(proof: Proof, rule: Rule) -> Iterator[Hit]:
    for name, block in _blocks(proof, rule):
        if block.status == "drafted":
            yield from _length(name, block.text, rule)


def _length(where: str, text: str, rule: Rule) -> Iterator[Hit]:
    fewest, most = rule.bounds
    words = count_words(text)
    if not fewest <= words <= most:
        yield Hit(where, {"words": words, "fewest": fewest, "most": most})


def _blocks(proof: Proof, rule: Rule) -> Iterator[tuple[str, Block]]:
    for name in BLOCKS:
        if name in rule.parts:
            yield name, getattr(proof.draft, name)


def _open_block(proof: Proof, rule: Rule) -> Iterator[Hit]:
    for name, block in _blocks(proof, rule):
        if block.status == "needs-editor":
            yield Hit(name, {"reason": block.reason})


def _kind_of_article(proof: Proof, rule: Rule) -> Iterator[Hit]:
    if proof.draft.article.kind in rule.phrases:
        yield Hit("headline", {"kind": proof.draft.article.kind})


def _title_case(proof: Proof, _: Rule) -> Iterator[Hit]:
    headline = proof.draft.headline
    if (titled := title_case(headline)) != headline:
        yield Hit("headline", write=titled)


def _repetition(proof: Proof, rule: Rule) -> Iterator[Hit]:
    """Two lines above the body, or two lines below it, share most of their words."""
    bags = [(printed, _content(printed.text)) for printed in proof.lines]
    for i, (printed, bag) in enumerate(bags):
        for earlier, other in bags[:i]:
            if (printed.part in BLOCKS) != (earlier.part in BLOCKS):
                continue
            if bag and other and len(bag & other) / min(len(bag), len(other)) >= rule.share:
                yield Hit(printed.where, {"earlier": earlier.where})


def _content(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{4,}|\d[\d,.]*", text.lower()))


def _surname(proof: Proof, rule: Rule) -> Iterator[Hit]:
    """A part names somebody by surname alone at first, and the article gives the full name and a role."""
    for part in DRAFTED:
        lines = [printed for printed in proof.lines if printed.part == part and part in rule.parts]
        for bare in bare_surnames((printed.text for printed in lines), proof.article):
            yield Hit(lines[bare.line].where, {"found": bare.found}, bare.write)


# ---------------------------------------------------------------- a line beside its source


def _source_missing(proof: Proof, rule: Rule) -> Iterator[Hit]:
    for printed in proof.texts(rule):
        if not printed.source:
            yield Hit(printed.where)


def _number_support(proof: Proof, rule: Rule) -> Iterator[Hit]:
    for printed in proof.texts(rule):
        known = set(_NUMBER.findall(printed.source))
        for number in _NUMBER.findall(printed.text):
            if number not in known and number.replace(",000", "") not in known:
                yield Hit(printed.where, {"found": number})


def _hedge(proof: Proof, rule: Rule) -> Iterator[Hit]:
    for printed in proof.texts(rule):
        for lost in hedging.lost_hedges(printed.text, printed.source, rule.phrases, rule.open_words):
            yield Hit(printed.where, {"found": lost.hedge, "claim": lost.claim}, lost.write)


def _approximation(proof: Proof, rule: Rule) -> Iterator[Hit]:
    for printed in proof.texts(rule):
        for lost in hedging.lost_approximations(printed.text, printed.source, rule.phrases):
            yield Hit(printed.where, {"found": lost.hedge, "claim": lost.claim}, lost.write)


# ---------------------------------------------------------------- the table of kinds


class Kind(NamedTuple):
    """A kind of check, and what it asks of its rules."""

    run: Callable[[Proof, Rule], Iterator[Hit]]
    shape: Shape


def _kind(
    run: Callable[[Proof, Rule], Iterator[Hit]],
    slots: str = "",
    needs: str = "",
    takes: str = "",
    *,
    line: bool = False,
) -> Kind:
    return Kind(run, Shape(frozenset(slots.split()), frozenset(needs.split()), frozenset(takes.split()), line))


_READS = "exempt unless"
_WORDS = f"words lists excepted {_READS}"

KINDS = {
    "count": _kind(_count, "number", "parts", "bounds counts"),
    "line-length": _kind(_line_length, "words fewest most", "parts bounds"),
    "block-length": _kind(_block_length, "words fewest most", "parts bounds"),
    "open-block": _kind(_open_block, "reason"),
    "kind-of-article": _kind(_kind_of_article, "kind", "words"),
    "title-case": _kind(_title_case),
    "repetition": _kind(_repetition, "earlier", "share"),
    "surname": _kind(_surname, "found", line=True),
    "source-missing": _kind(_source_missing),
    "number-support": _kind(_number_support, "found", line=True),
    "hedge": _kind(_hedge, "found claim", "", f"open_words {_WORDS}", line=True),
    "approximation": _kind(_approximation, "found claim", "", _WORDS, line=True),
    "standing": _kind(line_checks.standing, "fault", line=True),
    "vague-opening": _kind(line_checks.vague_opening, "fault", line=True),
    "label": _kind(line_checks.label, "found", "words", line=True),
    "pattern": _kind(line_checks.pattern, "found", "pattern", f"write {_READS}", line=True),
    "words": _kind(line_checks.words, "found", "", _WORDS, line=True),
    "added-words": _kind(line_checks.added_words, "found", "", _WORDS, line=True),
    "percent": _kind(line_checks.percent, "found", "pattern words", _READS, line=True),
    "house-form": _kind(line_checks.house_form, "found", "", "exempt", line=True),
    "spelling": _kind(line_checks.spelling, "found", "", _READS, line=True),
    "american-words": _kind(line_checks.american_words, "found", "", _READS, line=True),
    "american-phrases": _kind(line_checks.phrases, "found", "", f"words {_READS}", line=True),
}
"""Every kind by its name in the file of rules."""
