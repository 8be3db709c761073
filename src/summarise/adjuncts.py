"""Phrases of time, place and circumstance that a statement of fact can lose.

What happened in London in May happened: without time and place the statement still holds. What
holds always, never, most or first holds only within them, and keeps them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarise import wording
from summarise.cues import Found, clause_end
from summarise.fences import fenced, is_fence, trimmed
from summarise.syntax import finite, is_past, is_reporting, root, subject, subtree

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def adjuncts(doc: Doc, top: Token) -> Iterator[Found]:
    """Yield the phrases of circumstance that open the sentence, stand between commas, or hang on its end."""
    end = clause_end(doc)
    for token in doc:
        if token.dep_ in {"obl", "advcl", "acl", "nmod", "obl:unmarked"} and not any(
            child.dep_ == "conj" and child.head == token and child.i > token.i and _has_verb(child)
            for child in token.children
        ):
            yield from _fronted(doc, token, top)
            yield from _inset(doc, token)
            yield from _absolute(doc, token)
            yield from _hanging(doc, token, top)
            yield from _closing(doc, token, end)
            yield from _time(doc, token)


def _has_verb(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"} and subject(token) is not None


def _fronted(doc: Doc, token: Token, top: Token) -> Iterator[Found]:
    """What opens the sentence before a comma ("At a meeting in Hull, …", "Despite the rain, …")."""
    span, verb = trimmed(doc, subtree(token)), token.head
    who = subject(verb)
    if span.start != 0 or who is None or token.i > verb.i or span.stop > who.left_edge.i:
        return
    if span.stop >= len(doc) or doc[span.stop].text != ",":
        return
    if who.left_edge.i != span.stop + 1:
        return  # other phrases follow that may lean on this one
    opener = doc[0]
    indices = frozenset(range(span.stop + 1))
    if is_reporting(verb) and opener.lower_ in wording.word_class("acts_of_speaking"):
        yield "drop-setting", indices, 1
    elif token.dep_ == "advcl" and _states(token, opener) and _holds_without(verb, span):
        yield "drop-adverbial", indices, 4
    elif is_reporting(verb) and opener.lower_ in {"on", "over", "in"} and not _is_time(doc, span):
        return  # "On the charge, she said": what was spoken of
    elif (
        token.dep_ != "advcl"
        and opener.lower_ in wording.word_class("fronted_prepositions")
        and _holds_without(verb, span)
    ):
        yield "drop-adjunct", indices, _harm(doc, span, 3)


def _is_time(doc: Doc, span: range) -> bool:
    """Whether a phrase holds a number, a month or a day."""
    known = wording.months() | wording.word_class("weekdays") | wording.word_class("times")
    return any(doc[i].like_num or doc[i].lower_ in known for i in span)


def _states(clause: Token, opener: Token) -> bool:
    """Whether a fronted clause tells a fact, and no condition: one of the past, or a participle."""
    if opener == clause:
        return opener.tag_ == "VBG" and opener.lower_ not in wording.word_class("opening_conditions")
    if opener.lower_ not in {"after", "as", "since", "while", "when", "although", "though", "before"}:
        return False
    return is_past(clause) if finite(clause) is not None else opener.lower_ in {"after", "since", "before", "while"}


def _holds_without(verb: Token, span: range) -> bool:
    """Whether a predicate tells what happened, and says no "all", "most" or "first" that its circumstance limits."""
    if not is_past(verb) or any(token.text in {"%", "percent"} for token in verb.subtree if token.i not in span):
        return is_reporting(verb) and is_past(verb)
    return not any(
        token.tag_ in {"JJS", "RBS", "JJR", "RBR"} or token.lower_ in _WITHIN | wording.word_class("limiting")
        for token in verb.subtree
        if token.i not in span
    )


_WITHIN = frozenset(
    {"first", "last", "second", "third", "only", "record", "more", "less", "fewer", "total", "average", "per"}
)


def _harm(doc: Doc, span: range, harm: int) -> int:
    """What the loss of a phrase does: more where it tells a date, a sum or a share."""
    return harm + 3 * any(
        doc[i].like_num or doc[i].lower_ in wording.months() or doc[i].text in {"£", "%"} for i in span
    )


def _inset(doc: Doc, token: Token) -> Iterator[Found]:
    """A participle with what belongs to it between two commas ("…, based on a survey of 900 people, …")."""
    span = trimmed(doc, subtree(token))
    if token.dep_ not in {"acl", "advcl"} or token.tag_ not in {"VBN", "VBG"} or not span or doc[span.start] != token:
        return
    if token.lower_ in wording.word_class("opening_conditions") or span.start == 0:
        return
    indices = fenced(doc, span)
    if indices is None or doc[span.start - 1].text != "," or _goes_on(doc, span.stop + 1):
        return
    if any(other.text == ":" for other in doc[: span.start]) or any(c.lower_ == "with" for c in token.head.children):
        return  # one of a list that a colon announces; "with the union saying …"
    if token.dep_ == "acl" and any(other.text == "," for other in doc[token.head.i : span.start - 1]):
        return  # "half a million homes, in Wales alone, selling for less": the noun needs it
    yield "drop-participle", indices, _harm(doc, span, 3)


_LISTED = frozenset({"NOUN", "PROPN", "ADJ", "CCONJ"})


def _goes_on(doc: Doc, index: int) -> bool:
    """Whether a list or a pair goes on after a phrase ("…, burning her arms, as well as damaging …")."""
    return (index < len(doc) and doc[index].pos_ in _LISTED) or doc[index : index + 2].text.lower() == "as well"


def _hanging(doc: Doc, token: Token, top: Token) -> Iterator[Found]:
    """A participle that tells a consequence or a means at the end, without a comma ("… leaving 160 stranded")."""
    span = subtree(token)
    verb = token.head
    if token.dep_ != "advcl" or token.tag_ != "VBG" or doc[span.start] != token or verb != top:
        return
    whole = any(child.dep_ in {"obj", "obl", "nsubj:pass", "ccomp"} for child in verb.children if child.i < span.start)
    last = span.stop >= len(doc) or doc[span.stop].is_punct
    if token.lower_ in wording.word_class("tails_participle") and whole and last and not is_fence(doc[span.start - 1]):
        yield "drop-participle", frozenset(span), 4


def _absolute(doc: Doc, token: Token) -> Iterator[Found]:
    """A participle with a subject of its own after a comma, at the end ("…, its tail dragging on the runway")."""
    span, who = trimmed(doc, subtree(token)), subject(token)
    if (
        token.dep_ not in {"advcl", "acl"}
        or token.tag_ not in {"VBG", "VBN"}
        or who is None
        or finite(token) is not None
    ):
        return
    marked = any(child.dep_ in {"mark", "case"} for child in token.children)
    indices = fenced(doc, span) if not marked and who.left_edge.i == span.start else None
    if indices is not None and span.stop >= len(doc) - 1 and doc[span.start - 1].text == ",":
        yield "drop-participle", indices, _harm(doc, span, 3)


def _closing(doc: Doc, token: Token, end: int) -> Iterator[Found]:
    """What ends the sentence and by its first words gives a reason, an aim or a company ("as part of …")."""
    span = trimmed(doc, subtree(token))
    last = bool(span) and (span.stop >= end or _main_clause_follows(doc, span.stop))
    if not last or span.start < 5 or token.i >= end or span.start <= token.head.i:
        return
    opening = doc[span.start : span.start + 3].text.lower()
    cued = any(opening.startswith(phrase) for phrase in wording.word_class("closing_phrases"))
    bare = token.dep_ == "advcl" and token.tag_ == "VBG" and doc[span.start].lower_ in _BEFORE_A_PARTICIPLE
    bare = bare and not (doc[span.start].lower_ == "by" and token.head.lemma_ in wording.word_class("verbs_with_by"))
    if not (cued or (bare and span.start > token.head.i + 1)) or token.head.pos_ not in {"VERB", "AUX", "ADJ"}:
        return
    if doc[span.start - 1].pos_ == "ADV" or doc[span.start - 1].lower_ in {"part", "only", "other", "one"}:
        return  # "in part because of", "one because of … and the other because of"
    limited = wording.word_class("limiting") | {"so", "too", "more", "less", "enough", "only"}
    if any(other.lower_ in limited for other in token.head.subtree if other.i < span.start):
        return
    start = span.start - 1 if doc[span.start - 1].text == "," else span.start
    yield "drop-adverbial" if bare else "drop-adjunct", frozenset(range(start, span.stop)), _harm(doc, span, 4)


def _time(doc: Doc, token: Token) -> Iterator[Found]:
    """A bare phrase of time beside what happened ("last month", "earlier this year")."""
    span, verb = trimmed(doc, subtree(token)), token.head
    timed = token.lower_ in wording.word_class("times") and token.dep_ in {"obl", "obl:unmarked"}
    if not timed or not span or span.start == 0 or verb.pos_ != "VERB" or not _holds_without(verb, span):
        return
    words = {doc[i].lower_ for i in span} - {token.lower_}
    if (
        words
        and words <= wording.word_class("before_a_time")
        and doc[span.start - 1].pos_ not in {"ADP", "SCONJ", "ADV"}
    ):
        fences = fenced(doc, span) if doc[span.start - 1].text == "," else None
        yield "drop-adjunct", fences or frozenset(span), 3


def _main_clause_follows(doc: Doc, index: int) -> bool:
    """Whether a comma closes a phrase and a conjunction, a participle or the sentence's subject comes after it."""
    top = root(doc)
    who = subject(top) if top is not None else None
    if doc[index].text != "," or index + 1 >= len(doc):
        return False
    following = doc[index + 1]
    return following.pos_ == "CCONJ" or following.tag_ == "VBG" or (who is not None and following == who.left_edge)


_BEFORE_A_PARTICIPLE = frozenset({"by", "while", "after", "before"})
