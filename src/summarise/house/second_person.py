"""From the third person to "you": a clause about a group of readers, addressed to one of them.

A plural subject and "you" take the same verb ("drivers are", "you are"), so the predicate
stays as the article words it; only pronouns that stand for the group change, and the verb
after "anyone who …" loses its singular ending.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarise import wording
from summarise.cut import Cut, tidy
from summarise.edits import drop_brackets, drop_weekday
from summarise.house.audiences import OpenGroup, Reader, is_group, is_narrowing, open_group_of, reader_of
from summarise.houseform import house_form
from summarise.inflection import with_article
from summarise.records import count_words
from summarise.removals import removals
from summarise.syntax import (
    SUBJECTS,
    auxiliaries,
    complement,
    finite,
    is_name,
    is_reporting,
    reported,
    subject,
    subtree,
    text_of,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LEAST = 4
"""Words of a predicate below which it says too little ("you will not")."""
_LIVE = "If you live"
"""The condition that says nothing without a place."""
_MOST = 30
"""Words beyond which a sentence in the second person is cut."""


@dataclass(frozen=True, slots=True)
class Address:
    """A clause turned to the reader: who is meant, what holds for them, and who says so.

    `condition` is "If you …", `predicate` what follows "you", `attribution` "the council says"
    or empty, `edits` what was changed, `label` the group in plain English.
    """

    condition: str
    predicate: str
    attribution: str
    edits: tuple[str, ...]
    label: str


_ASIDE = re.compile(r", (?:which|who|whose|where)\b")
_WITH_THE_PAST = re.compile(r"\bthan (?:you|they) (?:did|were|had)\b|\b(?:decades|years|generation) ago\b")
"""What compares a group now with the same group then, and says nothing of one reader."""


def addresses(doc: Doc, topics: frozenset[str]) -> list[Address]:
    """Return every clause of a sentence whose subject is a group of readers, turned to the second person."""
    found = []
    for token in doc:
        if token.dep_ in SUBJECTS and token.head.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}:
            address = _address(doc, token, topics)
            if address is not None:
                found.append(address)
    return found


def _address(doc: Doc, who: Token, topics: frozenset[str]) -> Address | None:
    verb = who.head
    tense = finite(verb)
    if tense is None or not _concerns_the_future(verb, tense) or verb.dep_ not in {"ROOT", "ccomp"}:
        return None
    if (is_reporting(verb) and complement(verb) is not None) or verb.lemma_ in wording.word_class("acts_of_a_party"):
        return None  # those who act are a party to the story, not its readers
    span = subtree(who)
    if span.stop > tense.i:
        return None
    group = group_of(doc, who, span, topics)
    if group is None:
        return None
    condition, label, singular, vague = group
    spoken = reported(doc)
    if verb.dep_ == "ccomp" and (spoken is None or verb.head != spoken[0]):
        return None
    cut = _predicate(doc, verb, span)
    words = turned(cut, who, singular=singular)
    if words is None or count_words(words) < _LEAST or doc[cut.order[0]].pos_ not in {"AUX", "VERB", "ADV", "PART"}:
        return None
    if _WITH_THE_PAST.search(words):
        return None
    predicate = house_form(_modest(words) if vague else words)
    if vague and predicate == words and tense.lower_ not in {"could", "may", "might"}:
        return None
    if verb.dep_ == "ccomp" and tense.lower_ == "would":
        return None  # what somebody thinks that readers would do or feel
    attribution = _attribution(doc, spoken) if verb.dep_ == "ccomp" else ""
    if attribution is None or count_words(f"{condition} you {predicate} {attribution}") > _MOST + 8:
        return None
    return Address(condition, predicate, attribution, (*cut.edits, "second-person"), label)


def _concerns_the_future(verb: Token, tense: Token) -> bool:
    """Whether a predicate holds for a reader: future, possible, or true now; not what once happened."""
    if tense.lower_ in wording.word_class("future_and_possible"):
        return not any(aux.lower_ == "have" for aux in auxiliaries(verb))
    if tense.tag_ in {"VBP", "VBZ"}:
        copula = any(child.dep_ == "cop" for child in verb.children)
        if copula and verb.lemma_ not in wording.word_class("conditions_of_a_reader"):
            return False  # what a group is like ("investors are too short-term") is no news to it
        going_on = verb.tag_ == "VBG" and not any(child.dep_ == "aux:pass" for child in verb.children)
        if (tense == verb or going_on) and verb.lemma_ not in wording.word_class("states_of_a_reader"):
            return False  # what a group does ("visitors go round by canoe") is no news to it
        return tense.lower_ not in {"have", "has", "say", "says", "think", "thinks", "believe"} or verb is tense
    return False


# ---------------------------------------------------------------- who


def group_of(doc: Doc, who: Token, span: range, topics: frozenset[str]) -> tuple[str, str, bool, bool] | None:
    """Return (condition, label, whether it was singular, whether only part of the group is meant)."""
    phrase = text_of(doc, span)
    doing = _doers(doc, who, span)
    if doing is not None:
        return doing, "people", True, False
    opened = open_group_of(phrase)
    if opened is not None:
        condition = _open_condition(doc, who, span, *opened)
        return (
            (condition, opened[0].head, who.lower_ in wording.word_class("singular_persons"), False)
            if condition
            else None
        )
    head = text_of(doc, range(span.start, who.i + 1))
    named = reader_of(head)
    if named is None or (named[0].topics and topics and not topics & set(named[0].topics)):
        return None
    reader, before = named
    if re.search(r"\d", before) and "million" not in before:
        return None  # "420 drivers" are people of the story, not readers
    if doc[span.start].lower_ == "the" and span.stop - span.start <= 2:
        return None  # "the drivers" are those of the story
    vague = bool(before) and before.split()[0] in wording.word_class("vague_quantifiers")
    condition = _named_condition(doc, who, before, reader) if before and not vague else reader.condition
    if condition is None:
        return None
    condition = _with_modifiers(condition, reader, doc, range(who.i + 1, span.stop))
    return (condition, reader.label, False, vague) if condition else None


def _doers(doc: Doc, who: Token, span: range) -> str | None:
    """Return the condition for "anyone giving false names": "If you give false names"."""
    if who.lower_ not in wording.word_class("said_by_what_follows") | {"people"} or who.i + 1 >= span.stop:
        return None
    verb = doc[who.i + 1] if doc[who.i + 1].pos_ != "ADV" or who.i + 2 >= span.stop else doc[who.i + 2]
    if verb.tag_ != "VBG" or verb.head != who or span.start != who.i or not 3 <= span.stop - verb.i <= 14:
        return None
    if any(doc[i].lower_ in wording.word_class("he_and_she") or doc[i].text in {"“", "”", '"'} for i in span):
        return None
    adverb = f"{doc[who.i + 1].text} " if verb.i > who.i + 1 else ""
    return f"If you {adverb}{verb.lemma_} {your(text_of(doc, range(verb.i + 1, span.stop)))}".rstrip(" ,")


def _named_condition(doc: Doc, who: Token, before: str, reader: Reader) -> str | None:
    """Return the condition for a named provider's customers ("Thames Water customers") or for part of a group."""
    proper = " ".join(token.text for token in doc[who.left_edge.i : who.i] if token.pos_ == "PROPN")
    narrower = before if is_narrowing(before) else proper if proper.lower() == before else ""
    noun = who.text.lower()
    if not narrower or noun not in reader.nouns or noun.removesuffix("s") not in reader.singular:
        return None
    one = noun.removesuffix("s")
    return f"If you are {with_article(f'{narrower} {one}')}"


