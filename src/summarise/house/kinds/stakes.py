"""What makes a story matter: kinds of evidence that tell of consequences, sizes, firsts, decisions and stakes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from summarise import wording
from summarise.cut import tidy
from summarise.house.audiences import is_group
from summarise.house.kinds.match import Finder, Match
from summarise.house.kinds.reading import NOBODY, Assertion, assertions, lowered
from summarise.house.rules import Rule
from summarise.house.story import Story
from summarise.houseform import house_form
from summarise.records import count_words
from summarise.syntax import auxiliaries, reported, root, subject, subtree, text_of
from summarise.wording import lists

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Test = Callable[[Assertion], float]
"""How surely an assertion is of a kind: 0 where it is not, up to 1."""


def tested(test: Test, *, close: bool = False) -> Finder:
    """Return the finder of the assertions that pass a test; `close` ones speak of the matter of the headline itself."""

    def find(story: Story, rule: Rule) -> Iterator[Match]:
        if not story.document.parsed and not rule.cues:
            return  # only a cue can tell a kind without a parse
        for told in assertions(story, rule):
            if told.is_denied or (close and not _is_close(story, told)):
                continue
            sure = test(told) if story.document.parsed else 0.5
            if sure > 0.0 and (not rule.ahead or told.as_a_whole_looks_ahead):
                slots = {"statement": told.text, "clause": lowered(story, told.line, told.text)}
                yield Match(told.sentence, slots, told.edits, sure * told.plainness * story.relevance(told.text))

    return find


_CLOSE = 0.95
"""Relevance from which a line speaks of the matter of the headline."""


def _is_close(story: Story, told: Assertion) -> bool:
    """Whether a line shares two words with the opening of its story, is hardly cut and not about one person."""
    return story.relevance(told.text) >= _CLOSE and told.plainness > _PLAIN and not told.is_about_somebody


def is_statement(told: Assertion) -> float:
    """Any assertion that holds one of the rule's cues."""
    return 0.7


def is_consequence(told: Assertion) -> float:
    """What a thing could, would or will lead to, or leads to; not what one person will do."""
    if told.main is None or told.subject is None or told.subject.lower_ in NOBODY:
        return 0.0
    verb = told.main.lemma_
    if told.is_about_somebody or verb in wording.word_class("verbs_of_perception"):
        return 0.0
    causes = verb in wording.word_class("verbs_of_cause")
    does = causes and verb not in wording.word_class("light_verbs") and not _is_passive(told.main)
    if told.looks_ahead and (causes or any(helper.lower_ in _MAY for helper in auxiliaries(told.main))):
        return 0.9
    return 0.75 if does and told.is_present else 0.0


def _is_passive(verb: Token) -> bool:
    return any(child.dep_ == "aux:pass" for child in verb.children)


def is_standing(told: Assertion) -> float:
    """How a team or a player stands now, or what comes next for them; not how a match went."""
    return 0.75 if told.is_present or told.looks_ahead else 0.0


def is_outcome(told: Assertion) -> float:
    """What a thing is due to do, or has led to: a date or an effect, which says less than a consequence."""
    if told.main is None or told.subject is None or told.subject.lower_ in NOBODY or told.is_about_somebody:
        return 0.0
    if told.looks_ahead:
        return 0.7
    acted = (
        told.main.pos_ == "VERB"
        and not _is_passive(told.main)
        and told.main.lemma_ in wording.word_class("verbs_of_effect")
    )
    return 0.65 if acted else 0.0


_MAY = frozenset({"could", "would", "may", "might"})


def is_background(told: Assertion) -> float:
    """What is true of the thing in the news beyond today: a present statement that is about no person."""
    if told.subject is None or told.subject.lower_ in NOBODY or told.is_about_somebody or told.spoken is not None:
        return 0.0
    if told.main is None or told.main.lemma_ in {"locate", "situate", "base", "call", "show"}:
        return 0.0
    return 0.65 if told.is_present and count_words(told.text) >= _SAYS_SOMETHING else 0.0


_SAYS_SOMETHING = 10
"""Words from which a statement about a thing says more than where it is."""


def is_precedent(told: Assertion) -> float:
    """A first, a record, a largest: a superlative or an ordinal in the point of the assertion."""
    marks = (token for token in told.doc if token.tag_ in {"JJS", "RBS"} or token.lower_ in _FIRSTS)
    return 0.7 if any(told.is_central(token.idx, token.idx + 1) for token in marks) else 0.0


_FIRSTS = frozenset({"first", "record", "since", "unprecedented", "only", "never", "historic"})


def is_comparison(told: Assertion) -> float:
    """A size with a figure in the point of the assertion."""
    figures = [token for token in told.doc if token.like_num and told.is_central(token.idx, token.idx + 1)]
    return min(0.6 + 0.1 * len(figures), 0.8) if figures else 0.0


def is_decision_to_come(told: Assertion) -> float:
    """Who decides next: the assertion looks ahead, or somebody has it in hand now."""
    if told.looks_ahead or told.as_a_whole_looks_ahead:
        return 0.8
    pending = told.main is not None and told.main.lemma_.lower() in wording.word_class("verbs_of_pending")
    return 0.7 if pending and told.is_present else 0.0


