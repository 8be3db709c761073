"""Whom a story touches, how, and what they can do: kinds of evidence for "What this means for you"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarise import wording
from summarise.house.directed import advice, effects
from summarise.house.interests import interests_of
from summarise.house.kinds.match import Match
from summarise.house.kinds.reading import NOBODY, Assertion, assertions, content_first, lowered
from summarise.house.places import find_places, in_place
from summarise.house.rules import Rule
from summarise.house.second_person import addresses
from summarise.house.story import Story
from summarise.houseform import house_form
from summarise.lines import Candidate
from summarise.records import Sentence, count_words
from summarise.syntax import SUBJECTS

_SHORT_PREDICATE = 10
"""Words of a predicate up to which its condition can follow it ("You will pay £2 if you drive")."""
_MOST_CLAUSE = 26


def address(story: Story, rule: Rule) -> Iterator[Match]:
    """Clauses whose subject is a group of readers, turned to the second person."""
    if not story.document.parsed:
        return
    for sentence in story.document.sentences:
        if not rule.admits(sentence.text):
            continue
        for found in addresses(story.document.parses[sentence.index], story.topic_codes):
            if rule.ahead and found.predicate.split()[0] not in wording.word_class("future_and_possible"):
                continue
            slots = {
                "condition": found.condition,
                "predicate": found.predicate + (f", {found.attribution}" if found.attribution else ""),
            }
            if count_words(found.predicate) <= _SHORT_PREDICATE and not found.attribution:
                slots["condition_last"] = found.condition[0].lower() + found.condition[1:]
            early = 1.0 - min(sentence.index, 30) / 60
            yield Match(sentence, slots, found.edits, 0.5 * early + 0.5)


def effect(story: Story, rule: Rule) -> Iterator[Match]:
    """What will be done to a group of readers or to what is theirs, with "you" in the group's place."""
    if not story.document.parsed:
        return
    for told in _everywhere(story, rule):
        if told.is_denied or not told.opens_with_subject:
            continue
        if not (told.looks_ahead or (told.is_present and told.spoken is None and not told.is_about_somebody)):
            continue
        for found in effects(told.line.cut, story.topic_codes):
            line = Candidate(told.sentence, found.cut, told.line.score)
            clause = lowered(story, line, line.text)
            slots = {"condition": found.condition, "clause": clause}
            yield Match(told.sentence, slots, found.cut.edits, 0.9 * told.plainness)


def asked(story: Story, rule: Rule) -> Iterator[Match]:
    """What readers are urged, asked or advised to do, or should do."""
    if not story.document.parsed:
        return
    for sentence in story.document.sentences:
        if not rule.admits(sentence.text):
            continue
        for found in advice(story.document.parses[sentence.index], story.topic_codes):
            slots = {"act": found.act}
            if found.condition:  # a frame without the condition would ask everybody
                slots |= {"condition": found.condition, "asked": found.asked}
            else:
                slots["everybody_asked"] = found.asked
            yield Match(sentence, slots, ("second-person",), 0.9)


_APPEAL = re.compile(
    r"(?P<who>Anyone|Anybody|Any witnesses|Witnesses|Those|People|Motorists|Drivers|Residents)"
    r"(?P<which> (?:with|who) [^.;“”]{3,90}?)? (?:is|are|has been|have been|should|can|could)"
    r"(?: being)?(?: (?:asked|urged|advised|encouraged|requested|invited))?(?: to)? "
    r"(?P<act>(?:contact|call|ring|phone|telephone|email|speak to|report"
    r"|get in touch|come forward|visit|text)\b[^;“”]*)"
)
_WITH = {"with": "have", "who": ""}


def appeals(story: Story, rule: Rule) -> Iterator[Match]:
    """Whom readers with information can contact, from an appeal by police or others."""
    for sentence in story.document.sentences:
        found = _APPEAL.search(sentence.text)
        if found is None or not rule.admits(sentence.text) or not found["which"]:
            continue
        opener, rest = found["which"].strip().split(" ", 1)
        if re.search(r"\b(?:his|her|their|he|she|they|him|we|us|our|is|was|has)\b", rest):
            continue
        condition = f"If you {_WITH[opener]} {rest}".replace("  ", " ")
        act = re.split(r",? (?:he|she|police|the force|a spokes\w+) (?:said|added)\b", found["act"])[0]
        if re.search(r"\b(?:us|we|our|him|her|them|me)\b", act):
            continue
        yield Match(sentence, {"condition": condition, "act": house_form(act.rstrip(" .'’”"))}, ("second-person",), 0.9)


_TO_YOU = re.compile(
    r"(?P<condition>[Ii]f you(?:[’']re| are| have|[’']ve| [a-z]+)\b[^,.;“”\"]{3,80}), "
    r"(?P<predicate>you(?:[’']ll|[’']re| will| must| should| can| could| may| need| are| have)\b[^.;“”\"]{8,160})"
)
_SHORT_FORM = re.compile(r"\byou[’'](ll|re|ve)\b")
_FULL = {"ll": "will", "re": "are", "ve": "have"}
_UNCLEAR = re.compile(
    r"\b(?:this|that|these|those|it|its|he|she|him|her|they|them|their|we|us|our|ours|I|my|me|here|today|tomorrow)\b",
    re.IGNORECASE,
)


