"""A sentence read as an assertion: what it says, of whom, for when, and who vouches for it.

The kinds of evidence are tests on assertions. A line from the article is one assertion; its main
predicate is that of the reported clause where somebody is quoted for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

from summarise import wording
from summarise.house.rules import Rule
from summarise.house.story import MOST_WORDS, Story
from summarise.houseform import house_form
from summarise.lines import Candidate
from summarise.records import Sentence, count_words
from summarise.syntax import (
    SUBJECTS,
    auxiliaries,
    complement,
    finite,
    is_name,
    is_negated,
    reported,
    root,
    subject,
    subtree,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

AHEAD = frozenset({"could", "would", "may", "might", "will", "shall"})
_ASIDE = frozenset({"acl", "acl:relcl", "appos", "vocative", "discourse"})
"""Relations below which a sentence says something beside its point."""
_HARMLESS = frozenset(
    {
        "name-in-full",
        "name-for-pronoun",
        "name-for-noun",
        "drop-connective",
        "drop-weekday",
        "drop-title",
        "house-form",
        "drop-brackets",
    }
)
"""Edits that change nothing of what a sentence says."""


@dataclass(frozen=True)
class Assertion:
    """A line that stands alone, with the parts of its grammar that kinds ask for."""

    line: Candidate

    @property
    def sentence(self) -> Sentence:
        """The sentence of the article that the line comes from."""
        return self.line.sentence

    @cached_property
    def text(self) -> str:
        """The line in house form; who "added" something in the article has said nothing before it here."""
        if self.spoken is None or self.spoken[0].lemma_.lower() not in {"add", "continue"}:
            return self.line.text
        return re.sub(rf"\b{self.spoken[0].text}\b(?! to\b)", "said", self.line.text, count=1)

    @property
    def edits(self) -> tuple[str, ...]:
        """What was changed between the sentence and the text, by name."""
        return (*self.line.cut.edits, *(["said-for-added"] if self.text != self.line.text else []))

    @property
    def doc(self) -> Doc:
        """The parse of the line's sentence."""
        return self.line.cut.doc

    @cached_property
    def spoken(self) -> tuple[Token, Token, Token] | None:
        """The verb of saying, who says it, and the head of what is said."""
        return reported(self.doc)

    @cached_property
    def main(self) -> Token | None:
        """The head of what is asserted: of the reported clause where there is one."""
        return self.spoken[2] if self.spoken is not None else root(self.doc)

    @cached_property
    def subject(self) -> Token | None:
        """The head of what the assertion is about."""
        return subject(self.main) if self.main is not None else None

    @cached_property
    def looks_ahead(self) -> bool:
        """Whether the main predicate says what will or may be."""
        return self.main is not None and looks_ahead(self.main)

    @cached_property
    def as_a_whole_looks_ahead(self) -> bool:
        """Whether the sentence itself, and not what somebody says in it, tells of what will or may be."""
        top = root(self.doc)
        return top is not None and looks_ahead(top)

    @cached_property
    def is_present(self) -> bool:
        """Whether the main predicate holds now, or has come to hold ("has closed")."""
        tense = finite(self.main) if self.main is not None else None
        return tense is not None and (tense.tag_ in {"VBZ", "VBP"} or tense.lower_ in {"has", "have"})

    @cached_property
    def is_about_somebody(self) -> bool:
        """Whether the assertion tells what one person did or is."""
        who = self.subject
        if who is None:
            return False
        if who.lower_ in wording.word_class("he_and_she") or who.ent_type_ == "PERSON":
            return True
        singular = who.tag_ in {"NN", "NNP"}
        word = who.lower_
        return singular and (
            word in wording.human_nouns() or word in wording.word_class("people_by_kind") or word in _offices()
        )

    def is_central(self, start: int, stop: int) -> bool:
        """Whether the words between two offsets of the line's own parse stand in its point, not in an aside."""
        for token in self.doc:
            if token.idx < stop and token.idx + len(token) > start and token.i in self.line.cut.order:
                return is_central(token)
        return False

    @property
    def is_denied(self) -> bool:
        """Whether somebody is said not to have said it ("would not say whether …")."""
        return self.spoken is not None and is_negated(self.spoken[0])

    @property
    def is_reported_first(self) -> bool:
        """Whether the line opens with who says it, so that a condition before it would govern the saying."""
        return self.spoken is not None and self.main is not None and self.spoken[0].i < self.main.i

    @property
    def opens_with_subject(self) -> bool:
        """Whether the line begins with its subject and can follow a condition."""
        first = self.doc[self.line.cut.order[0]]
        if first.tag_ == "VBG":
            return first.dep_ in SUBJECTS
        return first.pos_ not in {"ADP", "SCONJ", "ADV"}

    @cached_property
    def plainness(self) -> float:
        """How little the line was changed and leans: 1 for a whole sentence of the news, less for each risk."""
        risk = 0.12 * len(set(self.line.cut.edits) - _HARMLESS)
        risk += 0.2 * (self.is_about_somebody and self.spoken is None)
        risk += 0.1 * (count_words(self.text) < _SHORT)
        return max(0.0, 1.0 - risk)


