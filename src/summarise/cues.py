"""Phrases that a comma and their first word mark as removable, whatever the parse calls them.

The parse still has a say: `removals` lets none of them go on which something that stays depends.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarise import wording
from summarise.fences import keeping_outer_comma
from summarise.syntax import (
    FINITE_TAGS,
    SUBJECTS,
    complement,
    finite,
    is_dash,
    is_reporting,
    reported,
    root,
    subject,
    subtree,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Found = tuple[str, frozenset[int], int]
"""A removable phrase: the name of the edit, its tokens, the harm of its loss."""

_LOOSE = frozenset({"appos", "parataxis", "nmod", "dep", "obl", "obl:unmarked", "nmod:unmarked", "obj", "conj"})
_HARM = {"relative": 2, "adjunct": 3, "adverbial": 3, "participle": 3}
"""What the loss of a phrase that a comma sets off does, by the kind of its first word."""


def cued_removals(doc: Doc) -> Iterator[Found]:
    """Yield the phrases of a sentence that punctuation and a first word set off."""
    end = clause_end(doc)
    commas = [token.i for token in doc if (token.text == "," or is_dash(token)) and token.i < end]
    for position, comma in enumerate(commas):
        yield from _after_comma(doc, comma, commas[position + 1 :], end)
        yield from _second_statement(doc, comma, end)
        yield from _home(doc, comma, commas[position + 1 :], end)
    yield from _set_off_by_dashes(doc, end)


def _after_comma(doc: Doc, comma: int, later: list[int], end: int) -> Iterator[Found]:
    """A phrase from a comma to the end, or a relative clause up to the comma that closes it."""
    opener = doc[comma + 1].lower_ if comma + 1 < len(doc) else ""
    if doc[comma + 2 : comma + 4].text.lower() in {"of which", "of whom", "of whose"}:
        opener = "which"  # "…, most of which"
    name, harm = _tail(opener)
    if opener in {"a", "an"} and _hangs_on_a_noun(doc, comma + 1, end):
        name, harm = "drop-apposition", 3
    elif not name and doc[comma + 1].pos_ == "ADP" and not _is_clause(doc, comma + 1, end):
        name, harm = "drop-adjunct", 4
    if not name or opener == "according":
        return
    denied = any(token.lower_ in wording.word_class("negations") for token in doc[:comma])
    if denied and opener == "as" and not _is_clause(doc, comma + 1, end):
        return  # "not treating the death, …, as suspicious"
    relative = opener in wording.word_class("relative_pronouns")
    resumes = any(doc[i + 1].tag_ in {*FINITE_TAGS, "WRB", "WP", "TO"} for i in later)
    paired = is_dash(doc[comma]) and any(is_dash(doc[i]) for i in later)  # then the phrase ends at the second dash
    if not paired and (all(_goes_on(doc[i + 1]) for i in later) or not (relative or resumes)):
        yield name, frozenset(range(comma, end)) | _opening_of_an_inset(doc, comma), harm
    closing = next((i for i in later if _resumes(doc[i + 1])), None)
    if relative and closing is not None:
        yield name, keeping_outer_comma(doc, comma, closing), harm


def _opening_of_an_inset(doc: Doc, comma: int) -> frozenset[int]:
    """Return the comma after a verb whose partner goes ("ended, shortly before midnight, with …"), if there is one."""
    for i in range(comma - 1, max(comma - 7, 1), -1):
        if doc[i].text == ",":
            inset = doc[i - 1].pos_ == "VERB" and doc[i + 1].pos_ in {"ADV", "ADP"}
            return frozenset({i}) if inset else frozenset()
    return frozenset()


def _resumes(token: Token) -> bool:
    """Whether the main clause goes on: a finite verb, or a participle where the parse found no subject."""
    if token.tag_ in FINITE_TAGS or token.lower_ == "to":
        return True
    top = root(token.doc)
    return token.tag_ == "VBN" and (top is None or subject(top) is None)


def _second_statement(doc: Doc, comma: int, end: int) -> Iterator[Found]:
    """A second main clause after ", and" or ", but"."""
    conjunction = doc[comma + 1].lower_ if comma + 1 < end else ""
    exception = conjunction == "but" and doc[comma + 2 : comma + 3].text.lower() in {
        "not",
        "only",
        "never",
        "no",
        "except",
    }
    top = root(doc)
    reply = conjunction == "but" and top is not None and is_reporting(top) and complement(top) is not None
    if reply:
        return  # what a speaker says against it is the speaker's case
    if conjunction in {"and", "but"} and not exception and _is_clause(doc, comma + 2, end):
        yield "drop-second-clause", frozenset(range(comma, end)), 5 if conjunction == "and" else 7


def _home(doc: Doc, comma: int, later: list[int], end: int) -> Iterator[Found]:
    """Where somebody is from, between commas (", of Ruskington,")."""
    if comma + 4 < end and doc[comma + 1].lower_ == "of" and doc[comma + 2].pos_ == "PROPN":
        closing = next(iter(later), None)
        aged = comma > 2 and doc[comma - 1].like_num and doc[comma - 2].text == ","
        if closing is not None and closing - comma < 8:
            yield "drop-home", keeping_outer_comma(doc, comma - 2 if aged else comma, closing), 1


def _set_off_by_dashes(doc: Doc, end: int) -> Iterator[Found]:
    """What follows the only dash or a semicolon, or stands between two dashes."""
    dashes = [token.i for token in doc[:end] if is_dash(token)]
    if len(dashes) == 1 and dashes[0] > end // 3:
        yield "drop-second-clause", frozenset(range(dashes[0], end)), 4
    if len(dashes) == 2:
        yield "drop-aside", frozenset(range(dashes[0], dashes[1] + 1)), 3
    for token in doc[1:end]:
        if token.text == ";" and not any(other.text == ":" for other in doc[: token.i]):
            yield "drop-second-clause", frozenset(range(token.i, end)), 4


def _tail(opener: str) -> tuple[str, int]:
    """Return the name and the harm of the cut that a phrase's first word announces, or an empty name."""
    for kind, harm in _HARM.items():
        if opener in wording.word_class(f"tails_{kind}"):
            return f"drop-{kind}", harm
    return "", 0


