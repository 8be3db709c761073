"""Whether a cut is whole: nothing broken off, no mark of a pair alone, nothing that points out of the line.

Each question is asked of the cut alone, with its parse; what only the article can tell is asked in `lines`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarise import wording
from summarise.cut import Cut
from summarise.syntax import FINITE_TAGS, SUBJECTS, complement, finite, is_dash, is_reporting, root, subject, subtree

if TYPE_CHECKING:
    from spacy.tokens import Token


def says_a_phrase(cut: Cut) -> bool:
    """Whether what a line reports is no clause ("A steering problem, the driver told reporters")."""
    top = root(cut.doc)
    if top is None or not is_reporting(top) or complement(top) is not None or top.i not in cut.order:
        return False
    who = next((child for child in reversed(list(top.lefts)) if child.dep_ in SUBJECTS), None)
    if who is None or who.left_edge.i == 0:
        return False
    before = [token for token in cut.doc[: who.left_edge.i] if token.i in cut.order]
    spoken = [token for token in before if not token.is_punct]
    if not before or before[-1].text not in {",", "”", "’"} or not spoken:
        return False
    return spoken[0].pos_ in {"DET", "NOUN", "PROPN", "NUM", "ADJ"} and not any(
        token.tag_ in FINITE_TAGS for token in before
    )


def is_subordinate(verb: Token, standing: set[int]) -> bool:
    """Whether a conjunction such as "while" still stands before a clause, which then needs another one to lean on."""
    conjunctions = wording.word_class("subordinating")
    return any(child.dep_ == "mark" and child.i in standing and child.lower_ in conjunctions for child in verb.children)


_MOMENTS = frozenset({"day", "night", "morning", "evening", "week", "month", "year", "moment", "time", "way", "minute"})
"""Nouns that with "the" before them say nothing without what follows ("the day before the parade")."""


_COMPLETING = frozenset({"obj", "ccomp", "xcomp", "aux:pass", "nsubj:pass", "obl:agent"})
"""Relations of what makes a verb whole without anything after it."""


def broken_off(cut: Cut) -> str | None:
    """Return the last word of a line if what follows it in the sentence was cut and it cannot end one.

    A verb that the sentence goes on from may share its object with the next ("allows, and even encourages, waste").
    """
    last = next((cut.doc[i] for i in reversed(cut.order) if not cut.doc[i].is_punct), None)
    if last is None or last.i in cut.replaced or all(token.is_punct for token in cut.doc[last.i + 1 :]):
        return None
    following = last.nbor().lower_
    standing = set(cut.order)
    complete = any(child.i in standing and child.dep_ in _COMPLETING for child in last.children)
    complete = complete or last.dep_ == "parataxis"
    shares = (
        last.pos_ == "VERB"
        and not complete
        and (following in {",", "and", "or"} or last.lemma_.lower() in wording.word_class("verbs_with_an_object"))
    )
    if last.lower_ in {"last", "next", "this", "every"}:
        return str(last.text)
    moment = last.lower_ in _MOMENTS and any(child.lower_ == "the" for child in last.children)
    return str(last.text) if shares or moment or last.pos_ in {"ADP", "DET", "SCONJ", "CCONJ", "AUX"} else None


def has_stray_dash(cut: Cut) -> bool:
    """Whether of two dashes of the sentence one went and the other stayed."""
    dashes = [token.i for token in cut.doc if is_dash(token)]
    return len(dashes) == 2 and len(set(dashes) & set(cut.order)) == 1


def has_stray_comma(cut: Cut) -> bool:
    """Whether one comma parts a subject from its predicate: the other of the pair went with a phrase."""
    standing = set(cut.order)
    for token in cut.doc:
        if token.dep_ in SUBJECTS and token.i in standing and (verb := finite(token.head)) is not None:
            between = [i for i in range(token.i + 1, verb.i) if i in standing]
            commas = [i for i in between if cut.doc[i].text == ","]
            if len(commas) == 1 and commas == between[-1:]:
                return True
    return False


_CLOSER = frozenset(
    {"nmod", "acl", "acl:relcl", "nmod:poss", "appos", "flat", "nummod", "nmod:unmarked", "advcl", "ccomp"}
)
"""Relations by which a noun says which one it means."""


def bare_definites(cut: Cut) -> Iterator[tuple[Token, bool]]:
    """Yield each "the" noun of a line that nothing in the line says more closely, and whether it opens the line."""
    standing = set(cut.order)
    seen: set[str] = set()
    for position, i in enumerate(cut.order):
        token = cut.doc[i]
        noun = token.head
        if token.lower_ == "the" and token.dep_ == "det" and noun.pos_ == "NOUN" and i not in cut.replaced:
            closer = any(
                child.i in standing and (child.dep_ in _CLOSER or child.pos_ == "PROPN" or child.tag_ in {"JJS", "RBS"})
                for child in noun.children
            )
            known = noun.lower_ in wording.word_class("unique_nouns") or noun.lemma_.lower() in seen
            if noun.i in standing and noun.i not in cut.replaced and not closer and not known:
                yield noun, position == 0
        if token.pos_ == "NOUN":
            seen.add(token.lemma_.lower())


def points_out(cut: Cut) -> str | None:
    """Return a pronoun or determiner of the line for which the line holds nothing to stand for."""
    for i in cut.order:
        token = cut.doc[i]
        if i in cut.replaced:
            continue
        if token.lower_ in {"that", "those", "these"} and token.dep_ == "det":
            return f"{token.text} {token.head.text}"
        if token.lower_ == "its" and _only_people_before(cut, i):
            return str(token.text)
        if token.lower_ in wording.word_class("he_and_she") and not _person_before(cut, i):
            return str(token.text)
        if (
            token.lower_ in _PERSONAL
            and token.dep_ in SUBJECTS
            and token.head.dep_ == "ROOT"
            and not _only_attributes(token)
            and not _names_before(cut, i)
        ):
            return str(token.text)
        if token.lower_ in {"it", "them"} and token.dep_ in {"obj", "obl", "nmod"}:
            who = subject(token.head)
            own = set(subtree(who)) if who is not None else _subject_above(token.head)
            if who is not None and who.tag_ in {"WDT", "WP"}:
                own |= set(subtree(token.head.head))
            nouns = (cut.doc[j] for j in cut.order if j < i and j not in own)
            if not any(noun.pos_ in {"NOUN", "PROPN"} and noun.lower_ not in {"%", "one", "ones"} for noun in nouns):
                return str(token.text)
    return None


def _only_attributes(it: Token) -> bool:
    """Whether "it" is the empty subject of an attribution ("…, it has emerged")."""
    verb = it.head
    passive = any(child.dep_ == "aux:pass" for child in verb.children)
    return it.lower_ == "it" and (verb.lemma_ in {"emerge", "transpire"} or (passive and is_reporting(verb)))


def _only_people_before(cut: Cut, index: int) -> bool:
    """Whether the only nouns before "its" name a person ("Ann Lee, its director")."""
    before = [cut.doc[i] for i in cut.order[: cut.order.index(index)]]
    nouns = [token for token in before if token.pos_ in {"NOUN", "PROPN"}]
    return bool(nouns) and all(token.ent_type_ == "PERSON" for token in nouns)


def _subject_above(verb: Token) -> set[int]:
    """Return the head and the name of the subject of the predicate that a verb without one belongs to."""
    who = subject(verb.head) if verb.dep_ in {"xcomp", "conj", "parataxis"} else None
    return set() if who is None else {who.i, *(child.i for child in who.children if child.pos_ == "PROPN")}


def _person_before(cut: Cut, index: int) -> bool:
    """Whether somebody stands before "he" or "her" in a line for whom the pronoun can stand."""
    human, dates = wording.human_nouns() | wording.role_words(), wording.months() | wording.word_class("weekdays")
    for i in cut.order:
        if i == index:
            return False
        token = cut.doc[i]
        named = token.pos_ == "PROPN" and token.ent_type_ not in {"PLACE", "ORG"} and token.lower_ not in dates
        if (
            i in cut.replaced
            or named
            or token.lower_ == "who"
            or token.lower_ in human
            or token.lemma_.lower() in human
        ):
            return True
    return False


_PERSONAL = frozenset({"he", "she", "they", "it"})


def _names_before(cut: Cut, index: int) -> bool:
    """Whether a name stands before a main clause's pronoun ("When Ann Lee was elected, she said …")."""
    return any(cut.doc[i].pos_ == "PROPN" and cut.doc[i].ent_type_ in {"PERSON", "ORG"} for i in cut.order if i < index)
