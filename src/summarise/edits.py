"""House edits: what a line of the house never has, whatever its length.

Each edit takes a `Cut` and returns it changed, or as it was. They drop what ties a sentence to
its place in the article (a connective, a weekday of the past, a dateline) and turn quoted
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
from summarise.language import quoted_spans
from summarise.syntax import (
    SUBJECTS,
    finite,
    is_name,
    is_negated,
    is_past,
    is_reporting,
    reported,
    subject,
    subtree,
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
            return cut.without(range(length + 2 * int(second) + int(comma)), "drop-connective")
    return cut


_DATELINE = re.compile(r"^(?:[A-Z][A-Z.'’]+[ ,]*)+(?:\([^)]*\) ?)?(?:via \w+ )?(?:--|[–—-]) +(?=[A-Z“\"])")


_LIST_MARK = re.compile(r"^[•*·▪►–—-]\s+(?=[A-Z“\"‘'])")


def drop_list_mark(cut: Cut) -> Cut:
    """Drop the bullet of a list that opens a sentence."""
    found = _LIST_MARK.match(cut.doc.text)
    if found is None:
        return cut
    return cut.without({token.i for token in cut.doc if token.idx < found.end()}, "drop-list-mark")


def drop_dateline(cut: Cut) -> Cut:
    """Drop the place and agency in capitals that open a wire story ("HOUSTON (AP) — ")."""
    found = _DATELINE.match(cut.doc.text)
    if found is None:
        return cut
    return cut.without({token.i for token in cut.doc if token.idx < found.end()}, "drop-dateline")


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
            or is_negated(verb)
            or token.dep_ in SUBJECTS
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


def drop_also(cut: Cut) -> Cut:
    """Drop "also" and an inset "however", which lean on a sentence that the line's reader has not seen."""
    for token in cut.doc[1:-1]:
        around = range(token.i - 1, token.i + 2)
        if token.lower_ in wording.word_class("inset_connectives") and set(around) <= set(cut.order):
            if token.nbor(-1).text == "," and token.nbor(1).text == ",":
                cut = cut.without(around, "drop-connective")
            elif token.lower_ == "therefore":
                cut = cut.without({token.i}, "drop-connective")
    for token in cut.doc:
        after = cut.doc[token.i + 1] if token.i + 1 < len(cut.doc) else None
        follows = after is not None and (
            after.lower_ in {"known", "as"} or (after.lower_ == "called" and after.tag_ == "VBN")
        )
        before = cut.doc[token.i - 1].lower_ if token.i else ""
        if token.lower_ == "also" and token.i in cut.order and not follows and before not in {"but", "and", "only"}:
            cut = cut.without({token.i}, "drop-also")
    return cut


def _marks(doc: Doc) -> list[int]:
    """Return the tokens that open and close direct quotations, double or single, in order."""
    edges = {place for start, end in quoted_spans(doc.text) for place in (start, end - 1)}
    return [token.i for token in doc if token.idx in edges and len(token.text) == 1]


def report_quotation(cut: Cut) -> Cut:
    """Turn a sentence that is one quotation with its speaker into reported speech, where that is safe.

    Safe means: one quotation, no first or second person in it, nothing that points at the
    moment of speaking, no question, a subject and a finite verb of its own, a named speaker.
    """
    doc = cut.doc
    marks = _marks(doc)
    if len(marks) != 2:
        return cut
    opening, closing = marks
    speech = _trimmed(doc, opening + 1, closing)
    speaker = _speaker(doc, opening, closing)
    if speaker is None or not _can_be_reported(doc, speech):
        return cut
    verb, who = speaker
    changed = cut.reordered((*who, verb.i, *speech), "report-quotation")
    first = doc[speech.start]
    if not is_name(first) and first.text != "I":
        changed = changed.with_words(first.i, first.text[:1].lower() + first.text[1:], "lower-case")
    if any(doc[i].text == "," for i in who):
        changed = changed.with_words(who.stop - 1, f"{doc[who.stop - 1].text},", "close-apposition")
    return changed


