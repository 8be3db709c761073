"""What is done to readers, or asked of them: the group that a clause turns to becomes "you".

`second_person` turns clauses whose subject is a group of readers; here the group is an object
("The deal could give passengers more options"), an owner ("Drivers’ premiums will rise") or
the one who is asked ("The council has urged drivers to avoid the bridge").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from summarise import wording
from summarise.cut import Cut, tidy
from summarise.edits import drop_brackets, drop_weekday
from summarise.house.second_person import group_of, turned
from summarise.houseform import house_form
from summarise.records import count_words
from summarise.syntax import auxiliaries, finite, is_negated, subject, subtree, text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OBJECTS = frozenset({"obj", "iobj", "obl"})
_PREPOSITIONS = frozenset({"for", "to", "on"})
_MOST = 30


class Effect(NamedTuple):
    """A line in which a group has become "you": the condition that names the group, the cut, and how it was changed."""

    condition: str
    cut: Cut


class Advice(NamedTuple):
    """What readers are asked to do: who is meant (empty for everybody), the verb of asking, and the act."""

    condition: str
    asked: str
    act: str


def effects(cut: Cut, topics: frozenset[str]) -> list[Effect]:
    """Return a line once for each group of readers that is its object or owns what it tells of."""
    found = []
    for token in cut.doc:
        span = subtree(token)
        if token.i not in cut.order or not set(span) <= set(cut.order):
            continue
        if token.dep_ in _OBJECTS and _is_before_nothing_odd(token):
            effect = _turned_object(cut, token, span, topics)
        elif token.dep_ == "nmod:poss" and token.tag_ == "NNS":
            effect = _turned_owner(cut, token, span, topics)
        else:
            continue
        if effect is not None and effect.cut.word_count <= _MOST:
            found.append(effect)
    return found


def _is_before_nothing_odd(token: Token) -> bool:
    """Whether an object is one to which the verb does something, with no preposition but "for", "to" or "on"."""
    cases = {child.lower_ for child in token.children if child.dep_ == "case"}
    if token.dep_ == "obl" and cases != {"for"}:
        return bool(cases) and cases <= _PREPOSITIONS and token.head.lemma_ in wording.word_class("verbs_of_giving")
    return cases <= _PREPOSITIONS


def _turned_object(cut: Cut, token: Token, span: range, topics: frozenset[str]) -> Effect | None:
    case = next((child for child in token.children if child.dep_ == "case"), None)
    own = range(case.i + 1 if case is not None else span.start, span.stop)
    if own.start > token.i or any(token.doc[i].dep_ in {"conj", "appos"} for i in own):
        return None
    follows = token.doc[token.i + 1].lower_ if token.i + 1 < own.stop else ""
    if follows and follows not in {"who", "that"} and token.head.lemma_ not in wording.word_class("verbs_of_good"):
        return None  # "greeting patients with candles": what follows can belong to the verb
    group = group_of(token.doc, token, own, topics)
    if group is None or group[3]:
        return None
    return _with_you(cut, token, own, "you", group[0])


def _turned_owner(cut: Cut, token: Token, span: range, topics: frozenset[str]) -> Effect | None:
    case = next((child for child in token.children if child.dep_ == "case"), None)
    if case is None or case.i != span.stop - 1:
        return None
    group = group_of(token.doc, token, range(span.start, case.i), topics)
    if group is None or group[3]:
        return None
    return _with_you(cut, token, span, "your", group[0])


def _with_you(cut: Cut, token: Token, span: range, word: str, condition: str) -> Effect | None:
    """Return the cut with a group's phrase replaced by "you", pronouns after it turned; None where one is unclear."""
    turned_cut = cut.with_words(span.start, word, "second-person").without(set(span) - {span.start}, "second-person")
    for i in turned_cut.order:
        lowered = token.doc[i].lower_
        if lowered in {"we", "our", "us", "i", "my", "you", "your"} and i != span.start:
            return None
        if i > span.start and lowered in {"they", "their", "them", "themselves"}:
            return None
    return Effect(condition, turned_cut)


# ---------------------------------------------------------------- what readers are asked to do


def advice(doc: Doc, topics: frozenset[str]) -> list[Advice]:
    """Return what a sentence says that readers are urged, asked or advised to do, or should do."""
    return [made for token in doc if (made := _asked(token, topics) or _should(token, topics)) is not None]


