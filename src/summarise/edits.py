"""House edits: what a line of the house never has, whatever its length.

Each edit takes a `Cut` and returns it changed, or as it was. They drop what ties a sentence to
its place in the article (a connective, a weekday of the past) and turn quoted
speech into reported speech where that is safe. No edit touches a number, a negation, a
modal verb or an attribution.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from summarise import wording
from summarise.cut import Cut
from summarise.fences import fenced
from summarise.quotations import mark_titles, report_quotation, unquote
from summarise.syntax import (
    FINITE_TAGS,
    SUBJECTS,
    is_negated,
    is_past,
    root,
    subject,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def drop_connective(cut: Cut) -> Cut:
    """Drop a connective that only ties the sentence to the one before it ("However,", "But")."""
    doc = cut.doc
    lowered = [token.lower_ for token in doc[:5]]
    for phrase in wording.connective_phrases():
        length = len(phrase)
        if tuple(lowered[:length]) != phrase or len(doc) <= length + 3:
            continue
        comma = doc[length].text == ","
        if doc[length].lower_ in wording.word_class("not_after_connective"):
            continue  # "but for" means without, "so many" counts
        if comma or phrase in wording.bare_connectives():
            second = doc[length].lower_ in {"yet", "so", "but"} and doc[length + 1].text == ","
            return _drop_time(cut.without(range(length + 2 * int(second) + int(comma)), "drop-connective"))
    return _drop_time(cut)


def _drop_time(cut: Cut) -> Cut:
    """Drop what opens a sentence and only ties it to the one before ("Earlier this month, …", "As a result 40 …")."""
    top, start = root(cut.doc), cut.order[0] if cut.order else 0
    who = subject(top) if top is not None else None
    if top is None or who is None or start > who.i or "report-quotation" in cut.edits:
        return cut
    lowered = tuple(token.lower_ for token in cut.doc[start : start + 5])
    for phrase in wording.opening_times():
        stop = start + len(phrase)
        if lowered[: len(phrase)] == phrase and is_past(top) and not is_negated(top):
            comma, adverb = cut.doc[stop].text == ",", len(phrase) == 1 and cut.doc[start].head == top
            if comma or (adverb and who.left_edge.i == stop):
                return cut.without(range(start, stop + int(comma)), "drop-connective")
    for phrase in wording.connectives_before_a_subject():
        stop = start + len(phrase)
        if lowered[: len(phrase)] == phrase and who.left_edge.i == stop:
            return cut.without(range(start, stop), "drop-connective")
    return cut


_LIST_MARK = re.compile(r"^[•*·▪►–—-]\s+(?=[A-Z“\"‘'])")


def drop_list_mark(cut: Cut) -> Cut:
    """Drop the bullet of a list that opens a sentence."""
    found = _LIST_MARK.match(cut.doc.text)
    if found is None:
        return cut
    return cut.without({token.i for token in cut.doc if token.idx < found.end()}, "drop-list-mark")


def drop_weekday(cut: Cut) -> Cut:
    """Drop the day on which a past event was told ("on Tuesday", "yesterday", "earlier today")."""
    doc = cut.doc
    days = [token for token in doc if token.lower_ in wording.word_class("weekdays")]
    for token in doc:
        span = _day_phrase(doc, token)
        if span is None or not set(span) <= set(cut.order) or _names_a_date(doc, span):
            continue
        verb = _governing_verb(token)
        if (
            verb is None
            or any(day != token and _governing_verb(day) == verb for day in days)  # two days of one verb
            or not is_past(verb)
            or verb.dep_ == "acl"  # "the bear caught on Monday was freed": no bear without its day
            or is_negated(verb)
            or token.dep_ in SUBJECTS
            or any(other.lower_ == "than" for other in doc[: span.start])  # "than it was on Friday"
            or _would_not_stand_without(doc, span)
        ):
            continue
        cut = cut.without(fenced(doc, span) or frozenset(span), "drop-weekday")
    return cut


def _day_phrase(doc: Doc, token: Token) -> range | None:
    start, end = token.i, token.i + 1
    if token.lower_ in wording.word_class("weekdays"):
        if start and doc[start - 1].lower_ in {"on", "last", "early", "late"}:
            start -= 1
        if start and doc[start - 1].lower_ in {"on", "late", "early", "earlier"}:
            start -= 1
    elif token.lower_ == "yesterday" or (token.lower_ == "today" and start and doc[start - 1].lower_ == "earlier"):
        if start and doc[start - 1].lower_ in {"earlier", "late", "early"}:
            start -= 1
    else:
        return None
    if end < len(doc) and doc[end].lower_ in wording.word_class("parts_of_day"):
        end += 1
    before = doc[start - 1].lower_ if start else ""
    if before in {"only", "just", "even", "not"}:
        return None  # "only yesterday": the adverb would be left
    if before in wording.word_class("blocking_a_day") or (
        end < len(doc) and doc[end].lower_ in {"’s", "'s", "and", "or", "to"}
    ):
        return None
    return range(start, end)


def _names_a_date(doc: Doc, span: range) -> bool:
    """Whether a day of the month or a month stands beside the weekday: that is a date, which stays."""
    around = doc[span.stop : span.stop + 3]
    return any(token.like_num or token.lower_ in wording.months() for token in around)


def _governing_verb(token: Token) -> Token | None:
    for ancestor in (token, *token.ancestors):
        if ancestor.pos_ in {"VERB", "AUX"}:
            return ancestor
    return None


def _would_not_stand_without(doc: Doc, span: range) -> bool:
    """Whether the words around the span would collide when it goes ("was on Monday and")."""
    before = doc[span.start - 1] if span.start else None
    return before is not None and (
        before.pos_ in {"ADP", "AUX", "SCONJ"} or before.lower_ in {"is", "was", "were", "be"}
    )


def drop_brackets(cut: Cut) -> Cut:
    """Drop what stands in round brackets, unless it is long enough to be a statement of its own."""
    doc, opened = cut.doc, None
    for token in doc:
        if token.text == "(":
            opened = token.i
        elif token.text == ")" and opened is not None:
            inside = {word.lower_ for word in doc[opened : token.i]}
            kept = wording.word_class("protected") | {"yet", "so", "only", "£", "%"}
            if token.i - opened <= 12 and not inside & kept:
                cut = cut.without(range(opened, token.i + 1), "drop-brackets")
            opened = None
    return cut


_INSET = (
    ("for", "example"),
    ("for", "instance"),
    ("in", "turn"),
    ("in", "addition"),
    ("of", "course"),
    ("as", "a", "result"),
)


def _without_inset(cut: Cut, phrase: tuple[str, ...]) -> Cut:
    """Drop a connective between commas ("…, for example, …"); the first comma stays where it closes what opens."""
    doc, top = cut.doc, root(cut.doc)
    who = subject(top) if top is not None else None
    for i in range(1, len(doc) - len(phrase) - 1):
        around = range(i, i + len(phrase) + 2)
        inner = tuple(token.lower_ for token in doc[i + 1 : around[-1]])
        if inner == phrase and doc[i].text == doc[around[-1]].text == "," and set(around) <= set(cut.order):
            opens = who is not None and who.left_edge.i > i
            cut = cut.without(around[int(opens) :], "drop-connective")
    return cut


def _only_orders(then: Token) -> bool:
    """Whether a "then" between a subject and its past verb only says that a sentence before came first."""
    verb, who = then.head, subject(then.head)
    follows = who is not None and who.right_edge.i == then.i - 1 and then.i < verb.i
    first = not any(other.tag_ in FINITE_TAGS for other in then.doc[: then.i] if other.head.dep_ != "acl:relcl")
    return follows and first and then.nbor(1).tag_ == "VBD" and verb.dep_ == "ROOT"


def drop_also(cut: Cut) -> Cut:
    """Drop "also" and an inset "however", which lean on a sentence that the line's reader has not seen."""
    for token in cut.doc[1:-1]:
        around = range(token.i - 1, token.i + 2)
        if token.lower_ in wording.word_class("inset_connectives") and set(around) <= set(cut.order):
            if token.nbor(-1).text == "," and token.nbor(1).text == ",":
                cut = cut.without(around, "drop-connective")
            elif token.lower_ == "therefore":
                cut = cut.without({token.i}, "drop-connective")
        if token.lower_ == "then" and token.i in cut.order and _only_orders(token):
            cut = cut.without({token.i}, "drop-connective")
    text = cut.doc.text.lower()
    for phrase in _INSET:
        if f", {' '.join(phrase)}," in text:
            cut = _without_inset(cut, phrase)
    for token in cut.doc:
        after = cut.doc[token.i + 1] if token.i + 1 < len(cut.doc) else None
        follows = after is not None and (
            after.lower_ in {"known", "as"} or (after.lower_ == "called" and after.tag_ == "VBN")
        )
        before = cut.doc[token.i - 1].lower_ if token.i else ""
        if token.lower_ == "also" and token.i in cut.order and not follows and before not in {"but", "and", "only"}:
            cut = cut.without({token.i}, "drop-also")
    return cut


HOUSE_EDITS: tuple[Callable[[Cut], Cut], ...] = (
    report_quotation,
    drop_list_mark,
    drop_connective,
    drop_weekday,
    drop_brackets,
    drop_also,
    mark_titles,
    unquote,
)