_LEANS = re.compile(
    r"\b(?:would|could|will|was|were|is|are|had|has|have) then\b|\binstead[.,]?$"
    r"|,? (?:right|left|pictured|centre|above),"
    r"|\b(?:said|says|say|told|tells) (?:[A-Z]\w+ )*(?:that )?(?:it|this|they) (?:was|is|were|are)\b"
    r"(?! (?:not |still )?(?:yet )?(?:clear|known|unclear))"
    r"|\b(?:[Ss]ince|[Bb]y) then\b|\bat the time\b|\bas well[.,]?$"
    r"|^(?:Sir|Dame|Lord|Lady) [A-Z]\w+ (?![A-Z])|^(?:Perhaps|Sadly|Unsurprisingly)\b"
)
"""What leans on a sentence before it, belongs to a picture, or names somebody by half a name."""
_ENDS = (".", "!", "?", "”", "’", '"', "'", ")")
"""How a sentence ends that is not a heading, a caption or a line broken off."""


def content_first(story: Story, told: Assertion) -> str | None:
    """Return what somebody says as a clause with the speaker after it: "the road will shut, the council said".

    None where the sentence holds more than the speaker, the verb and what is said.
    """
    if told.spoken is None or complement(told.spoken[0]) != told.spoken[2]:
        return None
    verb, speaker, what = told.spoken
    said, who = set(subtree(what)), set(subtree(speaker))
    marks = {child.i for child in what.children if child.dep_ == "mark" and child.lower_ == "that"}
    cut = told.line.cut
    rest = {i for i in cut.order if not told.doc[i].is_punct} - said - who - marks - {verb.i}
    if rest or said & who:
        return None
    content = replace(cut, order=tuple(i for i in cut.order if i in said - marks)).fragment
    named = replace(cut, order=tuple(i for i in cut.order if i in who))
    name = lowered(story, replace(told.line, cut=named), named.fragment)
    close = "," if "," in name.strip(" ,") else ""
    return house_form(f"{content.strip(' ,.')}, {name.strip(' ,')}{close} said")


NOBODY = frozenset({"it", "there", "that", "this", "what", "who", "which", "they", "he", "she", "you", "we", "i"})
"""Subjects that name nothing by themselves."""
_READ = 45
"""Sentences of an article that are read for evidence; a longer one has told its news by then."""
_SHORT = 9
"""Words below which a statement says little."""


@cache
def _offices() -> frozenset[str]:
    """Return the nouns for one who holds an office ("director", "mp"), without those that stand for bodies as well."""
    return wording.role_words() - {"head", "chair", "force", "board", "house", "council"}