def _asked(verb: Token, topics: frozenset[str]) -> Advice | None:
    """Return advice from "X has urged drivers to avoid …" or "drivers are being urged to avoid …"."""
    lemma = verb.lemma_.lower()
    binding = lemma in wording.word_class("verbs_of_allowing")
    if not (binding or lemma in wording.word_class("verbs_of_asking")) or verb.pos_ != "VERB" or is_negated(verb):
        return None
    act = next((child for child in verb.children if child.dep_ in {"xcomp", "ccomp"} and _is_infinitive(child)), None)
    passive = any(child.dep_ == "aux:pass" for child in verb.children)
    who = next(
        (
            c
            for c in verb.children
            if c.dep_ == ("nsubj:pass" if passive else "obj") or (not passive and c.dep_ == "iobj")
        ),
        None,
    )
    tense = finite(verb)
    if act is None or who is None or (passive and (tense is None or tense.lower_ in {"was", "were", "had"})):
        return None
    condition = _who_is_asked(who, topics)
    words = _act(act)
    asked = _are_allowed(verb) if binding else f"are {_participle(verb)}"
    unreal = not binding and any(helper.lower_ in _UNREAL for helper in auxiliaries(verb))
    if condition is None or words is None or asked is None or unreal:
        return None
    return Advice(condition, f"{asked} not to" if is_negated(act) else f"{asked} to", words)


def _are_allowed(verb: Token) -> str | None:
    """Return "are allowed" or "could be allowed" as the rule holds now or may hold; None for one of the past."""
    helpers = {helper.lower_ for helper in auxiliaries(verb)}
    modal = next((helper.lower_ for helper in auxiliaries(verb) if helper.tag_ == "MD"), "")
    perfect = bool(helpers & {"have", "has", "had", "'ve", "’ve"})
    if modal:
        return None if perfect else f"{modal} be {_participle(verb)}"
    tense = finite(verb)
    if tense is None or tense.tag_ not in {"VBZ", "VBP"}:
        return None
    return f"{'have been' if perfect else 'are'} {_participle(verb)}"


_UNREAL = frozenset({"would", "could", "might", "had", "should"})
"""Helpers with which nobody has been asked yet."""


def _should(verb: Token, topics: frozenset[str]) -> Advice | None:
    """Return advice from "people should check …": everybody's, not that of a group, which an address tells."""
    modal = next((helper for helper in auxiliaries(verb) if helper.lower_ in {"should", "must"}), None)
    who = subject(verb)
    if modal is None or who is None or who.dep_ == "nsubj:pass" or is_negated(verb):
        return None
    if any(helper.lower_ in {"have", "be"} for helper in auxiliaries(verb)) or _who_is_asked(who, topics) != "":
        return None
    words = _act(verb)
    return None if words is None else Advice("", modal.lower_, words)


def _who_is_asked(who: Token, topics: frozenset[str]) -> str | None:
    """Return the condition that names who is asked, empty where everybody is; None for somebody in the story."""
    span = subtree(who)
    text = text_of(who.doc, span).lower()
    if text in wording.word_class("everybody"):
        return ""
    group = group_of(who.doc, who, span, topics)
    return None if group is None or group[3] else group[0]


def _is_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(child.lower_ == "to" for child in verb.children)


def _act(verb: Token) -> str | None:
    """Return what is to be done, from the verb on, turned to the reader: "avoid the bridge until 5 May"."""
    doc, stop = verb.doc, subtree(verb).stop
    order = [i for i in range(verb.i, stop) if not (doc[i].is_punct and i == stop - 1)]
    for i in order:
        if doc[i].text in {"“", "”", '"', "‘"} or doc[i].lower_ in wording.word_class("he_and_she") | {
            "we",
            "us",
            "our",
            "my",
            "i",
        }:
            return None
    cut = drop_brackets(drop_weekday(Cut(doc, tuple(order))))
    words = turned(cut, verb, singular=False)
    if words is None or not 3 <= count_words(words) <= 26:
        return None
    return house_form(tidy(words))


def _participle(verb: Token) -> str:
    if verb.tag_ in {"VBN", "VBD"}:
        return str(verb.text.lower())
    base = verb.lemma_.lower()
    return {"tell": "told", "permit": "permitted"}.get(base, base + ("d" if base.endswith("e") else "ed"))
