"""Whether a line still means what its evidence says: negation and modality.

Each check reads the two texts alone and returns what is wrong with the line in words; an
empty list is a pass. They look for the errors that cutting makes, after the categories
of Maynez et al. 2020, "On Faithfulness and Factuality in Abstractive Summarization"
(intrinsic errors), and of Pagnoni et al. 2021, "FRANK" (predicate and entity errors).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from summarise.evaluation.words import (
    content_stems,
    is_break,
    is_content,
    knowledge,
    plain_tokens,
    stem,
)

_REACH = 6
"""Tokens after a negation or a modal within which the word that it governs is looked for."""


# ---------------------------------------------------------------- negation


def polarity_faults(line: str, evidence: str) -> list[str]:
    """Return the words that the line keeps and that lost a negation in front of them, or gained one."""
    kept, source = _negated(line), _negated(evidence)
    present, plain = set(content_stems(line)), _unnegated(evidence, source)
    lost = [head for head in source if head in present and head not in plain and head not in kept]
    before = _after_a_negation(evidence)
    gained = [head for head in kept if head not in source and head not in before]
    return [f"the negation of “{head}…” is gone" for head in lost] + [f"“{head}…” is negated anew" for head in gained]


def _negated(text: str) -> dict[str, None]:
    """Return the stems of the words that a negation stands in front of."""
    tokens = plain_tokens(text)
    found: dict[str, None] = {}
    for i, token in enumerate(tokens):
        following = tokens[i + 1] if i + 1 < len(tokens) else ""
        if token in _negations() and following not in _weak() and not following[:1].isdigit():
            head = _governed(tokens, i + 1)
            if head is not None and not (token == "without" and _has_modal(tokens[i:head])):
                found[stem(tokens[head])] = None
    return found


def _has_modal(tokens: Iterable[str]) -> bool:
    """Whether a modal stands among the tokens: "those without one will pay" does not negate "pay"."""
    return any((token,) in _markers() for token in tokens)


def _unnegated(text: str, negated: Mapping[str, None]) -> set[str]:
    """Return those negated stems of a text that stand in it once more without their negation."""
    stems = content_stems(text)
    return {head for head in negated if stems.count(head) > 1}


def _after_a_negation(text: str) -> set[str]:
    """Return the stems of every content word that has a negation anywhere before it."""
    tokens = plain_tokens(text)
    first = next((i for i, token in enumerate(tokens) if token in _negations()), len(tokens))
    return {stem(token) for token in tokens[first:] if is_content(token)}


def _governed(tokens: Sequence[str], start: int) -> int | None:
    """Return the place of the first content word from `start` on, within reach and within the clause."""
    for i in range(start, min(start + _REACH, len(tokens))):
        if is_break(tokens[i]) and i > start:
            return None
        if is_content(tokens[i]) and not tokens[i].endswith("ly"):
            return i
    return None


@cache
def _negations() -> frozenset[str]:
    return frozenset(knowledge()["negation"])


@cache
def _weak() -> frozenset[str]:
    return frozenset(knowledge()["negation_weak"])


# ---------------------------------------------------------------- modality


def modality_faults(line: str, evidence: str, *, may_hedge: bool = False) -> list[str]:
    """Return the words that the line keeps and whose "could", "would", "is expected to" … is gone, changed or new.

    With `may_hedge` (the two blocks) a line may claim less than its evidence, and only a
    stronger claim is a fault.
    """
    said, meant = _modal(line), _modal(evidence)
    present, source = content_stems(line), content_stems(evidence)
    faults = []
    for head, group in meant.items():
        if head in present and source.count(head) == 1 and not _as_weak(said.get(head), group, may_hedge):
            faults.append(f"“{head}…” has lost its {group} modality")
    if not may_hedge:
        new = [(head, group) for head, group in said.items() if head in source and head not in meant]
        faults += [f"“{head}…” is {group} only in the line" for head, group in new]
    return faults


def _as_weak(said: str | None, meant: str, may_hedge: bool) -> bool:
    if said is None:
        return False
    groups = knowledge()["modality"]
    return said == meant or (may_hedge and groups[said]["strength"] <= groups[meant]["strength"])


def _modal(text: str) -> dict[str, str]:
    """Return the class of modality by the stem of the word that its first marker stands in front of."""
    tokens = plain_tokens(text)
    found: dict[str, str] = {}
    i = 0
    while i < len(tokens):
        group, length = _marker(tokens, i)
        if length:
            head = _governed(tokens, i + length)
            if head is not None:
                found.setdefault(stem(tokens[head]), group)
        i += max(length, 1)
    return found


def _marker(tokens: Sequence[str], i: int) -> tuple[str, int]:
    """Return the class and the length of the marker that begins at a token, longest first; a length of 0 for none."""
    for length in range(4, 0, -1):
        group = _markers().get(tuple(tokens[i : i + length]))
        if group and len(tokens) >= i + length:
            return group, length
    return "", 0


@cache
def _markers() -> dict[tuple[str, ...], str]:
    groups = knowledge()["modality"].items()
    return {tuple(marker.split()): name for name, group in groups for marker in group["markers"]}