def _with_modifiers(condition: str, reader: Reader, doc: Doc, rest: range) -> str | None:
    """Return the condition with what the article says after the group's noun, where it stays good English."""
    text = text_of(doc, rest).strip(" ,")
    if not text:
        return None if condition == _LIVE else condition
    opener = text.split()[0].lower()
    ends_in_a_verb = doc[rest.stop - 1].pos_ in {"VERB", "AUX"} or doc[rest.stop - 1].lower_ == "need"
    if ends_in_a_verb and opener not in {"who", "that"}:
        return None
    if opener == "in" and reader.place and len(text.split()) <= 6:
        return f"{condition} {text}"
    if opener in {"who", "that"} and doc[rest.start].text != ",":
        return f"{condition} and {your(text.split(' ', 1)[1])}" if " " in text and _plain_clause(doc, rest) else None
    if reader.relative and opener in {
        "with",
        "on",
        "from",
        "at",
        "across",
        "in",
        "under",
        "over",
        "using",
        "living",
    }:
        return f"{reader.relative} {your(text)}" if len(text.split()) <= 9 else None
    return None


def _plain_clause(doc: Doc, rest: range) -> bool:
    """Whether a relative clause begins with a verb that "you" can take over as it stands."""
    first = doc[rest.start + 1] if rest.start + 1 < rest.stop else None
    return (
        first is not None and (first.tag_ in {"VBP", "MD"} or first.lower_ in {"are", "have", "do"}) and len(rest) <= 14
    )