def report_continued(doc: Doc, speaker: str) -> Cut | None:
    """Return a sentence from the middle of somebody's quotation as reported speech, where that is safe.

    `speaker` is the name as the line should have it; what is safe is told at `report_quotation`.
    """
    inside = [token.i for token in doc if token.text not in {"“", "”", '"', "‘"} and not token.is_space]
    while inside and doc[inside[-1]].text in {"’", "'"}:
        inside.pop()
    if not inside or inside != list(range(inside[0], inside[-1] + 1)):
        return None
    speech = _trimmed(doc, inside[0], inside[-1] + 1)
    if not _can_be_reported(doc, speech):
        return None
    first = doc[speech.start]
    opening = first.text if is_name(first) else first.text[:1].lower() + first.text[1:]
    return Cut(doc, tuple(speech)).with_words(first.i, f"{speaker} said {opening}", "report-quotation")


def speaker_of(doc: Doc) -> Token | None:
    """Return the head of the subject of the verb of saying that stands outside a sentence's quotation."""
    spans = quoted_spans(doc.text)
    outside = [token for token in doc if not any(start <= token.idx < end for start, end in spans)]
    if len(outside) == len(doc):
        return None
    verb = next((token for token in outside if is_reporting(token) and token.tag_ in {"VBD", "VBZ", "VBP"}), None)
    return subject(verb) if verb is not None else None


def _trimmed(doc: Doc, start: int, end: int) -> range:
    while end > start and doc[end - 1].text in {",", ".", "!", "…"}:
        end -= 1
    return range(start, end)


def _speaker(doc: Doc, opening: int, closing: int) -> tuple[Token, range] | None:
    """Return the reporting verb outside the quotation and its subject's tokens, if nothing else stands there."""
    outside = [token for token in doc if token.i < opening or token.i > closing]
    verb = next((token for token in outside if is_reporting(token) and token.tag_ in {"VBD", "VBZ", "VBP"}), None)
    who = subject(verb) if verb is not None else None
    if verb is None or who is None or who.pos_ == "PRON":
        return None
    span = subtree(who)
    if span.start <= closing and span.stop > opening:
        return None
    rest = {token.i for token in outside if not token.is_punct} - set(span) - {verb.i}
    rest -= {
        token.i
        for token in outside
        if token.lower_ in wording.word_class("weekdays") | {"on", "yesterday", "today", "that"}
    }
    return None if rest else (verb, span)


def _can_be_reported(doc: Doc, speech: range) -> bool:
    tokens = [doc[i] for i in speech]
    if len(tokens) < 4 or any(token.text in {"?", "!", ".", ":"} for token in tokens):
        return False
    if (
        any(token.lower_ in wording.word_class("first_and_second_person") for token in tokens)
        or tokens[0].lower_ in wording.word_class("pointing_to_the_moment") | wording.opening_pronouns()
    ):
        return False
    if any(token.lower_ in {"today", "tomorrow", "yesterday", "tonight", "now", "here"} for token in tokens):
        return False
    if any(token.dep_ == "vocative" for token in tokens) or tokens[0].pos_ == "ADP":
        return False
    if any(token.text[:1] in {"'", "’"} and token.pos_ in {"AUX", "VERB"} for token in tokens):
        return False  # talk: "it's", "they've"
    if tokens[0].pos_ in {"VERB", "AUX", "INTJ", "CCONJ"} or (tokens[0].pos_ == "ADV" and tokens[0].dep_ != "mark"):
        return False
    if tokens[0].tag_ in {"WRB", "WP"} and tokens[0].lower_ != "when":
        return False
    return any(token.dep_ in SUBJECTS and finite(token.head) is not None for token in tokens)


def unquote(cut: Cut) -> Cut:
    """Take the marks from quoted words inside reported speech, where the speaker is named beside them."""
    doc = cut.doc
    marks = [i for i in _marks(doc) if i in cut.order]
    if not marks or len(marks) % 2 or reported(doc) is None:
        return cut
    pairs = list(zip(marks[::2], marks[1::2], strict=True))
    for opening, closing in pairs:
        inner = [doc[i] for i in range(opening + 1, closing)]
        if not inner or len(inner) > 14 or opening == 0:
            return cut
        if any(
            token.lower_ in wording.word_class("first_and_second_person") or token.text in {"?", "!", ".", "…"}
            for token in inner
        ):
            return cut
        if inner[0].is_sent_start or (inner[0].text[0].isupper() and inner[0].pos_ != "PROPN"):
            return cut
    return cut.without(set(marks), "unquote")


HOUSE_EDITS: tuple[Callable[[Cut], Cut], ...] = (
    report_quotation,
    drop_dateline,
    drop_list_mark,
    drop_connective,
    drop_weekday,
    drop_brackets,
    drop_also,
    unquote,
)
