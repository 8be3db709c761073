"""The kinds of evidence that rules can ask for: each finds its matches in a story and fills slots.

A kind is small and pure: it reads the story and yields matches, best first by the article's
own order. A slot holds a phrase of the article, rewritten by grammar where the frame needs
it. What makes a good block of these matches is decided in `blocks`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from summarise import wording
from summarise.cut import tidy
from summarise.house.rules import Rule
from summarise.house.second_person import addresses
from summarise.house.story import Story
from summarise.houseform import house_form
from summarise.lines import Candidate
from summarise.records import Sentence, count_words
from summarise.syntax import SUBJECTS, auxiliaries, complement, finite, is_name, is_negated, reported, root, subtree
from summarise.wording import lists, present_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_STATEMENT_WORDS = 34
_SHORT_PREDICATE = 10
"""Words of a predicate up to which its condition can follow it ("You will pay £2 if you drive")."""
_AHEAD = frozenset({"could", "would", "may", "might", "will"})


@dataclass(frozen=True, slots=True)
class Match:
    """What a kind found: the sentence, its slots, the edits made, and how sure it is (0 to 1).

    `also` is a second sentence that vouches for a slot, such as the one that names the place.
    """

    sentence: Sentence
    slots: Mapping[str, str]
    edits: tuple[str, ...]
    confidence: float
    also: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of evidence: the slots that it gives, and how it is found."""

    slots: frozenset[str]
    find: Callable[[Story, Rule], Iterator[Match]]
    doc: str


def _statements(story: Story, rule: Rule) -> Iterator[Match]:
    """Sentences with one of the rule's cues that stand alone as a line."""
    for sentence in story.free_sentences():
        if not rule.admits(sentence.text):
            continue
        line = story.statement(sentence, _STATEMENT_WORDS)
        if (
            line is not None
            and rule.admits(line.text)
            and (not rule.ahead or _looks_ahead(story.document.parses[sentence.index]))
        ):
            slots = {"statement": line.text, "clause": _lowered(story, line, line.text)}
            yield Match(sentence, slots, line.cut.edits, 0.6)


def _claims(story: Story, rule: Rule) -> Iterator[Match]:
    """Reported statements with a named speaker and one of the rule's cues, the verb of saying in the present."""
    for sentence in story.free_sentences():
        if not rule.admits(sentence.text):
            continue
        line = story.statement(sentence, _STATEMENT_WORDS)
        if line is None or not rule.admits(line.text):
            continue
        told = _in_present(line.text, story.document.parses[sentence.index])
        if told is not None:
            changed = ("reporting-present",) if told != line.text else ()
            yield Match(sentence, {"statement": told}, (*line.cut.edits, *changed), 0.7)


_ADVERBIAL = frozenset({"advmod", "obl", "obl:unmarked", "nmod:unmarked", "advcl"})
_PAST_TIME = re.compile(
    r"\b(?:yesterday|earlier|afterwards|later|previously|originally|once|ago|at the time|then"
    r"|last (?:night|week|month|year|spring|summer|autumn|winter|\w+day)|[Oo]n (?:\w+day|\d{1,2} [A-Z]\w+)"
    r"|[Ii]n (?:19|20)\d\d)\b"
)
"""What ties a verb of saying to a time that is over, so that it cannot be told in the present."""