def _open_condition(doc: Doc, who: Token, span: range, group: OpenGroup, rest: str) -> str | None:
    """Return the condition of an open group: "people with asthma" → "If you have asthma"."""
    if not rest or (group.takes == "noun" and doc[span.start + count_words(group.head)].like_num):
        return None  # "owners of two throws" own one of two models
    if count_words(rest) > 14 or ("," in rest.strip(" ,") and count_words(rest) > 8) or _ASIDE.search(rest):
        return None
    if group.takes == "clause" and group.head.endswith(("who", "that")):
        rest = _second_person_clause(doc, who, span) or ""
        if not rest:
            return None
    return f"{group.condition} {your(rest)}".strip(" ,")


def _second_person_clause(doc: Doc, who: Token, span: range) -> str | None:
    """Return a relative clause as what follows "If you", its verb in the form that "you" takes."""
    start = next((i for i in span if doc[i].lower_ in {"who", "that"}), None)
    if start is None or start + 1 >= span.stop:
        return None
    verb = next((doc[i] for i in range(start + 1, span.stop) if doc[i].pos_ in {"VERB", "AUX"}), None)
    if verb is None or any(doc[i].lower_ in wording.word_class("he_and_she") for i in range(start, span.stop)):
        return None
    cut = Cut(doc, tuple(range(start + 1, span.stop)))
    for i in range(verb.i, span.stop):
        if doc[i].tag_ == "VBZ" and subject(doc[i]) in {None, doc[start]}:
            cut = cut.with_words(i, _second_form(doc[i]), "second-person")
        elif doc[i].lower_ == "was" and subject(doc[i].head) in {None, doc[start]}:
            cut = cut.with_words(i, "were", "second-person")
    bare = count_words(cut.fragment) == 1 and verb.lemma_ not in wording.word_class("intransitive")
    return None if bare else cut.fragment


def _second_form(verb: Token) -> str:
    return {"is": "are", "has": "have", "does": "do", "was": "were"}.get(
        verb.lower_, verb.lemma_ or verb.text.rstrip("s")
    )


# ---------------------------------------------------------------- what


def _predicate(doc: Doc, verb: Token, span: range) -> Cut:
    """Return the tokens of what is said of the group, without a weekday of the past, cut where it is long."""
    end = subtree(verb).stop if verb.dep_ == "ccomp" else len(doc)
    order = tuple(i for i in range(span.stop, end))
    cut = drop_brackets(drop_weekday(Cut(doc, order)))
    fronted = _fronted_date(doc, verb, span)
    if cut.word_count > _MOST - 8:
        for removal in sorted(removals(doc), key=lambda removal: removal.harm):
            if removal.indices <= set(cut.order) and cut.word_count > _MOST - 8:
                cut = cut.without(removal.indices, removal.name)
    if fronted is not None:
        stop = next(
            (
                i
                for i in cut.order
                if doc[i].text in {",", "."} or (doc[i].is_punct and doc[i].text not in {"£", "%", "-", "’"})
            ),
            None,
        )
        position = cut.order.index(stop) if stop is not None else len(cut.order)
        moved = (*cut.order[:position], *fronted, *cut.order[position:])
        cut = cut.reordered(moved, "move-date")
        cut = cut.with_words(fronted.start, doc[fronted.start].lower_, "lower-case")
    return cut