def is_change_of_rule(told: Assertion) -> float:
    """A law, a tax, a limit or a service that comes, goes or changes."""
    if told.main is None:
        return 0.0
    words = {token.lemma_.lower() for token in told.main.children if token.dep_ not in {"advcl", "conj", "parataxis"}}
    words |= {token.lemma_.lower() for child in told.main.children for token in child.children}
    changed = told.main.lemma_.lower() in wording.word_class("verbs_of_change") or told.looks_ahead
    return 0.75 if changed and words & wording.word_class("nouns_of_rules") else 0.0


def is_gain_or_loss(told: Assertion) -> float:
    """Who gains and who loses: a group of people that wins, pays, faces or loses something."""
    who = told.subject
    if who is None or told.main is None or who.tag_ not in {"NNS", "NNPS"}:
        return 0.0
    people = is_group(who.lower_) or who.lower_ in wording.word_class("people_in_groups")
    moved = told.main.lemma_.lower() in wording.word_class("verbs_of_gain_and_loss")
    return 0.8 if people and moved and (told.looks_ahead or told.is_present) else 0.0


def is_detail(told: Assertion) -> float:
    """A plain statement about the thing in the news and no person, which can complete what was said before it."""
    if told.subject is None or told.subject.lower_ in NOBODY or told.is_about_somebody:
        return 0.0
    return 0.45 if told.plainness > _PLAIN else 0.0


_PLAIN = 0.85
"""Plainness of a sentence that has lost one phrase at most."""


def findings(story: Story, rule: Rule) -> Iterator[Match]:
    """What an authority did or established: the cue stands in the subject of the assertion."""
    for match in tested(is_statement)(story, rule):
        doc = story.document.parses[match.sentence.index]
        top = root(doc)
        who = subject(top) if top is not None else None
        if who is not None and rule.cue_pattern.search(text_of(doc, subtree(who))):
            yield match


def issues(story: Story, rule: Rule) -> Iterator[Match]:
    """Noun phrases near the head of the page that name what is at stake ("a shortage of nurses")."""
    thing = story_noun(story)
    for sentence in story.document.sentences[:_NEAR_THE_HEAD]:
        if story.relevance(sentence.text) < 1.0:
            continue
        doc = story.document.parses[sentence.index]
        if reported(doc) is not None:
            continue  # what somebody says is at stake is not what the story shows
        quoted = _quoted(doc)
        for token in doc:
            if token.lower_ not in rule.cues or token.pos_ != "NOUN" or token.i in quoted:
                continue
            phrase = _noun_phrase(doc, token)
            if phrase is not None:
                slots = {"issue": phrase}
                if thing is not None:
                    slots["story"] = thing
                yield Match(sentence, slots, ("noun-phrase",), 0.7)


_NEAR_THE_HEAD = 10
"""Sentences in which what is at stake belongs to the news itself."""


def _quoted(doc: Doc) -> frozenset[int]:
    inside, found = False, set()
    for token in doc:
        if token.text in {"“", "”", '"'}:
            inside = not inside if token.text == '"' else token.text == "“"
        elif inside:
            found.add(token.i)
    return frozenset(found)


_NEEDS_COMPLEMENT = frozenset({"over", "about", "of", "between", "on", "for", "in", "to", "at"})
_BEFORE = frozenset({"amod", "compound", "det", "nmod:poss"})
_ENDS = frozenset({",", "–", "—", ";", ":", "(", "“", "”", '"'})
_END_TAGS = frozenset({"WDT", "WP", "VBD", "VBZ", "MD"})
_LOOSE_ENDS = frozenset({"ADP", "DET", "CCONJ", "PUNCT", "SCONJ", "PART", "ADV"})


def _noun_phrase(doc: Doc, token: Token) -> str | None:
    """Return a noun with its complement as a phrase of 3 to 14 words, cut before a comma or a relative clause."""
    start = token.i
    while start > 0 and doc[start - 1].head == token and doc[start - 1].dep_ in _BEFORE:
        start -= 1
    if token.i + 1 >= len(doc) or doc[token.i + 1].lower_ not in _NEEDS_COMPLEMENT:
        return None
    stop = min(subtree(token).stop, start + 16)
    for i in range(token.i + 1, stop):
        if doc[i].text in _ENDS or doc[i].tag_ in _END_TAGS:
            stop = i
            break
        if doc[i].lower_ == "and" and token.lower_ not in wording.word_class("between_two"):
            stop = i
            break
    while stop > token.i + 1 and doc[stop - 1].pos_ in _LOOSE_ENDS:
        stop -= 1
    words = [piece.lower_ for piece in doc[start:stop]]
    if stop - token.i < 3 or wording.word_class("pointing_inside_a_phrase") & set(words):
        return None
    if doc[start].dep_ not in {"det", "nmod:poss"} and token.tag_ == "NN":
        return None
    text = tidy(doc[start:stop].text).rstrip(".")
    if doc[start].pos_ != "PROPN":
        text = text[0].lower() + text[1:]
    return house_form(text) if 3 <= count_words(text) <= 14 else None


def story_noun(story: Story) -> str | None:
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