def _in_present(text: str, doc: Doc) -> str | None:
    """Return a line with its verb of saying in the present: "Residents warned that" → "Residents warn that"."""
    spoken = reported(doc)
    if spoken is None:
        return None
    verb, speaker, _ = spoken
    if speaker.pos_ == "PRON" or re.search(r"\b(?:yesterday|last night|earlier|afterwards|later)\b", text):
        return None
    times = (" ".join(token.text for token in child.subtree) for child in verb.children if child.dep_ in _ADVERBIAL)
    if any(_PAST_TIME.search(when) and when in text for when in times):
        return None
    if (
        is_negated(verb)
        or verb.dep_ == "conj"
        or any(child.dep_ == "conj" and child.tag_ == "VBD" for child in verb.children)
    ):
        return None
    what = complement(verb) or spoken[2]
    tense = finite(what) if what != verb else None
    past = tense is not None and (tense.tag_ == "VBD" or tense.lower_ in {"was", "were", "had"})
    if verb.tag_ in {"VBZ", "VBP"} or past or any(token.lower_ in {"was", "were"} for token in doc[verb.i + 1 :]):
        return text  # "said he hoped": both verbs would have to change
    present = present_of(verb.text)
    if verb.tag_ != "VBD" or present is None or len(re.findall(rf"\b{re.escape(verb.text)}\b", text)) != 1:
        return None
    plural = speaker.tag_ in {"NNS", "NNPS"} or any(child.dep_ == "conj" for child in speaker.children)
    return re.sub(rf"\b{re.escape(verb.text)}\b", _plural(present) if plural else present, text)


def _plural(present: str) -> str:
    """Return the plural present from the singular: "warns" → "warn", "denies" → "deny"."""
    if present.endswith("ies") and len(present) > 4:
        return f"{present[:-3]}y"
    return present[:-2] if present.endswith(("shes", "sses", "ches")) else present.removesuffix("s")


def _issues(story: Story, rule: Rule) -> Iterator[Match]:
    """Noun phrases that name what is at stake ("concerns over water quality", "a shortage of nurses")."""
    thing = _story_noun(story)
    for sentence in story.document.sentences:
        doc = story.document.parses[sentence.index]
        if reported(doc) is not None:
            continue  # what somebody says is at stake is not what the story shows
        for token in doc:
            if token.lower_ not in rule.cues or token.pos_ != "NOUN" or token.i in _quoted(doc):
                continue
            phrase = _noun_phrase(doc, token)
            if phrase is not None:
                slots = {"issue": phrase}
                if thing is not None:
                    slots["story"] = thing
                yield Match(sentence, slots, ("noun-phrase",), 0.7)


def _quoted(doc: Doc) -> frozenset[int]:
    inside, found = False, set()
    for token in doc:
        if token.text in {"“", "”", '"'}:
            inside = not inside if token.text == '"' else token.text == "“"
        elif inside:
            found.add(token.i)
    return frozenset(found)


_NEEDS_COMPLEMENT = frozenset({"over", "about", "of", "between", "on", "for", "in", "to", "at"})


def _noun_phrase(doc: Doc, token: Token) -> str | None:
    """Return a noun with its complement as a phrase of 3 to 14 words, cut before a comma or a relative clause."""
    start = token.i
    while (
        start > 0 and doc[start - 1].head == token and doc[start - 1].dep_ in {"amod", "compound", "det", "nmod:poss"}
    ):
        start -= 1
    if token.i + 1 >= len(doc) or doc[token.i + 1].lower_ not in _NEEDS_COMPLEMENT:
        return None
    stop = min(subtree(token).stop, start + 16)
    for i in range(token.i + 1, stop):
        if doc[i].text in {",", "–", "—", ";", ":", "(", "“", "”", '"'} or doc[i].tag_ in {
            "WDT",
            "WP",
            "VBD",
            "VBZ",
            "MD",
        }:
            stop = i
            break
        if doc[i].lower_ == "and" and token.lower_ not in wording.word_class("between_two"):
            stop = i
            break
    while stop > token.i + 1 and (doc[stop - 1].pos_ in {"ADP", "DET", "CCONJ", "PUNCT", "SCONJ", "PART", "ADV"}):
        stop -= 1
    words = [piece.lower_ for piece in doc[start:stop]]
    if stop - token.i < 3 or wording.word_class("pointing_inside_a_phrase") & set(words):
        return None
    bare = doc[start].dep_ not in {"det", "nmod:poss"} and token.tag_ == "NN"
    if bare:
        return None
    phrase = tidy(doc[start:stop].text).rstrip(".")
    if doc[start].pos_ != "PROPN":
        phrase = phrase[0].lower() + phrase[1:]
    return house_form(phrase) if 3 <= count_words(phrase) <= 14 else None


