"""One drafted line against its evidence: every check that a single line can pass or fail.

The metrics are shares of lines that pass; the report shows the worst lines with what is
wrong with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from summarise.evaluation.attribution import attribution_faults
from summarise.evaluation.meaning import modality_faults, polarity_faults
from summarise.evaluation.words import (
    article_text,
    capitalised,
    content_stems,
    evidence_text,
    folded,
    function_words,
    name_runs,
    numbers,
    supports,
)
from summarise.records import Draft, Line
from summarise.standing import context_faults

NAMING_EDITS = frozenset({"name-in-full", "name-for-pronoun", "name-for-noun"})
"""Edits that put a name of the article in the place of a shorter mention in the evidence."""

CHECKS = ("support", "polarity", "modality", "attribution", "context")
"""The checks of a line, by the names of the metrics that count them."""


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """A line with its evidence, the faults that each check found, and the share of its content words supported.

    `content` is None for a line without content words.
    """

    where: str
    text: str
    evidence: str
    faults: Mapping[str, tuple[str, ...]]
    content: float | None

    @property
    def badness(self) -> float:
        """How bad a line is, to rank by: one for each check that it fails, and the share of content unsupported."""
        return (
            sum(bool(found) for found in self.faults.values()) + 1.0 - (1.0 if self.content is None else self.content)
        )


def is_block(where: str) -> bool:
    """Whether a place of `Draft.lines` is in one of the two blocks."""
    return where.startswith(("why_", "what_"))


def check_lines(draft: Draft) -> tuple[CheckedLine, ...]:
    """Return every line of a draft with what the checks found."""
    article = article_text(draft.article)
    return tuple(_checked(draft, where, line, article) for where, line in draft.lines())


def _checked(draft: Draft, where: str, line: Line, article: str) -> CheckedLine:
    evidence = evidence_text(draft, line)
    block = is_block(where)
    faults = {
        "support": support_faults(line, evidence, article),
        "polarity": polarity_faults(line.text, evidence),
        "modality": modality_faults(line.text, evidence, may_hedge=block),
        "attribution": attribution_faults(line.text, evidence, may_hedge=block),
        "context": [] if block else context_faults(line.text),
    }
    found = {name: tuple(faults_found) for name, faults_found in faults.items()}
    names = " ".join(capitalised(article)) if NAMING_EDITS & set(line.edits) else ""
    return CheckedLine(where, line.text, evidence, found, content_support(line.text, f"{evidence} {names}"))


def content_support(text: str, evidence: str) -> float | None:
    """Return the share of a text's content words whose stem stands in the evidence (0 to 1); None without any."""
    stems, known = content_stems(text), set(content_stems(evidence))
    return sum(word in known for word in stems) / len(stems) if stems else None


def support_faults(line: Line, evidence: str, article: str) -> list[str]:
    """Return what is wrong with a line's numbers, names and places: not in the evidence, or not in the article."""
    if not evidence:
        return ["the line has no evidence"]
    known = numbers(evidence)
    faults = [
        f"the number {n.value}{n.unit} is not in the evidence" for n in numbers(line.text) if not supports(known, n)
    ]
    named = NAMING_EDITS & set(line.edits)
    faults += _name_faults(line.text, article if named else evidence, article)
    return faults + _run_faults(line.text, article)


def _name_faults(text: str, evidence: str, article: str) -> list[str]:
    here, anywhere = set(capitalised(evidence)), set(capitalised(article))
    faults = []
    for name in _names(text, article):
        if name not in anywhere:
            faults.append(f"the name {name} is not in the article")
        elif name not in here:
            faults.append(f"the name {name} is not in the evidence")
    return faults


def _names(text: str, article: str) -> list[str]:
    """Return the capitalised words of a line that are names.

    The first word is one only if the article never writes it small, and knows it with a
    capital or has another capitalised word follow it.
    """
    found = capitalised(text)
    first = folded(text).split(" ")[0].rstrip(",")
    if not found or not first.startswith(found[0]):
        return found
    head = found[0].lower()
    runs = name_runs(text)
    if head in function_words() or head in _small_words(article):
        return found[1:]
    return found if found[0] in capitalised(article) or len(runs[0]) > 1 else found[1:]


def _small_words(text: str) -> set[str]:
    return {word.strip(".,;:()“”\"'") for word in folded(text).split() if word[:1].islower()}


def _run_faults(text: str, article: str) -> list[str]:
    """Return neighbouring words of a name that are never neighbours in the article ("Ann Brown" of two people)."""
    pairs = {pair for run in name_runs(article) for pair in pairwise(run)}
    loose = set(capitalised(article))
    return [
        f"“{left} {right}” never stands together in the article"
        for i, run in enumerate(name_runs(text))
        for left, right in list(pairwise(run))[_starts_with_common_word(run, i, article) :]
        if (left, right) not in pairs and {left, right} <= loose
    ]


def _starts_with_common_word(run: list[str], place: int, article: str) -> int:
    """Return 1 where the line's first word is a common word with a sentence's capital, so that its pair is no name."""
    head = run[0].lower()
    return int(place == 0 and (head in function_words() or head in _small_words(article)))