def assertions(
    story: Story, rule: Rule, most: int = MOST_WORDS, sentences: Iterable[Sentence] | None = None
) -> Iterator[Assertion]:
    """Yield the sentences that hold a cue of the rule in their point and stand alone as a line.

    Without `sentences` they are those of the article that no part of the page tells yet.
    """
    for sentence in story.free_sentences() if sentences is None else sentences:
        if sentence.index >= _READ:
            return
        if not rule.admits(sentence.text) or not sentence.text.rstrip().endswith(_ENDS):
            continue
        line = story.statement(sentence, most)
        if line is None or not rule.admits(line.text) or _LEANS.search(line.text):
            continue
        told = Assertion(line)
        if not story.document.parsed or holds_cue(rule, told):
            yield told


def holds_cue(rule: Rule, told: Assertion) -> bool:
    """Whether one of the rule's cues stands in the point of an assertion; True for a rule without cues."""
    if not rule.cues:
        return True
    return any(told.is_central(found.start(), found.end()) for found in rule.cue_pattern.finditer(told.doc.text))


def is_central(token: Token) -> bool:
    """Whether a word stands in the point of its sentence: under no relative clause, apposition or aside."""
    while token.head.i != token.i:
        if token.dep_ in _ASIDE:
            return False
        token = token.head
    return True


def looks_ahead(verb: Token) -> bool:
    """Whether a predicate says what will or may be ("could leave", "is to close", "is expected to rise")."""
    helpers = auxiliaries(verb)
    if is_negated(verb) or any(helper.lower_ in {"have", "had"} for helper in helpers):
        return False
    if any(helper.lower_ in AHEAD for helper in helpers):
        return True
    if not any(helper.lower_ in {"is", "are"} for helper in helpers):
        return verb.tag_ in {"VBZ", "VBP"} and verb.lemma_ in wording.word_class("verbs_of_planning")
    if any(child.lower_ == "to" and child.dep_ in {"mark", "aux"} for child in verb.children):
        return True
    if verb.lower_ in wording.word_class("participles_of_planning"):
        plans = (child for child in verb.children if child.dep_ in {"xcomp", "ccomp", "advcl"})
        return any(any(word.lower_ == "to" for word in plan.children) for plan in plans)
    return False


def lowered(story: Story, line: Candidate, text: str) -> str:
    """Return a line's text as a clause inside a sentence: no capital but a name's, no full stop."""
    first = line.cut.doc[line.cut.order[0]]
    text = text.rstrip(".")
    if first.lower_ in {"a", "an", "the"}:
        return text[0].lower() + text[1:]
    if first.i in line.cut.replaced:
        return text[0].lower() + text[1:] if line.cut.replaced[first.i][:1].islower() else text
    if first.text == "I" or first.text.isupper() or _keeps_capital(story, first) or _opens_a_name(first):
        return text
    if is_name(first) and not _has_small(story, first):
        return text
    return text[0].lower() + text[1:]


def _opens_a_name(first: Token) -> bool:
    """Whether a word and the one after it are one name ("First Direct"), which keeps its capitals."""
    after = first.nbor() if first.i + 1 < len(first.doc) else None
    return first.ent_iob_ == "B" and after is not None and after.ent_iob_ == "I" and after.text[:1].isupper()


def _has_small(story: Story, word: Token) -> bool:
    """Whether the article has a word in small letters, so that it is no name where it opens a sentence."""
    small = re.compile(rf"(?<![\w’'-]){re.escape(word.lower_)}\b")
    return any(small.search(paragraph) for paragraph in story.document.article.paragraphs)


def _keeps_capital(story: Story, word: Token) -> bool:
    """Whether the article has a word with a capital where only a name has one: after a small word."""
    capital = re.compile(rf"[a-z,] {re.escape(word.text)}\b")
    return any(capital.search(paragraph) for paragraph in story.document.article.paragraphs)