def to_you(story: Story, rule: Rule) -> Iterator[Match]:
    """What the article itself, or an adviser in it, says to "you" under a condition."""
    for sentence in story.document.sentences:
        found = _TO_YOU.search(sentence.text) if rule.admits(sentence.text) else None
        if found is None or _UNCLEAR.search(found.group()) or sentence.text.rstrip("”\"'’ ").endswith("?"):
            continue
        condition, predicate = (_in_full(found[part]) for part in ("condition", "predicate"))
        predicate = house_form(predicate.removeprefix("you ").rstrip(" ,’'"))
        yield Match(sentence, {"condition": f"I{condition[1:]}", "predicate": predicate}, ("clause",), 0.9)


def _in_full(text: str) -> str:
    """Return speech to a reader with its short forms written out: "you’ll" → "you will"."""
    return _SHORT_FORM.sub(lambda short: f"you {_FULL[short[1]]}", text)


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


def offers(story: Story, rule: Rule) -> Iterator[Match]:
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


def interest(story: Story, rule: Rule) -> Iterator[Match]:
    """What will happen to a thing that a group of readers uses, owns or follows, told to that group."""
    for told in _everywhere(story, rule):
        if told.subject is None or told.subject.lower_ in NOBODY or told.is_about_somebody:
            continue
        clause = _clause(story, told)
        if told.is_denied or not told.opens_with_subject or clause is None:
            continue
        if not (told.looks_ahead or _is_a_change(told)) or (not story.british and _names_another_country(told.text)):
            continue
        for found in interests_of(story, told.doc.text):
            if not any(found.span) and not told.looks_ahead:
                continue
            if (any(found.span) and not told.is_central(*found.span)) or (
                found.name and not _is_about(told, found.name)
            ):
                continue
            told_as = "effect" if told.looks_ahead else "fact"  # "fares will rise" can follow "if you travel by train"
            slots = {"condition": found.condition, told_as: _after_name(clause, found.name)}
            sure = found.strength * told.plainness * story.relevance(told.text) * (1.0 if told.looks_ahead else 0.8)
            yield Match(told.sentence, slots, (*told.edits, "second-person"), sure)


def _clause(story: Story, told: Assertion) -> str | None:
    """Return an assertion as a clause that a condition can govern: what is said before who says it."""
    return content_first(story, told) if told.is_reported_first else lowered(story, told.line, told.text)


def _is_a_change(told: Assertion) -> bool:
    """Whether an assertion says that something changes, has changed or has an effect, or that a figure has moved."""
    if told.main is None:
        return False
    verb = told.main.lemma_.lower()
    if verb in wording.word_class("verbs_of_movement"):
        return told.main.pos_ == "VERB"
    changes = wording.word_class("verbs_of_change") | wording.word_class("verbs_of_cause")
    return told.is_present and (verb in changes or verb in wording.word_class("verbs_of_service"))


def _is_about(told: Assertion, name: str) -> bool:
    """Whether a name is the subject of an assertion, or owns what is ("Tesco", "Tesco’s stores")."""
    if told.subject is None:
        return False
    owner = next((child for child in told.subject.children if child.dep_ == "nmod:poss"), None)
    return any(token is not None and token.text in name.split() for token in (told.subject, owner))


def _names_another_country(text: str) -> bool:
    """Whether a line of a story from abroad says that it holds somewhere else."""
    return any(not place.british for place in find_places(text))


def _after_name(clause: str, name: str) -> str:
    """Return a clause that follows a condition with a name without the name again: "Tesco’s stores" → "its stores"."""
    return re.sub(rf"^{re.escape(name)}[’']s\b", "its", clause) if name else clause


def _everywhere(story: Story, rule: Rule) -> Iterator[Assertion]:
    """Yield the assertions of every sentence: what is turned to the reader may be told again."""
    return assertions(story, rule, _MOST_CLAUSE + 4, story.document.sentences)


def residents(story: Story, rule: Rule) -> Iterator[Match]:
    """Consequences for a British place, addressed to those who live there."""
    place = story.place
    if place is None:
        return
    for told in _everywhere(story, rule):
        decided = told.main is not None and told.main.lemma_.lower() in wording.word_class("verbs_of_decision")
        if told.is_about_somebody or told.is_denied or told.subject is None or told.subject.lower_ in NOBODY:
            continue
        if not told.looks_ahead and not (told.is_present and decided):
            continue
        whole = _clause(story, told)
        if whole is None:
            continue
        clause = re.sub(rf",? in (?:the )?{re.escape(place)}(?=[ ,.])(?! and\b)", "", whole, count=1)
        opening = " ".join(clause.split()[:4])
        line = told.line
        if place in opening or not told.opens_with_subject:
            continue
        slots = {"in_place": in_place(place), "effect" if told.looks_ahead else "fact": clause}
        named = None if place in told.sentence.text else _first_with(place, story)
        if (place not in told.sentence.text and named is None) or (_acts_as_a_firm(line) and " jobs" not in told.text):
            continue
        sure = (0.5 + 0.3 * told.plainness) * story.relevance(told.text) * (1.0 if told.looks_ahead else 0.9)
        yield Match(told.sentence, slots, (*told.edits, "place-first", "second-person"), sure, named)


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