def _story_noun(story: Story) -> str | None:
    """Return "the <noun>" for what the story is about, if its headline or opening names one ("ruling", "strike")."""
    heads = lists()["openers"]["demonstrative_heads"]
    article = story.document.article
    texts = [article.headline, article.standfirst or "", *(s.text for s in story.document.sentences[:2])]
    for text in texts:
        found_words = re.findall(r"[a-z]+", text.lower())
        before = ["", *found_words]
        no_noun = wording.word_class("before_no_noun")
        found = [word for i, word in enumerate(found_words) if word in heads and before[i] not in no_noun]
        if found:
            return f"the {found[-1]}"
    return None


def _address(story: Story, rule: Rule) -> Iterator[Match]:
    """Clauses whose subject is a group of readers, turned to the second person."""
    if not story.document.parsed:
        return
    for sentence in story.document.sentences:
        if not rule.admits(sentence.text):
            continue
        for found in addresses(story.document.parses[sentence.index], story.topic_codes):
            slots = {
                "condition": found.condition,
                "predicate": found.predicate + (f", {found.attribution}" if found.attribution else ""),
            }
            if count_words(found.predicate) <= _SHORT_PREDICATE and not found.attribution:
                slots["condition_last"] = found.condition[0].lower() + found.condition[1:]
            early = 1.0 - min(sentence.index, 30) / 60
            yield Match(sentence, slots, found.edits, 0.5 * early + 0.5)


_OFFERED = (
    r"(?:(?:more|further|free|confidential|financial|legal) )*"
    r"(?:advice|help|support|counselling|information|details|guidance|tickets|(?:application )?forms|vouchers|leaflets)"
    r"(?: (?:on|about|for|with) [^,;]{2,60}?)?"
)
_OFFER = re.compile(
    rf"(?P<thing>{_OFFERED}) (?:is|are|will be) (?:also )?available "
    r"(?P<where>(?:from|at|on|by|via|through|online)\b[^;“”]*?)\.?",
    re.IGNORECASE,
)
_LINE_OPEN = re.compile(
    r"(?:a|the) (?P<line>(?:[\w-]+ )?(?:helpline|hotline|advice line|information line)) (?:is|will be) open "
    r"(?P<when>[^;“”]{3,60}?) on (?P<number>0[\d ]{8,14}\d)\.?",
    re.IGNORECASE,
)


def _offers(story: Story, rule: Rule) -> Iterator[Match]:
    """Where help, advice or tickets can be had, as what "you can get"."""
    for sentence in story.document.sentences:
        if not rule.admits(sentence.text):
            continue
        if found := _OFFER.fullmatch(sentence.text):
            offer = f"{found['thing'][0].lower()}{found['thing'][1:]} {found['where']}"
        elif found := _LINE_OPEN.fullmatch(sentence.text):
            offer = f"advice from a {found['line'].lower()}, open {found['when']}, on {found['number']}"
        else:
            continue
        yield Match(sentence, {"offer": house_form(offer)}, ("second-person",), 0.8)


def _residents(story: Story, rule: Rule) -> Iterator[Match]:
    """Consequences for a British place, addressed to those who live there."""
    place = story.place
    if place is None:
        return
    for sentence in story.document.sentences:
        if not rule.admits(sentence.text) or not _looks_ahead(story.document.parses[sentence.index]):
            continue
        line = story.statement(sentence, _STATEMENT_WORDS - 10)
        if line is None:
            continue
        clause = re.sub(rf",? in (?:the )?{re.escape(place)}(?=[ ,.])(?! and\b)", "", line.text, count=1)
        opening = " ".join(clause.split()[:4])
        if place in opening or line.cut.doc[line.cut.order[0]].pos_ in {"ADP", "SCONJ", "ADV"}:
            continue
        slots = {"place": _with_article(place), "clause": _lowered(story, line, clause)}
        named = None if place in sentence.text else _first_with(place, story)
        if place not in sentence.text and (named is None or _acts_as_a_firm(line)):
            continue
        yield Match(sentence, slots, (*line.cut.edits, "place-first"), 0.5, named)


