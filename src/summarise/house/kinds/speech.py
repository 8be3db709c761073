"""What named parties say: claims in the present of the house, and two that stand against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarise import wording
from summarise.house.kinds.match import Match
from summarise.house.kinds.reading import Assertion, assertions, lowered
from summarise.house.rules import Rule
from summarise.house.story import Story
from summarise.inflection import plural_verb
from summarise.records import count_words
from summarise.syntax import NOMINAL, complement, finite, is_negated, reported
from summarise.wording import present_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ADVERBIAL = frozenset({"advmod", "obl", "obl:unmarked", "nmod:unmarked", "advcl"})
_PAST_TIME = re.compile(
    r"\b(?:yesterday|earlier|afterwards|later|first|initially|previously|originally|once|ago|at the time|then"
    r"|last (?:night|week|month|year|spring|summer|autumn|winter|\w+day)|[Oo]n (?:\w+day|\d{1,2} [A-Z]\w+)"
    r"|[Ii]n (?:19|20)\d\d)\b",
    re.IGNORECASE,
)
"""What ties a verb of saying to a time that is over, so that it cannot be told in the present."""
_MOST_OF_TWO = 42
"""Words of two claims told in one sentence."""


def claims(story: Story, rule: Rule) -> Iterator[Match]:
    """Reported statements with a named speaker and one of the rule's cues, the verb of saying in the present."""
    return (match for _, match in _claims(story, rule))


def officials(story: Story, rule: Rule) -> Iterator[Match]:
    """Claims of bodies, offices and groups, and not of the private people of a story."""
    return (match for told, match in _claims(story, rule) if is_of_standing(told))


def _claims(story: Story, rule: Rule) -> Iterator[tuple[Assertion, Match]]:
    for told in assertions(story, rule):
        text = in_present(told.text, told.doc)
        if text is not None:
            changed = ("reporting-present",) if text != told.text else ()
            sure = (0.6 * told.plainness + 0.3 * is_of_standing(told)) * story.relevance(told.text)
            if told.is_about_somebody and not (told.is_present or told.looks_ahead):
                sure *= 0.5  # what somebody is said to have done belongs to the story, not to its meaning
            yield told, Match(told.sentence, {"statement": text}, (*told.edits, *changed), sure)


def is_of_standing(told: Assertion) -> bool:
    """Whether the speaker of a claim is a body, an office or a group, and not a private person of the story."""
    if told.spoken is None:
        return False
    speaker = told.spoken[1]
    words = {token.lower_ for token in speaker.subtree}
    if speaker.tag_ in {"NNS", "NNPS"} or speaker.ent_type_ == "ORG" or words & wording.role_words():
        return True
    names = {token.text for token in speaker.subtree} | {told.line.cut.replaced.get(speaker.i, "")}
    text = " ".join(names)
    return any(noun in text for noun in wording.body_nouns()) or any(word in text.lower() for word in _OFFICES)


_OFFICES = ("minister", "secretary", "chief", "director", "spokes", "mayor", "leader", "professor", "union", "charity")


def disputes(story: Story, rule: Rule) -> Iterator[Match]:
    """Two parties that see the story in opposite ways: "Traders warn that …, while the council insists …"."""
    told = [(claim, text) for claim in assertions(story, rule, most=26) if (text := _present_claim(claim)) is not None]
    for first, text in told:
        if not _objects(first):
            continue
        for second, answer in told:
            if not _answers(second, first) or count_words(text) + count_words(answer) > _MOST_OF_TWO:
                continue
            slots = {"objection": text.rstrip("."), "answer": lowered(story, second.line, answer)}
            edits = (*first.edits, *second.edits, "reporting-present", "join")
            sure = (0.5 + 0.2 * (first.plainness + second.plainness)) * story.relevance(text)
            yield Match(first.sentence, slots, edits, sure, second.sentence)


def _present_claim(told: Assertion) -> str | None:
    """Return a claim with its verb of saying in the present; None where it has to stay in the past."""
    text = in_present(told.text, told.doc)
    if text is None or told.spoken is None or not is_of_standing(told):
        return None
    return text if text != told.text or told.spoken[0].tag_ in {"VBZ", "VBP"} else None


def _objects(told: Assertion) -> bool:
    assert told.spoken is not None
    return told.spoken[0].lemma_.lower() in wording.word_class("verbs_of_objection")


def _answers(told: Assertion, objection: Assertion) -> bool:
    """Whether a claim is another party's defence of what a claim objects to."""
    assert told.spoken is not None
    if _speaker(told) & _speaker(objection) or told.sentence == objection.sentence:
        return False
    if wording.word_class("words_of_objection") & {token.lower_ for token in told.doc}:
        return False
    if told.spoken[0].lemma_.lower() in wording.word_class("verbs_of_answer"):
        return True
    spokesman = any(token.lower_.startswith("spokes") for token in told.spoken[1].subtree)
    return spokesman or told.sentence.text.startswith(("But ", "However"))


def _speaker(told: Assertion) -> set[str]:
    """Return the words by which two claims show that they have one speaker: its head, its surname, its body."""
    if told.spoken is None:
        return set()
    who = told.spoken[1]
    heads = {child.text for child in who.children if child.dep_ in {"flat", "appos", "conj"}}
    return {who.text} | heads | set(told.line.cut.replaced.get(who.i, "").split())


def in_present(text: str, doc: Doc) -> str | None:
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
    if is_negated(verb) or verb.dep_ == "conj" or _has_second_past(verb):
        return None
    what = complement(verb) or spoken[2]
    tense = finite(what) if what != verb else None
    past = tense is not None and (tense.tag_ == "VBD" or tense.lower_ in {"was", "were", "had"})
    if verb.tag_ in {"VBZ", "VBP"} or past or any(token.lower_ in {"was", "were"} for token in doc[verb.i + 1 :]):
        return text  # "said he hoped": both verbs would have to change
    present = present_of(verb.text)
    if verb.tag_ != "VBD" or present is None or len(re.findall(rf"\b{re.escape(verb.text)}\b", text)) != 1:
        return None
    return re.sub(rf"\b{re.escape(verb.text)}\b", plural_verb(present) if _are_several(speaker) else present, text)


def _are_several(speaker: Token) -> bool:
    """Whether a speaker takes a plural verb: "traders", "Lee and Hart", not "the chef and critic, Ann Lee,"."""
    if speaker.tag_ in {"NNS", "NNPS"}:
        return True
    beside = any(child.dep_ == "conj" and child.pos_ in NOMINAL and _is_beside(child) for child in speaker.children)
    return beside and not any(child.dep_ == "appos" for child in speaker.children)


def _is_beside(other: Token) -> bool:
    """Whether a second speaker stands beside the first ("Lee and Hart"), with no aside between them."""
    between = other.doc[other.head.i + 1 : other.left_edge.i]
    return not any(token.text in {",", "(", "–", "—"} for token in between)


def _has_second_past(verb: Token) -> bool:
    return any(child.dep_ == "conj" and child.tag_ == "VBD" for child in verb.children)