def _fronted_date(doc: Doc, verb: Token, span: range) -> range | None:
    """Return a date that opens the clause ("From 1 March, drivers will …"), so that it is not lost."""
    for child in verb.children:
        if child.dep_ in {"obl", "obl:unmarked"} and child.i < span.start:
            phrase = subtree(child)
            dated = any(doc[i].lower_ in wording.months() or doc[i].like_num for i in phrase)
            if dated and phrase.stop <= span.start and len(phrase) <= 6:
                return phrase
    return None


def turned(cut: Cut, who: Token, *, singular: bool) -> str | None:
    """Return the predicate with its pronouns turned to the reader, or None where one is not certain."""
    doc = cut.doc
    for i in cut.order:
        token = doc[i]
        lowered = token.lower_
        if (
            lowered in wording.word_class("he_and_she")
            or lowered in {"we", "our", "us", "i", "my"}
            or token.text in {"“", "”", '"', "?", "!"}
        ):
            return None
        if lowered in wording.word_class("pointers") and (
            token.dep_ == "det" or (lowered in {"this", "these", "those"})
        ):
            return None
        if lowered in {"they", "their", "themselves", "theirs", "them"}:
            if lowered == "them" and subject(token.head) is None and token.head.dep_ != "ROOT":
                continue
            if (lowered == "them" and subject(token.head) == who) or _another_group(token, who):
                return None
            turned = {
                "they": "you",
                "their": "your",
                "themselves": "yourself",
                "theirs": "yours",
                "them": "you",
            }[lowered]
            cut = cut.with_words(i, turned, "second-person")
    first = next((doc[i] for i in cut.order if doc[i].tag_ in {"VBZ", "VBP", "MD", "VBD"}), None)
    if singular and first is not None and first.tag_ == "VBZ":
        cut = cut.with_words(first.i, _second_form(first), "second-person")
    return tidy(cut.fragment.rstrip("."))


def _another_group(pronoun: Token, who: Token) -> bool:
    """Whether a plural stands between the group and the pronoun that the pronoun can stand for as well."""
    between = pronoun.doc[who.i + 1 : pronoun.i]
    settled = any(token.lower_ == "they" for token in between)
    plurals = [token for token in between if token.tag_ in {"NNS", "NNPS"}]
    return any(token.dep_ in SUBJECTS or (is_group(token.lower_) and not settled) for token in plurals)


def _modest(predicate: str) -> str:
    """Return a predicate that holds for part of the group as a possibility for one reader."""
    first, _, rest = predicate.partition(" ")
    if rest.startswith("not "):
        return predicate
    return f"could {rest}" if first in {"will", "would"} else predicate


def _attribution(doc: Doc, spoken: tuple[Token, Token, Token] | None) -> str | None:
    """Return who says it, in the present ("the council says"); None where the speaker is only a pronoun."""
    if spoken is None:
        return ""
    verb, speaker, _ = spoken
    if not is_reporting(verb) or speaker.pos_ == "PRON":
        return None
    name = text_of(doc, subtree(speaker))
    plural = speaker.tag_ in {"NNS", "NNPS"} or any(child.dep_ == "conj" for child in speaker.children)
    says = "say" if plural else "says"
    if verb.lower_ not in {"said", "says", "say"} and wording.present_of(verb.text) in {
        "warns",
        "expects",
        "believes",
        "estimates",
        "suggests",
    }:
        base = wording.present_of(verb.text) or "says"
        says = base[:-1] if plural else base
    first, _, rest = name.partition(" ")
    opener = doc[speaker.left_edge.i]
    named = is_name(opener) or opener.text.isupper()
    lowered = first if named and opener.tag_ not in {"NNS"} else first.lower()
    return f"{lowered} {rest} {says}".replace("  ", " ") if len(name.split()) <= 9 else None


def your(text: str) -> str:
    """Return a phrase with the group's possessives turned to the reader."""
    turned = {"their": "your", "themselves": "yourself", "they": "you", "own": "own"}
    return " ".join(turned.get(word, word) for word in text.split())