def _acts_as_a_firm(line: Candidate) -> bool:
    """Whether a line tells what a firm does, which holds for its customers and not for those who live in its town."""
    who = next((token for token in line.cut.doc if token.dep_ in SUBJECTS and token.head.dep_ == "ROOT"), None)
    if who is None:
        return False
    replaced = line.cut.replaced.get(who.i, "")
    name = replaced or who.doc[who.left_edge.i : who.right_edge.i + 1].text
    named = bool(replaced) or who.ent_type_ == "ORG"
    return named and not set(wording.body_nouns()) & set(name.split())


def _first_with(place: str, story: Story) -> Sentence | None:
    return next((sentence for sentence in story.document.sentences if place in sentence.text), None)


def _with_article(place: str) -> str:
    """Return a place as it stands after "in": "the Lake District", "the Isle of Wight", "Leeds"."""
    return f"the {place}" if _TAKES_ARTICLE.search(place) else place


_TAKES_ARTICLE = re.compile(
    r"^(?:Isle|Isles|Vale|Forest) of|^(?:New Forest|Highlands|Hebrides|Fens|Wirral|Weald|UK|United Kingdom)\b"
    r"|(?:District|Midlands|Borders|Cotswolds|Counties|Country|Broads|Chilterns|Pennines|Islands|Isles|Valleys|Moors"
    r"|North East|North West|South East|South West)$"
)


def _looks_ahead(doc: Doc) -> bool:
    """Whether the main predicate says what will or may be ("The closure could leave …"), not what somebody said."""
    top = root(doc)
    if top is None or is_negated(top):
        return False
    verbs = {aux.lower_ for aux in auxiliaries(top)}
    return bool(verbs & _AHEAD) and "have" not in verbs


def _keeps_capital(story: Story, word: Token) -> bool:
    """Whether the article has a word with a capital where only a name has one: after a small word."""
    capital = re.compile(rf"[a-z,] {re.escape(word.text)}\b")
    return any(capital.search(paragraph) for paragraph in story.document.article.paragraphs)


def _lowered(story: Story, line: Candidate, text: str) -> str:
    """Return a line as a clause inside a sentence: no capital but a name's, no full stop."""
    first = line.cut.doc[line.cut.order[0]]
    if first.lower_ in {"a", "an", "the"}:
        return text[0].lower() + text[1:].rstrip(".")
    named = is_name(first) or first.i in line.cut.replaced or _keeps_capital(story, first)
    text = text.rstrip(".")
    if first.i in line.cut.replaced and line.cut.replaced[first.i][:1].islower():
        return text[0].lower() + text[1:]
    return text if named or first.text == "I" or first.text.isupper() else text[0].lower() + text[1:]


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "statement": Kind(frozenset({"statement", "clause"}), _statements, "a sentence that holds a cue"),
        "claim": Kind(frozenset({"statement"}), _claims, "what a named party says, in the present"),
        "issue": Kind(frozenset({"issue", "story"}), _issues, "a noun phrase that names the stake"),
        "offer": Kind(frozenset({"offer"}), _offers, "where help, advice or tickets can be had"),
        "address": Kind(
            frozenset({"condition", "condition_last", "predicate"}),
            _address,
            "a clause about a group of readers",
        ),
        "residents": Kind(frozenset({"place", "clause"}), _residents, "a consequence for a British place"),
    }
)
SLOTS: Mapping[str, frozenset[str]] = MappingProxyType({name: kind.slots for name, kind in KINDS.items()})
