"""The punctuation that sets a phrase off, and what goes with the phrase when it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from summarise import wording
from summarise.syntax import FINITE_TAGS, SUBJECTS, is_dash, is_reporting, root, subject

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def is_fence(token: Token) -> bool:
    """Whether a token can set a phrase off from the sentence around it."""
    return token.text in {",", ";", "(", ")"} or is_dash(token)


def trimmed(doc: Doc, span: range) -> range:
    """Return a phrase without the marks at its ends, which parsers count as its own."""
    start, stop = span.start, span.stop
    while start < stop and is_fence(doc[start]):
        start += 1
    while stop > start and is_fence(doc[stop - 1]):
        stop -= 1
    return range(start, stop)


def fenced(doc: Doc, span: range) -> frozenset[int] | None:
    """Return a phrase with the punctuation that fences it on both sides, or None where a side is open."""
    left, right = span.start, span.stop
    if left < right and is_fence(doc[left]):
        left += 1
    opens_sentence = left == 0 or all(doc[i].is_punct for i in range(left))
    fenced_left = left > 0 and is_fence(doc[left - 1])
    if right > left and is_fence(doc[right - 1]):
        right -= 1
    at_end = right >= len(doc) or all(token.text in {".", "”", '"', "’"} for token in doc[right:])
    fenced_right = right < len(doc) and is_fence(doc[right])
    if not (opens_sentence or fenced_left) or not (at_end or fenced_right):
        return None
    if opens_sentence and not fenced_right:
        return None
    start = left - 1 if fenced_left else left
    if fenced_left and fenced_right and not at_end and doc[right].text == ",":
        return keeping_outer_comma(doc, start, right)
    return frozenset(range(start, right + 1 if fenced_right and not at_end else right))


def keeping_outer_comma(doc: Doc, opening: int, closing: int) -> frozenset[int]:
    """Return the tokens from one comma to another; the second stays where it also closes an outer phrase.

    In "Ann Lee, head of the school, which has 90 pupils, said" the comma before "said" closes
    the apposition as well as the relative clause.
    """
    before = [token.i for token in doc[:opening] if token.text == ","]
    between = doc[before[-1] + 1 : opening] if before else doc[0:0]
    nested = bool(len(between)) and not any(
        token.tag_ in FINITE_TAGS and token.dep_ != "acl:relcl" for token in between
    )
    short = 0 < len(between) <= 8
    spoken = short and (is_reporting(between[0]) or is_reporting(between[-1]))
    nested = nested or spoken or (not before and _opens(doc, closing)) or _attributes(doc, closing + 1)
    return frozenset(range(opening, closing if nested else closing + 1))


def _opens(doc: Doc, closing: int) -> bool:
    """Whether all that stands before a comma opens the sentence, so that the comma parts it from the subject."""
    top = root(doc)
    who = subject(top) if top is not None else None
    spans = any(token.dep_ in SUBJECTS and token.i < closing < token.head.i for token in doc)
    return who is not None and who.left_edge.i > closing and not spans


def _attributes(doc: Doc, start: int) -> bool:
    """Whether only a short attribution follows ("…, Reuters reports.")."""
    rest = [token for token in doc[start:] if not token.is_punct]
    said = [token for token in rest if token.lemma_ in wording.reporting_lemmas()]
    return 1 < len(rest) <= 4 and bool(said) and said[-1] in {rest[0], rest[-1]} and rest[0].pos_ != "AUX"