def _goes_on(token: Token) -> bool:
    """Whether what stands after a comma continues the relative clause before it, and not the main clause."""
    return token.lower_ in {"and", "or", "but", *wording.word_class("relative_pronouns")} or (
        token.pos_ in {"NOUN", "PROPN", "NUM"} and token.dep_ == "conj"
    )


def _hangs_on_a_noun(doc: Doc, start: int, end: int) -> bool:
    """Whether a closing phrase is one noun phrase ("…, a change that affects 5,640 children")."""
    heads = [token for token in doc[start:end] if not start <= token.head.i < end or token.head == token]
    one = [token for token in heads if not token.is_punct]
    return len(one) == 1 and one[0].pos_ in {"NOUN", "PROPN"} and one[0].dep_ in _LOOSE and not one[0].conjuncts


def _only_says(verb: Token) -> bool:
    """Whether a verb is one of saying with its subject and nothing said: the end of an attribution."""
    relations = {child.dep_ for child in verb.children}
    return is_reporting(verb) and subject(verb) is not None and not relations & {"obj", "ccomp", "xcomp", "cc"}


def _says_before_its_subject(verb: Token, closing: list[Token]) -> bool:
    """Whether a verb of saying opens an attribution and stands before its subject ("…, reported the paper")."""
    who = subject(verb)
    alone = [token for token in closing if token.tag_ in FINITE_TAGS] == [verb]
    return is_reporting(verb) and alone and closing[1].pos_ in {"DET", "PROPN"} and (who is None or who.i > verb.i)


def _is_clause(doc: Doc, start: int, end: int) -> bool:
    """Whether a stretch holds a subject and its finite predicate, the subject first."""
    return any(
        token.dep_ in SUBJECTS and start <= token.i < token.head.i < end and finite(token.head) is not None
        for token in doc[start:end]
    )


def _before_marks(doc: Doc, index: int) -> int:
    """Return where the comma and the mark begin that part a quotation from its speaker."""
    while index > 1 and doc[index - 1].text in {",", "”", '"', "’", "'"}:
        index -= 1
    return index


def clause_end(doc: Doc) -> int:
    """Return where the statement ends: before a closing attribution (", police said") or the full stop."""
    end = len(doc)
    while end > 0 and (doc[end - 1].is_space or (doc[end - 1].is_punct and doc[end - 1].text != "%")):
        end -= 1
    spoken = reported(doc)
    if spoken is not None:
        verb, who, _ = spoken
        start = min(verb.i, subtree(who).start)
        if (
            doc[start - 1].text in {",", "”", '"'}
            and start > len(doc) // 3
            and max(verb.i, subtree(who).stop - 1) >= end - 3
        ):
            return _before_marks(doc, start - 1)
    last = max((token.i for token in doc[:end] if token.text == ","), default=0)
    closing = doc[last + 1 : end] if last > 0 and end - last <= 12 else doc[0:0]
    if len(closing) and closing[0].pos_ in {"DET", "PROPN", "NOUN", "PRON"} and any(map(_only_says, closing)):
        return last  # ", the inquiry found"
    if len(closing) > 1 and _says_before_its_subject(closing[0], [*closing]):
        return last  # ", reported the paper"
    for token in doc[1:end]:
        if token.lower_ == "according" and doc[token.i - 1].text == ",":
            return token.i - 1
    return end
